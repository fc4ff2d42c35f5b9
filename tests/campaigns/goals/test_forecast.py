"""When the goal is met: a range that is honest about how little we know."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from campaigns.goals.forecast import HORIZON, Forecast, Pace, forecast_of

TODAY = date(2024, 3, 1)
gains = st.lists(st.integers(0, 60), min_size=3, max_size=8)
missing = st.integers(1, 3000)


def weeks_of(foretold: Forecast | None) -> tuple[int, int, int | None] | None:
    """The three days in weeks from today."""
    if foretold is None:
        return None
    days = (foretold.earliest, foretold.likely, foretold.latest)
    earliest, likely, latest = [None if day is None else (day - TODAY).days // 7 for day in days]
    assert earliest is not None
    assert likely is not None
    return earliest, likely, latest


@pytest.mark.parametrize(
    ("gains_seen", "to_go", "range_in_weeks"),
    [
        ([10, 10, 10, 10], 100, (8, 10, 14)),
        ([20, 0, 20, 0], 100, (5, 10, 44)),
        ([10, 10, 10], 100, (7, 10, 14)),
        ([10] * 8, 100, (8, 10, 13)),
        ([1, 0, 0], 50, (64, 150, None)),
        ([0, 0, 0], 50, None),
        ([1, 0, 0, 0], 5000, None),
        ([30, 30, 30], 5, (0, 0, 1)),
    ],
)
def test_the_range_is_wide_where_the_weeks_differ_or_are_few(
    gains_seen: list[int], to_go: int, range_in_weeks: tuple[int, int, int | None] | None
) -> None:
    assert weeks_of(forecast_of(Pace.from_gains(gains_seen), to_go, TODAY)) == range_in_weeks


@pytest.mark.parametrize(
    ("weeks", "pace"),
    [
        ([], None),
        ([0] * 12, None),
        ([0] * 9 + [0, 4, 9], None),
        ([0] * 8 + [0, 4, 9, 14], (14 / 3, 3)),
        ([40] * 11 + [48], (1.0, 8)),
        ([10, 10, 8, 9], (1 / 3, 3)),
        ([5, 6], None),
    ],
)
def test_the_pace_is_of_the_last_weeks_since_the_first_of_all(
    weeks: list[int], pace: tuple[float, int] | None
) -> None:
    told = Pace.of(weeks)
    assert (told is None) == (pace is None)
    if told is not None and pace is not None:
        assert (told.a_week, told.over) == pytest.approx(pace)


@given(gains, missing)
def test_the_range_holds_the_likely_day_and_never_lies_behind_us(seen: list[int], to_go: int) -> None:
    foretold = forecast_of(Pace.from_gains(seen), to_go, TODAY)
    assume(foretold is not None)
    assert foretold is not None
    assert TODAY <= foretold.earliest <= foretold.likely
    assert foretold.latest is None or foretold.likely <= foretold.latest
    for day in (foretold.earliest, foretold.likely, foretold.latest):
        assert day is None or (day - TODAY) % timedelta(weeks=1) == timedelta()
    assert foretold.latest is None or foretold.latest <= TODAY + timedelta(weeks=HORIZON)


@given(gains, missing)
def test_the_same_weeks_seen_twice_make_the_range_no_wider(seen: list[int], to_go: int) -> None:
    once = forecast_of(Pace.from_gains(seen), to_go, TODAY)
    twice = forecast_of(Pace.from_gains([*seen, *seen]), to_go, TODAY)
    assume(once is not None and twice is not None)
    assert once is not None
    assert twice is not None
    assert once.earliest <= twice.earliest
    assert once.latest is None or (twice.latest is not None and twice.latest <= once.latest)


@given(gains, missing, st.integers(1, 500))
def test_more_to_go_is_never_sooner(seen: list[int], to_go: int, more: int) -> None:
    near = forecast_of(Pace.from_gains(seen), to_go, TODAY)
    far = forecast_of(Pace.from_gains(seen), to_go + more, TODAY)
    assume(near is not None and far is not None)
    assert near is not None
    assert far is not None
    assert near.earliest <= far.earliest
    assert near.likely <= far.likely
