"""What a reader asked the page for: a measure, of whom, how far back, in which order, as known when."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from flask import url_for
from werkzeug.datastructures import MultiDict

from campaigns.activation.figures import SortBy
from campaigns.activation.periods import Period
from campaigns.goals.progress import Base
from campaigns.totals.measures import MEASURES, Measure

UP, DOWN = "ascending", "descending"
UPWARDS = frozenset({SortBy.NAME, SortBy.RESPONSIBLE})


def usual_way(by: SortBy) -> str:
    """Words from A on; numbers and days from the greatest."""
    return UP if by in UPWARDS else DOWN


@dataclass(frozen=True, slots=True)
class Asked:
    """As the page shall be; what is not asked for, or is nonsense, is as usual. ``base``: none,
    as the goal.
    """

    measure: Measure = Measure.CONTACTED
    base: Base | None = None
    period: Period = Period.TWELVE_WEEKS
    by: SortBy = SortBy.SHARE
    way: str = DOWN
    known_on: date | None = None

    def url(self, unit_id: UUID, anchor: str | None = None, **changes: Any) -> str:
        """The same page, or another unit's, but for the changes."""
        values: dict[str, Any] = replace(self, **changes).values
        return url_for("activation.show", unit_id=unit_id, _anchor=anchor, **values)

    @property
    def values(self) -> dict[str, str]:
        """As they stand in an address; what is usual is left out."""
        said = {
            "measure": self.measure.value,
            "of": self.base.value if self.base else "",
            "period": self.period.value,
            "sort": self.by.value,
            "order": self.way if self.way != usual_way(self.by) else "",
            "known_on": self.known_on.isoformat() if self.known_on else "",
        }
        usual = {"measure": Measure.CONTACTED, "period": Period.TWELVE_WEEKS, "sort": SortBy.SHARE}
        return {name: value for name, value in said.items() if value and usual.get(name) != value}


def asked_for(args: MultiDict[str, str], today: date) -> Asked:
    """What stands in an address; a day that is not past is none."""
    by = args.get("sort", "")
    found = SortBy(by) if by in set(SortBy) else SortBy.SHARE
    way, measure, base, period = (args.get(name, "") for name in ("order", "measure", "of", "period"))
    return Asked(
        measure=Measure(measure) if measure in set(MEASURES) else Measure.CONTACTED,
        base=Base(base) if base in set(Base) else None,
        period=Period(period) if period in set(Period) else Period.TWELVE_WEEKS,
        by=found,
        way=way if way in {UP, DOWN} else usual_way(found),
        known_on=_earlier(args.get("known_on", ""), today),
    )


def _earlier(text: str, today: date) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day < today else None
