"""What one member adds to the totals, and how that changes from day to day: plain, without a database."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from campaigns.totals.measures import MEASURES
from organiser.members.rules import ADULT_AGE

Moves = defaultdict[UUID, defaultdict[date, Counter[str]]]
"""By unit and day: what is added to the columns of its total."""


class State(NamedTuple):
    """What a member has come to; the columns of ``Standing``."""

    organisation_id: UUID | None = None
    callable: bool = False
    turns_on: date | None = None
    turns_back_on: date | None = None
    rung_at: datetime | None = None
    contacted_at: datetime | None = None
    talked_at: datetime | None = None
    surveyed_at: datetime | None = None
    active_at: datetime | None = None
    last_at: datetime | None = None


def counts_of(state: State | None) -> Counter[str]:
    """What the member adds to each column of a total; nothing where they are not counted."""
    if state is None or state.organisation_id is None:
        return Counter()
    counts = Counter(members=1, callable=int(state.callable), rung=int(state.rung_at is not None))
    for measure in MEASURES:
        if getattr(state, f"{measure}_at") is not None:
            counts[measure.value] = 1
            counts[f"{measure}_callable"] = int(state.callable)
    return counts


def turned(state: State, today: date) -> Iterator[tuple[date, State]]:
    """How the state has turned by itself up to ``today``: each day on which it did, and what it was then."""
    while state.turns_on is not None and state.turns_on <= today:
        day = state.turns_on
        state = state._replace(callable=not state.callable, turns_on=state.turns_back_on, turns_back_on=None)
        yield day, state


def move(moves: Moves, old: State | None, new: State | None, today: date) -> None:
    """Add to ``moves`` what it takes to count the member as ``new`` in place of ``old``: on the days on which
    the old state turned by itself, then today.
    """
    steps = list(turned(old, today)) if old else []
    for day, state in [*steps, (today, new)]:
        _step(moves, old, state, day)
        old = state


def _step(moves: Moves, old: State | None, new: State | None, day: date) -> None:
    before, after = counts_of(old), counts_of(new)
    if before == after and _unit(old) == _unit(new):
        return
    if (unit_id := _unit(old)) is not None:
        moves[unit_id][day].subtract(before)
    if (unit_id := _unit(new)) is not None:
        moves[unit_id][day].update(after)


def _unit(state: State | None) -> UUID | None:
    return state.organisation_id if state else None


def no_moves() -> Moves:
    """Nothing yet."""
    return defaultdict(lambda: defaultdict(Counter))


def changed(counts: Mapping[str, int]) -> dict[str, int]:
    """Only the columns that change."""
    return {name: number for name, number in counts.items() if number}


def of_age_on(birth_date: date | None, birth_year: int | None) -> date | None:
    """The first day on which ``organiser.members.rules.is_minor`` says no; none where nothing is known.

    Who was born on a leap day comes of age on the first of March.
    """
    if birth_date is None:
        return date(birth_year + ADULT_AGE, 12, 31) if birth_year is not None else None
    year = birth_date.year + ADULT_AGE
    if (birth_date.month, birth_date.day) == (2, 29):
        return date(year, 3, 1)
    return birth_date.replace(year=year)


def turns_of(
    of_age: date | None, last_day: date | None, today: date
) -> tuple[bool, date | None, date | None]:
    """Whether somebody with nothing else in the way may be rung today, and on which days that turns.

    ``of_age``: the first day they are grown up; ``last_day``: the first day their membership has run out.
    """
    days = [day for day in (of_age, last_day) if day is not None and day > today]
    minor = of_age is not None and of_age > today
    lapsed = last_day is not None and last_day <= today
    if lapsed or (minor and last_day is not None and last_day <= of_age):  # type: ignore[operator]  # a minor has a day
        return False, None, None
    days.sort()
    first, second = [*days, None, None][:2]
    return not minor, first, second
