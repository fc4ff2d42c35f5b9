"""How a list stands just now, and what its callers have done today: for the words on a caller's page."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select

from campaigns.queue import call_queries as calls
from campaigns.queue.call_queries import Assignments
from campaigns.queue.call_questions import rung_since
from campaigns.queue.campaign_rules import Shut, rung_now, why_shut
from campaigns.queue.counting import Numbers, counts_of
from campaigns.queue.due_questions import FIRST, THEN, Asking, asking_of, due_ids
from campaigns.queue.models import CallAssignment
from organiser.accounts.models import Account
from organiser.core.database import db
from organiser.core.prepared import load
from organiser.web.filters import zone


@dataclass(frozen=True, slots=True)
class QueueNow:
    """One list, or those rung together, for one caller: how many are on it and left to ring, whether somebody
    is ready for this caller, and why it is shut, if it is.
    """

    list_ids: Sequence[UUID]
    on_list: int
    left: int
    ready: bool
    shut: Shut | None

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


def queue_now(
    assignment: CallAssignment,
    caller: Account,
    at: datetime,
    own_numbers: Collection[str] = (),
    together: Collection[UUID] = (),
) -> QueueNow:
    """How one list, or all that are rung ``together`` with it, stand for ``caller`` at ``at``."""
    ids = sorted({assignment.id, *together})
    shut = why_shut(assignment, at, zone())
    lists = rung_now(ids, at, zone())
    asking = asking_of(caller, at, zone(), own_numbers)
    numbers = members_on(ids).values()
    return QueueNow(
        list_ids=ids,
        on_list=sum(one.on_list for one in numbers),
        left=sum(one.left for one in numbers),
        ready=bool(lists) and _is_somebody_ready(lists, asking),
        shut=None if lists else shut,
    )


def _is_somebody_ready(lists: Sequence[CallAssignment], asking: Asking) -> bool:
    return any(load(due_ids(lists, asking, turns, 1)).first() is not None for turns in (FIRST, THEN))


def rung_today(assignments: Assignments, caller_id: UUID, since: datetime) -> RungToday:
    """What was done on these lists since the day began."""
    if isinstance(assignments, Select):
        return RungToday(*db.session.execute(calls.rung_since(assignments, caller_id, since)).one())
    return RungToday(*load(rung_since(assignments, caller_id, since)).one())


def members_on(assignment_ids: Collection[UUID]) -> dict[UUID, Numbers]:
    """For each list: how many are on it, and how many are left to ring. They are kept, not counted."""
    return counts_of(db.session(), assignment_ids)
