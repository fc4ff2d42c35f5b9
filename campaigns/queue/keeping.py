"""Keep the lists true to the register: newcomers on, leavers off, whoever may be rung again back."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from campaigns.queue import keeping_queries as queries
from campaigns.queue.list_queries import lists_of
from campaigns.queue.models import CallAssignment, Campaign, Target
from campaigns.queue.states import TargetState
from organiser.audit.models import Deed
from organiser.audit.services import record
from organiser.core.bulk import add_rows, change_rows
from organiser.core.database import db
from organiser.members.rules import WhyNot

STATE_OF_LEAVER = {
    WhyNot.BLOCKED.value: TargetState.BLOCKED,
    WhyNot.NO_NUMBER.value: TargetState.NO_NUMBER,
    WhyNot.NUMBERS_FAILED.value: TargetState.NO_NUMBER,
}


@dataclass(frozen=True, slots=True)
class Refreshed:
    """Members who came on the lists, came back into the queue, and were taken out of it."""

    new: int
    back: int
    out: int


def refresh_campaign(campaign: Campaign, at: datetime, on: date) -> Refreshed:
    """Lists for associations that have none yet, and every open list as the register has it ``on`` a day."""
    units = db.session.scalars(queries.associations_without_list(campaign)).all()
    db.session.add_all(CallAssignment(campaign_id=campaign.id, organisation_id=unit) for unit in units)
    db.session.flush()
    lists = db.session.scalars(lists_of(campaign.id)).all()
    return _refresh([one.id for one in lists if one.closed_at is None], at, on)


def refresh_assignment(assignment: CallAssignment, at: datetime, on: date) -> Refreshed:
    """Bring in those who may be rung since the list was made, take out those who may not; who has been talked
    to, or waits for an organiser, stays as they are.
    """
    return _refresh([assignment.id], at, on)


def _refresh(assignment_ids: Collection[UUID], at: datetime, on: date) -> Refreshed:
    """A few statements for all the lists together, however many members."""
    out = [
        {"id": target_id, "state": STATE_OF_LEAVER.get(why, TargetState.OVER), "due_at": None}
        for target_id, why in db.session.execute(queries.leavers(assignment_ids, on))
    ]
    back = [
        {"id": target_id, "state": TargetState.QUEUED, "due_at": None}
        for target_id in db.session.scalars(queries.returners(assignment_ids, on))
    ]
    new = _bring_in(assignment_ids, at, on)
    change_rows(db.session(), Target, [*out, *back])
    for assignment_id in assignment_ids:
        _tell(assignment_id, new.get(assignment_id, 0))
    if out or back:
        db.session.expire_all()
    return Refreshed(sum(new.values()), len(back), len(out))


def _bring_in(assignment_ids: Collection[UUID], at: datetime, on: date) -> dict[UUID, int]:
    """A target for each newcomer; gives how many came to each list."""
    found = db.session.execute(queries.newcomers(assignment_ids, on)).all()
    add_rows(
        db.session(),
        Target,
        [
            {
                "assignment_id": assignment_id,
                "member_id": member_id,
                "state": TargetState.QUEUED,
                "promised": False,
                "tries": 0,
                "created_at": at,
                "version": 1,
            }
            for assignment_id, member_id in found
        ],
    )
    counts: dict[UUID, int] = {}
    for assignment_id, _member_id in found:
        counts[assignment_id] = counts.get(assignment_id, 0) + 1
    return counts


def _tell(assignment_id: UUID, new: int) -> None:
    """The log of changes: how many came on a list; which ones stands in the rows themselves."""
    if new:
        record(CallAssignment.__tablename__, assignment_id, Deed.CHANGED, {"members_added": [None, new]})
