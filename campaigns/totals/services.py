"""Keep the totals true: count members anew whenever something about them has changed. Only flushes."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, orm

from campaigns.totals import queries
from campaigns.totals.counting import Moves, State, changed, move, no_moves, of_age_on, turns_of
from campaigns.totals.models import COUNTS, Standing, Total, TotalDay
from organiser.core import clock
from organiser.core.bulk import add_missing, add_rows, add_to_row, change_rows, remove_rows
from organiser.core.prepared import ask
from organiser.core.tenancy import here
from organiser.orgs.models import Tenant

MANY = 5_000
"""Members that one statement names."""
NOON = time(12, tzinfo=UTC)
"""Of a contact we know the day; noon is on that day in any zone there are members in."""
States = dict[UUID, State]
_settled_up_to: WeakKeyDictionary[Engine, dict[int, date]] = WeakKeyDictionary()
"""By database and tenant the day on which we last found nobody who had turned by themselves."""


def settle(session: orm.Session, member_ids: Collection[UUID]) -> None:
    """Count these members as what is true of them now, in their units' totals too.

    Whoever settles a member holds them before asking for the truth, so that of two who come at once the later
    one sees what both did. Totals come last and in one order.
    """
    today = today_of(session)
    moves, left = no_moves(), {*member_ids, *_turned(session, today)}
    while left:
        known = _hold(session, left)
        true = _truth(session, left, today)
        fresh = {member_id: state for member_id, state in true.items() if member_id not in known}
        left = _enter(session, fresh)
        for member_id in known.keys() | fresh.keys() - left:
            move(moves, known.get(member_id), true.get(member_id), today)
        _change(session, known, true)
    count_in(session, moves)


def today_of(session: orm.Session) -> date:
    """The day it is where our tenant is."""
    tenant = session.get_one(Tenant, here())
    return clock.now().astimezone(tenant.zone).date()


def _turned(session: orm.Session, today: date) -> Sequence[UUID]:
    """Who has turned by themselves. Once nobody is left the day has none any more, and we do not ask again
    that day: should another process write somebody of yesterday at midnight, reading adds them meanwhile.
    """
    done = _settled_up_to.setdefault(session.get_bind().engine, {})
    if done.get(here()) == today:
        return ()
    found = ask(session, queries.turned(), today=today).scalars().all()
    if not found:
        done[here()] = today
    return found


def _hold(session: orm.Session, member_ids: Iterable[UUID]) -> States:
    """How they are counted; nobody else changes that until we are done."""
    found: States = {}
    for some in _some(member_ids):
        rows = ask(session, queries.held(), ids=some)
        found.update((row[0], State(*row[1:])) for row in rows)
    return found


def _some(member_ids: Iterable[UUID]) -> Iterator[list[UUID]]:
    """As many at a time as one statement names, in order."""
    ids = sorted(member_ids)
    for start in range(0, len(ids), MANY):
        yield ids[start : start + MANY]


def _truth(session: orm.Session, member_ids: Iterable[UUID], today: date) -> States:
    """What they ought to be counted as; who is no member any more is left out."""
    found: States = {}
    for some in _some(member_ids):
        for row in ask(session, queries.truth(today), ids=some):
            found[row.id] = _state_of(row, today)
    return found


def _state_of(row: Any, today: date) -> State:
    may = row.free and not row.over
    of_age = of_age_on(row.birth_date, row.birth_year)
    rung = turns_of(of_age, row.left_on, today) if may else (False, None, None)
    met, last_met = _noon(row.met_on), _noon(row.last_met_on)
    return State(
        None if row.over else row.organisation_id,
        *rung,
        rung_at=row.rung_at,
        contacted_at=min(filter(None, (row.reached_at, met)), default=None),
        talked_at=row.talked_at,
        surveyed_at=row.surveyed_at,
        active_at=row.active_at,
        last_at=max(filter(None, (row.last_call_at, last_met)), default=None),
    )


def _noon(day: date | None) -> datetime | None:
    return datetime.combine(day, NOON) if day else None


def _enter(session: orm.Session, fresh: States) -> set[UUID]:
    """Count members who were not; gives those whom somebody else has entered meanwhile."""
    rows = [{"id": member_id, **state._asdict()} for member_id, state in sorted(fresh.items())]
    return fresh.keys() - add_missing(session, Standing, rows)


def _change(session: orm.Session, known: States, true: States) -> None:
    gone = sorted(known.keys() - true.keys())
    news = sorted((key, true[key]) for key, old in known.items() if key in true and true[key] != old)
    remove_rows(session, Standing, gone)
    change_rows(session, Standing, [{"id": key, **state._asdict()} for key, state in news])


def count_in(session: orm.Session, moves: Moves) -> None:
    """Add the differences to the totals, unit by unit in one order, day by day."""
    for unit_id, days in sorted(moves.items()):
        for day, counts in sorted(days.items()):
            if amounts := changed(counts):
                _add(session, unit_id, day, amounts)


def _add(session: orm.Session, unit_id: UUID, day: date, amounts: Mapping[str, int]) -> None:
    """Add to a total that has begun this day, or a later one; else let it begin first."""
    if not add_to_row(session, Total, unit_id, amounts, on=day):
        _begin(session, unit_id, day)
        add_to_row(session, Total, unit_id, amounts, on=day)


def _begin(session: orm.Session, unit_id: UUID, day: date) -> None:
    """Make the total ready for its first change of a day: how it stood until then is kept beside."""
    if add_missing(session, Total, [{"id": unit_id, "on": day, **dict.fromkeys(COUNTS, 0)}]):
        return
    stood = ask(session, queries.total_held(), unit_id=unit_id).one()._asdict()
    if stood["on"] < day:
        add_rows(session, TotalDay, [{"organisation_id": unit_id, **stood}])
        change_rows(session, Total, [{"id": unit_id, "on": day}])
