"""How far there is to go, and whether the pace is enough."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.goals.progress import Aim, Course, Progress, pace_of, percent_of

TODAY = date(2024, 3, 1)
FIRST_OF_JUNE = date(2024, 6, 1)


def progress(done: int, of: int, percent: int = 50, due: date = FIRST_OF_JUNE, pace: float = 0) -> Progress:
    return Progress(done, of, Aim(percent, due), TODAY, pace)


def test_what_is_missing_is_counted_in_people_and_the_last_one_in_full() -> None:
    assert progress(412, 1180).missing == 178
    assert progress(412, 1179).missing == 178
    assert Aim(1, FIRST_OF_JUNE).heads(7) == 1


def test_the_weeks_left_share_what_is_missing() -> None:
    assert progress(412, 1180, due=TODAY + timedelta(weeks=15)).needed_a_week == 12
    assert progress(0, 100, due=TODAY + timedelta(days=3)).needed_a_week == 50
    assert progress(0, 100, due=TODAY).needed_a_week == 50


@pytest.mark.parametrize(
    ("shown", "course"),
    [
        (Progress(10, 100, None, TODAY, 50), Course.NO_GOAL),
        (Progress(0, 0, Aim(50, FIRST_OF_JUNE), TODAY), Course.NO_GOAL),
        (progress(50, 100), Course.REACHED),
        (progress(50, 100, due=TODAY - timedelta(days=1)), Course.REACHED),
        (progress(49, 100, due=TODAY - timedelta(days=1)), Course.OVERDUE),
        (progress(0, 100), Course.NOT_BEGUN),
        (progress(36, 100, due=TODAY + timedelta(weeks=2), pace=7), Course.ON_COURSE),
        (progress(36, 100, due=TODAY + timedelta(weeks=2), pace=6.9), Course.BEHIND),
        (progress(36, 100, due=TODAY, pace=97), Course.BEHIND),
    ],
)
def test_the_course_follows_from_the_pace(shown: Progress, course: Course) -> None:
    assert shown.course is course


def test_the_day_it_is_met_is_told_only_where_something_moves() -> None:
    assert progress(36, 100, pace=7).met_on == TODAY + timedelta(weeks=2)
    assert progress(36, 100, pace=0).met_on is None
    assert progress(36, 100, pace=0.001).met_on is None
    assert progress(50, 100, pace=7).met_on is None


@pytest.mark.parametrize(
    ("lately", "days", "pace"), [(28, 90, 7), (28, 28, 7), (28, 14, 14), (28, 7, 28), (28, 0, 28)]
)
def test_the_pace_is_of_four_weeks_or_of_as_long_as_we_have_rung(lately: int, days: int, pace: float) -> None:
    assert pace_of(lately, days) == pace


def test_a_hundred_per_cent_means_everybody() -> None:
    assert percent_of(999, 1000) == 99
    assert percent_of(1000, 1000) == 100
    assert percent_of(1, 200) == 1
    assert percent_of(0, 0) is None


@given(st.integers(0, 500), st.integers(1, 500), st.integers(1, 100), st.integers(-20, 400), st.floats(0, 90))
def test_what_is_needed_each_week_is_enough_and_no_goal_is_reached_too_early(
    done: int, of: int, percent: int, days: int, pace: float
) -> None:
    done = min(done, of)
    shown = progress(done, of, percent, TODAY + timedelta(days=days), pace)
    assert (shown.course is Course.REACHED) == (100 * done >= percent * of)
    assert shown.needed_a_week * max(days, 7) >= shown.missing * 7
    if shown.course is Course.ON_COURSE and days >= 1:
        assert shown.met_on is not None
        assert shown.met_on <= TODAY + timedelta(days=days)
