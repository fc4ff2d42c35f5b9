"""When the goal is met if we go on as we have of late: not one day but a range, as wide as our weeks differ.

From the last weeks, at most eight and at least three, we know how many came each week and how much that
differs from week to week. After so many more weeks the sum lies, four times of five, between a low and a high
number. The goal is met at the earliest when the high one is enough, at the latest when the low one is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import ceil, floor, inf, sqrt

LATELY = 8
"""Weeks that are looked at, at most."""
ENOUGH = 3
"""Weeks since the first of all that it takes to say anything."""
FOUR_OF_FIVE = 1.28
"""So many standard deviations to each side leave one in ten outside at either end."""
HORIZON = 104
"""Weeks; nobody knows what lies further ahead."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How many more came each week: their mean and spread over so many weeks."""

    a_week: float
    spread: float
    over: int

    @classmethod
    def of(cls, weeks: Sequence[int]) -> "Pace | None":
        """``weeks``: how many there were at the end of each week, the last is now. None where the first of
        all came less than three weeks ago. A week in which some left counts as nothing.
        """
        grown = [max(0, after - before) for before, after in pairwise(weeks)]
        begun = 0 if weeks and weeks[0] else next((i for i, n in enumerate(grown) if n), len(grown))
        lately = grown[begun:][-LATELY:]
        return cls.from_gains(lately) if len(lately) >= ENOUGH else None

    @classmethod
    def from_gains(cls, gains: Sequence[int]) -> "Pace":
        """How many came in each of at least two weeks. They differ at least as much as chance alone makes
        them (the variance of a Poisson number is its mean).
        """
        mean = sum(gains) / len(gains)
        seen = sum((gain - mean) ** 2 for gain in gains) / (len(gains) - 1)
        return cls(mean, sqrt(max(seen, mean)), len(gains))


@dataclass(frozen=True, slots=True)
class Forecast:
    """Whole weeks' days from today. ``latest``: none where it may well take more than two years."""

    earliest: date
    likely: date
    latest: date | None


def forecast_of(pace: Pace, missing: int, today: date) -> Forecast | None:
    """When ``missing`` more have come; none where nothing moves, or even the best takes over two years."""
    if pace.a_week <= 0:
        return None
    soon, late = _weeks_until(pace, missing, FOUR_OF_FIVE), _weeks_until(pace, missing, -FOUR_OF_FIVE)
    likely = missing / pace.a_week
    if soon > HORIZON or likely > 2 * HORIZON:
        return None
    return Forecast(
        today + timedelta(weeks=floor(soon)),
        today + timedelta(weeks=round(likely)),
        today + timedelta(weeks=ceil(late)) if late <= HORIZON else None,
    )


def _weeks_until(pace: Pace, missing: int, sigmas: float) -> float:
    """After how many weeks the mean and so many standard deviations make ``missing``; endless where never.

    The deviation of a sum of t weeks has two parts: those weeks differ, and of the mean itself we have seen
    only some weeks.
    """

    def grown(weeks: float) -> float:
        return pace.a_week * weeks + sigmas * pace.spread * sqrt(weeks + weeks * weeks / pace.over)

    low, high = 0.0, float(HORIZON + 1)
    if grown(high) < missing:
        return inf
    while high - low > 1e-6:  # noqa: PLR2004  # far less than a day
        middle = (low + high) / 2
        low, high = (low, middle) if grown(middle) >= missing else (middle, high)
    return high
