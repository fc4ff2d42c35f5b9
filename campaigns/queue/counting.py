"""Keep the counts of every list true: who comes, goes, changes state or list is counted when it is stored.

What changes is noted in the session while a request runs, and added right before it is stored: nobody waits
for a list's row while somebody else thinks. It is the last thing any transaction does, list by list in one
order, after the register's followers (they move places, and count members in kept totals). So whoever waits
for a list's row waits for somebody who needs nothing more than rows further on in that order: no two can
wait for each other, whatever they held before.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import event, inspect, orm

from campaigns.queue import count_queries as queries
from campaigns.queue.count_models import ListCount
from campaigns.queue.models import Target
from campaigns.queue.states import TargetState
from organiser.core.bulk import add_missing, add_to_row
from organiser.core.prepared import ask
from organiser.core.tenancy import here, inside
from organiser.members.register_changes import settle_now

_NOTED = "list_counts"


class Stand(NamedTuple):
    """Where a member stood or stands: on which list, in what state."""

    list_id: UUID
    state: TargetState


class Numbers(NamedTuple):
    """Members on a list, and those of them who are left to ring; or what is to be added to both."""

    on_list: int = 0
    left: int = 0

    def plus(self, other: "Numbers") -> "Numbers":
        return Numbers(self.on_list + other.on_list, self.left + other.left)


Change = tuple[Stand | None, Stand | None]
"""Where a member stood before and stands now; none: nowhere."""
Sums = dict[tuple[int, UUID], Numbers]
"""By tenant and list."""
NOBODY = Numbers()


@dataclass(slots=True)
class _Noted:
    """What a transaction has changed so far. ``marks`` say how much of it there was when a savepoint was set,
    to return there with it.
    """

    changes: list[Sums] = field(default_factory=list)
    marks: dict[orm.SessionTransaction, int] = field(default_factory=dict)


def note_places(session: orm.Session, changes: Iterable[Change]) -> None:
    """For those who write places round the ORM, in our tenant; of the ORM's own we hear by ourselves."""
    sums: Sums = {}
    for before, now in changes:
        for stand, sign in ((before, -1), (now, 1)):
            if stand is not None:
                key = here(), stand.list_id
                one = Numbers(sign * stand.state.on_list, sign * stand.state.left)
                sums[key] = sums.get(key, NOBODY).plus(one)
    if any(map(any, sums.values())):
        _noted(session).changes.append(sums)


def counts_of(session: orm.Session, list_ids: Collection[UUID]) -> dict[UUID, Numbers]:
    """How many are on each of these lists and how many are left; with what this transaction has changed."""
    found = dict.fromkeys(list_ids, NOBODY)
    for list_id, on_list, left in ask(session, queries.kept(), ids=list(found)):
        found[list_id] = Numbers(on_list, left)
    for (tenant_id, list_id), numbers in _summed(session).items():
        if tenant_id == here() and list_id in found:
            found[list_id] = found[list_id].plus(numbers)
    return found


def add_to_count(session: orm.Session, list_id: UUID, numbers: Numbers) -> None:
    """Add to the counts of a list of our tenant; its row is ours from then on."""
    if not add_to_row(session, ListCount, list_id, numbers._asdict()):
        add_missing(session, ListCount, [{"id": list_id, **NOBODY._asdict()}])
        add_to_row(session, ListCount, list_id, numbers._asdict())


def _summed(session: orm.Session) -> Sums:
    sums: Sums = {}
    noted: _Noted | None = session.info.get(_NOTED)
    for changes in noted.changes if noted else ():
        for key, numbers in changes.items():
            sums[key] = sums.get(key, NOBODY).plus(numbers)
    return sums


def _noted(session: orm.Session) -> _Noted:
    found: _Noted = session.info.setdefault(_NOTED, _Noted())
    return found


@event.listens_for(orm.Session, "after_flush")
def _note(session: orm.Session, _context: object) -> None:
    changes: list[Change] = [(None, _now(row)) for row in session.new if isinstance(row, Target)]
    changes += [(_before(row), _now(row)) for row in session.dirty if isinstance(row, Target) and _moved(row)]
    changes += [(_before(row), None) for row in session.deleted if isinstance(row, Target)]
    if changes:
        note_places(session, changes)


def _now(row: Target) -> Stand:
    return Stand(row.assignment_id, row.state)


def _moved(row: Target) -> bool:
    return any(inspect(row).attrs[name].history.has_changes() for name in ("assignment_id", "state"))


def _before(row: Target) -> Stand:
    """Where it stood in the database; both columns know what they were before they were set."""
    history = (inspect(row).attrs[name].history.deleted for name in ("assignment_id", "state"))
    list_id, state = (known[0] if known else None for known in history)
    return Stand(list_id or row.assignment_id, state or row.state)


@event.listens_for(orm.Session, "before_commit")
def _keep(session: orm.Session) -> None:
    """Those who follow the register come first. Also said when a savepoint is released: not yet the time."""
    if session.in_nested_transaction():
        return
    settle_now(session)
    for (tenant_id, list_id), numbers in sorted(_summed(session).items()):
        if any(numbers):
            with inside(tenant_id):
                add_to_count(session, list_id, numbers)
    session.info.pop(_NOTED, None)


@event.listens_for(orm.Session, "after_transaction_create")
def _mark(session: orm.Session, transaction: orm.SessionTransaction) -> None:
    if transaction.nested:
        noted = _noted(session)
        open_ones = {one: mark for one, mark in noted.marks.items() if one.is_active}
        noted.marks = {**open_ones, transaction: len(noted.changes)}


@event.listens_for(orm.Session, "after_soft_rollback")
def _return(session: orm.Session, transaction: orm.SessionTransaction) -> None:
    """What was done since the savepoint has not happened."""
    noted: _Noted | None = session.info.get(_NOTED)
    if noted is not None and transaction in noted.marks:
        del noted.changes[noted.marks.pop(transaction) :]


@event.listens_for(orm.Session, "after_transaction_end")
def _forget(session: orm.Session, transaction: orm.SessionTransaction) -> None:
    """However a transaction ended, the next one begins with nothing."""
    if transaction.parent is None:
        session.info.pop(_NOTED, None)
