"""How a list stands just now, and what its callers have done today: for the words on a caller's page."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func

from campaigns.queue import call_queries as calls
from campaigns.queue import queue_queries as queue
from campaigns.queue.call_queries import Assignments
from campaigns.queue.call_questions import rung_since
from campaigns.queue.campaign_rules import Shut, rung_now, why_shut
from campaigns.queue.counting import Numbers, counts_of
from campaigns.queue.due_questions import FIRST, THEN, Asking, asking_of, due_ids
from campaigns.queue.ledger import Ledger, ledgers_of, summed
from campaigns.queue.models import CallAssignment, Target
from organiser.accounts.models import Account
from organiser.core.database import db
from organiser.core.prepared import load
from organiser.web.filters import zone


@dataclass(frozen=True, slots=True)
class QueueNow:
    """One list for one caller: where its members stand, whether somebody is ready for this caller, when the
    next one is (by rest or promise), how many others hold, and why the list is shut, if it is.
    """

    ledger: Ledger
    ready: bool
    next_at: datetime | None
    held: int
    shut: Shut | None

    @property
    def on_list(self) -> int:
        return self.ledger.audience

    @property
    def left(self) -> int:
        return self.ledger.left

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
    return QueueNow(
        ledger=summed(ledgers_of(ids, at).values()),
        ready=bool(lists) and _is_somebody_ready(lists, asking),
        next_at=db.session.scalar(_soonest(ids, asking)),
        held=db.session.scalar(calls.held_by_others(ids, caller.id, at)) or 0,
        shut=None if lists else shut,
    )


def _is_somebody_ready(lists: Sequence[CallAssignment], asking: Asking) -> bool:
    return any(load(due_ids(lists, asking, turns, 1)).first() is not None for turns in (FIRST, THEN))


def _soonest(assignment_ids: Collection[UUID], asking: Asking) -> Any:
    """When the first of those who wait may be rung."""
    waiting = queue.resting_targets(assignment_ids, asking.at, asking.on)
    return waiting.order_by(None).with_only_columns(func.min(Target.due_at))


def rung_today(assignments: Assignments, caller_id: UUID, since: datetime) -> RungToday:
    """What was done on these lists since the day began."""
    if isinstance(assignments, Select):
        return RungToday(*db.session.execute(calls.rung_since(assignments, caller_id, since)).one())
    return RungToday(*load(rung_since(assignments, caller_id, since)).one())


def members_on(assignment_ids: Collection[UUID]) -> dict[UUID, Numbers]:
    """For each list: how many are on it, and how many are left to ring. They are kept, not counted."""
    return counts_of(db.session(), assignment_ids)
