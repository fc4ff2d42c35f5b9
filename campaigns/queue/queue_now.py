"""How a list stands just now, and what its callers have done today: for the words on a caller's page."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func

from campaigns.queue import call_queries as calls
from campaigns.queue import queue_queries as queue
from campaigns.queue.call_queries import Assignments
from campaigns.queue.models import Target
from organiser.core.database import db


@dataclass(frozen=True, slots=True)
class QueueNow:
    """Members of one list: on it, still to ring, ready for this caller, resting (the first until
    ``rests_until``), held by somebody else.
    """

    on_list: int
    left: int
    ready: int
    resting: int
    rests_until: datetime | None
    held: int

    @property
    def done(self) -> int:
        return self.on_list - self.left


@dataclass(frozen=True, slots=True)
class RungToday:
    """Calls made and members reached: by everybody, and by this caller."""

    rung: int
    reached: int
    mine: int
    mine_reached: int


def queue_now(assignment_id: UUID, caller_id: UUID, at: datetime) -> QueueNow:
    """How one list stands for ``caller_id`` at ``at``."""
    lists = [assignment_id]
    counted = db.session.execute(queue.progress(lists)).first()
    on_list, left = (counted[1], counted[2]) if counted else (0, 0)
    ready = queue.due_targets(lists, caller_id, at).order_by(None).with_only_columns(func.count())
    resting = (
        queue.resting_targets(lists, at)
        .order_by(None)
        .with_only_columns(func.count(), func.min(Target.due_at))
    )
    count, rests_until = db.session.execute(resting).one()
    return QueueNow(
        on_list=on_list,
        left=left,
        ready=db.session.scalar(ready) or 0,
        resting=count,
        rests_until=rests_until,
        held=db.session.scalar(calls.held_by_others(lists, caller_id, at)) or 0,
    )


def rung_today(assignments: Assignments, caller_id: UUID, since: datetime) -> RungToday:
    """What was done on these lists since the day began."""
    return RungToday(*db.session.execute(calls.rung_since(assignments, caller_id, since)).one())


def members_on(assignments: Assignments) -> dict[UUID, tuple[int, int]]:
    """For each list: how many are on it, and how many are left to ring."""
    rows = db.session.execute(queue.progress(assignments))
    return {assignment_id: (on_list, left) for assignment_id, on_list, left in rows}
