"""How far there is to go, and whether the pace is enough."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.goals.progress import Aim, Base, Course, Progress, percent_of

TODAY = date(2024, 3, 1)
FIRST_OF_JUNE = date(2024, 6, 1)


def progress(
    done: int, of: int, percent: int = 50, due: date = FIRST_OF_JUNE, pace: int | None = None
) -> Progress:
    """``pace``: so many came in each of the last four weeks."""
    weeks = [] if pace is None else [done - pace * back for back in range(4, -1, -1)]
    return Progress(done, of, Aim(percent, due), TODAY, weeks)


def test_what_is_missing_is_counted_in_people_and_the_last_one_in_full() -> None:
    assert progress(412, 1180).missing == 178
    assert progress(412, 1179).missing == 178
    assert Aim(1, FIRST_OF_JUNE).heads(7) == 1


def test_a_goal_may_be_a_number_instead() -> None:
    aim = Aim(None, FIRST_OF_JUNE, 200, Base.CALLABLE)
    assert aim.heads(1180) == 200
    assert Progress(150, 1180, aim, TODAY).missing == 50
    assert Progress(200, 1180, aim, TODAY).course is Course.REACHED


@pytest.mark.parametrize(
    ("aim", "mark"),
    [
        (Aim(60, TODAY), 60),
        (Aim(None, TODAY, 50), 25),
        (Aim(None, TODAY, 200), 100),
        (Aim(None, TODAY, 201), None),
    ],
)
def test_the_goal_s_mark_stands_on_the_bar_where_it_fits(aim: Aim, mark: int | None) -> None:
    assert aim.mark(200) == mark


def test_the_weeks_left_share_what_is_missing() -> None:
    assert progress(412, 1180, due=TODAY + timedelta(weeks=15)).needed_a_week == 12
    assert progress(0, 100, due=TODAY + timedelta(days=3)).needed_a_week == 50
    assert progress(0, 100, due=TODAY).needed_a_week == 50


@pytest.mark.parametrize(
    ("shown", "course"),
    [
        (Progress(10, 100, None, TODAY, [0, 1, 5, 9, 10]), Course.NO_GOAL),
        (Progress(0, 0, Aim(50, FIRST_OF_JUNE), TODAY), Course.NO_GOAL),
        (progress(50, 100), Course.REACHED),
        (progress(50, 100, due=TODAY - timedelta(days=1)), Course.REACHED),
        (progress(49, 100, due=TODAY - timedelta(days=1)), Course.OVERDUE),
        (progress(0, 100), Course.NOT_BEGUN),
        (Progress(36, 100, Aim(50, FIRST_OF_JUNE), TODAY, [0, 0, 0, 20, 36]), Course.TOO_EARLY),
        (progress(36, 100, due=TODAY + timedelta(weeks=2), pace=7), Course.ON_COURSE),
        (progress(36, 100, due=TODAY + timedelta(weeks=2), pace=6), Course.BEHIND),
        (progress(36, 100, due=TODAY, pace=7), Course.BEHIND),
    ],
)
def test_the_course_follows_from_the_pace(shown: Progress, course: Course) -> None:
    assert shown.course is course


def test_when_it_is_met_is_told_only_where_something_moves_and_is_missing() -> None:
    foretold = progress(36, 100, pace=7).forecast
    assert foretold is not None
    assert foretold.likely == TODAY + timedelta(weeks=2)
    assert progress(36, 100, pace=0).forecast is None
    assert progress(50, 100, pace=7).forecast is None


def test_a_hundred_per_cent_means_everybody() -> None:
    assert percent_of(999, 1000) == 99
    assert percent_of(1000, 1000) == 100
    assert percent_of(1, 200) == 1
    assert percent_of(0, 0) is None


@given(
    st.integers(0, 500), st.integers(1, 500), st.integers(1, 100), st.integers(-20, 400), st.integers(0, 90)
)
def test_what_is_needed_each_week_is_enough_and_no_goal_is_reached_too_early(
    done: int, of: int, percent: int, days: int, pace: int
) -> None:
    done = min(done, of)
    shown = progress(done, of, percent, TODAY + timedelta(days=days), pace)
    assert (shown.course is Course.REACHED) == (100 * done >= percent * of)
    assert shown.needed_a_week * max(days, 7) >= shown.missing * 7
    if shown.course is Course.ON_COURSE and days >= 1:
        assert shown.pace is not None
        assert shown.pace.a_week * days >= shown.missing * 7
