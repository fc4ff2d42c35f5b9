"""What one member adds to the totals, from day to day."""

from datetime import date, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from campaigns.queue.outcomes import Outcome
from campaigns.totals.counting import State, counts_of, move, no_moves, of_age_on, turned, turns_of
from campaigns.totals.measures import MEASURES, REACHED, TALKED
from campaigns.totals.models import COUNTS, Counted
from organiser.members.rules import has_lapsed, is_minor
from tests.builders import NOON

TODAY = NOON.date()
HERE, THERE = UUID(int=1), UUID(int=2)
days = st.dates(date(1930, 1, 1), date(2024, 12, 31))
soon = st.integers(-400, 400).map(lambda number: TODAY + timedelta(days=number))
moments = st.none() | st.just(NOON)


@given(born=days)
def test_one_comes_of_age_on_the_first_day_one_is_no_minor(born: date) -> None:
    day = of_age_on(born, None)
    assert day is not None
    assert not is_minor(born, None, day)
    assert is_minor(born, None, day - timedelta(days=1))


@given(year=st.integers(1930, 2024))
def test_of_whom_only_the_year_is_known_the_last_day_of_it_counts(year: int) -> None:
    day = of_age_on(None, year)
    assert day is not None
    assert not is_minor(None, year, day)
    assert is_minor(None, year, day - timedelta(days=1))
    assert of_age_on(None, None) is None


def test_who_was_born_on_a_leap_day_comes_of_age_in_march() -> None:
    assert of_age_on(date(2008, 2, 29), None) == date(2026, 3, 1)


@given(of_age=st.none() | soon, last_day=st.none() | soon, ahead=st.integers(0, 900))
def test_the_days_on_which_it_turns_tell_every_day_to_come(
    of_age: date | None, last_day: date | None, ahead: int
) -> None:
    free, first, second = turns_of(of_age, last_day, TODAY)
    day = TODAY + timedelta(days=ahead)
    for _on, state in turned(State(HERE, free, first, second), day):
        free = state.callable
    assert free == ((of_age is None or of_age <= day) and not has_lapsed(last_day, day))


states = st.none() | st.builds(
    State,
    organisation_id=st.sampled_from([None, HERE, THERE]),
    callable=st.booleans(),
    turns_on=st.none() | soon,
    turns_back_on=st.none(),
    rung_at=moments,
    contacted_at=moments,
    talked_at=moments,
    surveyed_at=moments,
    active_at=moments,
    last_at=moments,
)


@given(old=states, new=states)
def test_what_moves_is_the_difference(old: State | None, new: State | None) -> None:
    moves = no_moves()
    move(moves, old, new, TODAY)
    for unit_id in (HERE, THERE):
        before = counts_of(old) if old and old.organisation_id == unit_id else {}
        after = counts_of(new) if new and new.organisation_id == unit_id else {}
        for name in COUNTS:
            moved = sum(counts[name] for counts in moves[unit_id].values())
            assert moved == after.get(name, 0) - before.get(name, 0)


@given(free=st.booleans(), days_ago=st.integers(0, 400), contacted_at=moments)
def test_what_has_turned_by_itself_is_counted_on_its_day(
    free: bool, days_ago: int, contacted_at: datetime | None
) -> None:
    birthday = TODAY - timedelta(days=days_ago)
    old = State(HERE, free, turns_on=birthday, contacted_at=contacted_at)
    moves = no_moves()
    move(moves, old, old._replace(callable=not free, turns_on=None), TODAY)
    assert [day for day, counts in moves[HERE].items() if any(counts.values())] == [birthday]


def test_nobody_counts_in_no_unit() -> None:
    assert not any(counts_of(State(None, contacted_at=NOON)).values())
    assert not any(counts_of(None).values())


def test_the_columns_that_count_are_those_of_the_tables() -> None:
    assert {*COUNTS, "on"} == set(Counted.__annotations__)
    for measure in MEASURES:
        assert {measure.value, f"{measure}_callable"} <= set(COUNTS)
        assert f"{measure}_at" in State._fields


def test_everybody_talked_with_was_reached() -> None:
    assert set(TALKED) < set(REACHED)
    assert set(TALKED) == {Outcome.TALKED, Outcome.CALLED_BACK}
