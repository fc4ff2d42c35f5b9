"""What one asks the page for stands in its address, and nonsense is as usual."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from campaigns.activation.asked import Asked, asked_for
from campaigns.activation.figures import SortBy
from campaigns.activation.periods import POINTS, Period, days_between, days_of
from campaigns.goals.progress import Base
from campaigns.totals.measures import Measure

TODAY = date(2024, 3, 1)


@given(
    st.sampled_from(list(Measure)),
    st.sampled_from([None, *Base]),
    st.sampled_from(list(Period)),
    st.sampled_from(list(SortBy)),
    st.sampled_from(["ascending", "descending"]),
    st.sampled_from([None, TODAY - timedelta(days=1), date(2020, 2, 29)]),
)
def test_an_address_says_all_that_was_asked(
    measure: Measure, base: Base | None, period: Period, by: SortBy, way: str, known_on: date | None
) -> None:
    asked = Asked(measure, base, period, by, way, known_on)
    assert asked_for(MultiDict(asked.values), TODAY) == asked


@given(st.dictionaries(st.sampled_from(["measure", "of", "period", "sort", "order", "known_on"]), st.text()))
def test_nonsense_is_as_usual(args: dict[str, str]) -> None:
    assert asked_for(MultiDict({name: f"{value}?" for name, value in args.items()}), TODAY) == Asked()


@pytest.mark.parametrize("text", ["2024-03-01", "2024-03-02", "2999-12-31"])
def test_a_day_that_is_not_past_is_now(text: str) -> None:
    assert asked_for(MultiDict({"known_on": text}), TODAY).known_on is None


@pytest.mark.parametrize(
    ("period", "first", "points"),
    [
        (Period.FOUR_WEEKS, date(2024, 2, 2), 5),
        (Period.TWELVE_WEEKS, date(2023, 12, 8), 13),
        (Period.YEAR, date(2024, 1, 1), 12),
        (Period.START, date(2023, 6, 1), 12),
    ],
)
def test_a_curve_begins_where_its_period_does_and_ends_today(
    period: Period, first: date, points: int
) -> None:
    days = days_of(period, TODAY, date(2023, 6, 1))
    assert (days[0], days[-1], len(days)) == (first, TODAY, points)


@given(st.integers(0, 4000))
def test_the_points_are_whole_days_evenly_apart(apart: int) -> None:
    days = days_between(TODAY - timedelta(days=apart), TODAY)
    assert days[0] == TODAY - timedelta(days=apart)
    assert days[-1] == TODAY
    assert len(days) == min(POINTS, apart + 1)
    steps = [(after - before).days for before, after in pairwise(days)]
    assert not steps or max(steps) - min(steps) <= 1
