"""How far back the small curves go: four or twelve weeks, this year, or since the beginning."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from campaigns.activation.figures import Figures, trend_of

POINTS = 12
"""A curve has about so many points, the last is the day itself."""


class Period(StrEnum):
    """What one may choose."""

    FOUR_WEEKS = "4w"
    TWELVE_WEEKS = "12w"
    YEAR = "year"
    START = "start"


WEEKS = {Period.FOUR_WEEKS: 4, Period.TWELVE_WEEKS: 12}


class Over(NamedTuple):
    """Figures with the trend of a period, and the days its points are of."""

    figures: Figures
    days: Sequence[date]


def days_of(period: Period, on: date, began: date) -> list[date]:
    """The days of a curve that ends ``on``, the first one first. ``began``: when the unit was made here."""
    if period in WEEKS:
        return [on - timedelta(weeks=back) for back in range(WEEKS[period], -1, -1)]
    first = on.replace(month=1, day=1) if period is Period.YEAR else began
    return days_between(min(first, on), on)


def days_between(first: date, last: date) -> list[date]:
    """At most twelve days from the first to the last, both in, as evenly as whole days are."""
    apart = (last - first).days
    steps = min(POINTS - 1, apart)
    return [first + timedelta(days=apart * step // max(steps, 1)) for step in range(steps + 1)]


def over(figures: Figures, days: Sequence[date]) -> Over:
    """The same figures with the trend of a period; they must have been asked for its days."""
    trend = trend_of([figures.stood[day] for day in days[:-1]], figures.totals)
    return Over(replace(figures, trend=trend), days)
