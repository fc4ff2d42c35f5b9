"""How far there is to go: what is missing, how many a week it takes, and whether we are on course."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from campaigns.goals.forecast import Forecast, Pace, forecast_of

WEEK = 7


class Base(StrEnum):
    """Of whom a goal is a share."""

    MEMBERS = "members"
    CALLABLE = "callable"


class Course(StrEnum):
    """Where the present pace leads."""

    NO_GOAL = "no_goal"
    NOT_BEGUN = "not_begun"
    TOO_EARLY = "too_early"
    ON_COURSE = "on_course"
    BEHIND = "behind"
    OVERDUE = "overdue"
    REACHED = "reached"


@dataclass(frozen=True, slots=True)
class Aim:
    """A share in whole per cent, or else a number of members, to be reached on or before a day; ``base``: of
    all members, or of those who may be rung.
    """

    percent: int | None
    due_on: date
    number: int | None = None
    base: Base = Base.MEMBERS

    def heads(self, of: int) -> int:
        """How many of ``of`` that is, the last one in full."""
        return self.number or 0 if self.percent is None else -(-of * self.percent // 100)

    def mark(self, of: int) -> int | None:
        """Where on a bar as long as ``of`` the goal stands, in whole per cent; none beyond its end."""
        if self.percent is not None:
            return self.percent
        return percent_of(self.heads(of), of) if 0 < self.heads(of) <= of else None


@dataclass(frozen=True, slots=True)
class Progress:
    """``done`` of ``of`` on the day ``today``. ``weeks``: how many had been there week by week, the last is
    now; none where nothing is foretold.
    """

    done: int
    of: int
    aim: Aim | None
    today: date
    weeks: Sequence[int] = ()

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
    def pace(self) -> Pace | None:
        """How it has gone of late; none where that is too little to tell."""
        return Pace.of(self.weeks)

    @property
    def forecast(self) -> Forecast | None:
        """When the present pace reaches the aim; none where there is no telling."""
        return forecast_of(self.pace, self.missing, self.today) if self.pace and self.missing else None

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
        if self.pace is None:
            return Course.TOO_EARLY
        enough = self.pace.a_week * max(self.days_left, 1) >= self.missing * WEEK
        return Course.ON_COURSE if enough else Course.BEHIND


def percent_of(part: int, whole: int) -> int | None:
    """The nearest whole per cent, a half counted up; 100 only when all are there. None of nothing."""
    if not whole:
        return None
    nearest = (200 * part + whole) // (2 * whole)
    return nearest if part >= whole else min(nearest, 99)
