"""How far there is to go: what is missing, how many a week it takes, and whether we are on course."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

WEEK = 7
LATELY = 4 * WEEK
"""Days that the pace is measured over; fewer where the first contact is younger, never less than a week."""


class Course(StrEnum):
    """Where the present pace leads."""

    NO_GOAL = "no_goal"
    NOT_BEGUN = "not_begun"
    ON_COURSE = "on_course"
    BEHIND = "behind"
    OVERDUE = "overdue"
    REACHED = "reached"


@dataclass(frozen=True, slots=True)
class Aim:
    """A share, in whole per cent, to be reached on or before a day."""

    percent: int
    due_on: date

    def heads(self, of: int) -> int:
        """How many of ``of`` that is, the last one in full."""
        return -(-of * self.percent // 100)


@dataclass(frozen=True, slots=True)
class Progress:
    """``done`` of ``of`` on the day ``today``; ``pace``: how many more a week it has been of late."""

    done: int
    of: int
    aim: Aim | None
    today: date
    pace: float = 0.0

    @property
    def percent(self) -> int | None:
        return percent_of(self.done, self.of)

    @property
    def missing(self) -> int:
        """How many more the aim takes; none without an aim."""
        return max(0, self.aim.heads(self.of) - self.done) if self.aim else 0

    @property
    def days_left(self) -> int:
        """From today to the day it is due; below zero when that has passed."""
        return (self.aim.due_on - self.today).days if self.aim else 0

    @property
    def needed_a_week(self) -> int:
        """How many a week it takes from now on; all that are missing where less than a week is left."""
        return -(-self.missing * WEEK // max(self.days_left, WEEK))

    @property
    def course(self) -> Course:
        if self.aim is None or not self.of:
            return Course.NO_GOAL
        if not self.missing:
            return Course.REACHED
        if self.days_left < 0:
            return Course.OVERDUE
        if not self.done:
            return Course.NOT_BEGUN
        enough = self.pace * max(self.days_left, 1) >= self.missing * WEEK
        return Course.ON_COURSE if enough else Course.BEHIND

    @property
    def met_on(self) -> date | None:
        """The day the aim is met if the pace holds; none where nothing moves, or in more than ten years."""
        if not self.missing or self.pace <= 0:
            return None
        days = -int(-self.missing * WEEK // self.pace)
        return self.today + timedelta(days=days) if days < 10 * 365 else None  # no forecast


def percent_of(part: int, whole: int) -> int | None:
    """The nearest whole per cent, a half counted up; 100 only when all are there. None of nothing."""
    if not whole:
        return None
    nearest = (200 * part + whole) // (2 * whole)
    return nearest if part >= whole else min(nearest, 99)


def pace_of(lately: int, days: int) -> float:
    """``lately``: how many came in the last four weeks; the first of all came ``days`` ago. Per week."""
    return lately * WEEK / min(max(days, WEEK), LATELY)
