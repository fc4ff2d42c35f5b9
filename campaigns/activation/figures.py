"""The numbers of a unit and of the associations below it: plain, adding up, and without a single member."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from campaigns.activation.veil import FEW, Veil
from campaigns.goals.progress import Aim, Base, Course, Progress, percent_of
from campaigns.totals.measures import MEASURES, Measure
from organiser.core.text import sort_key
from organiser.orgs.kinds import OrgKind


class SortBy(StrEnum):
    """What the table may be ordered by."""

    NAME = "name"
    MEMBERS = "members"
    CALLABLE = "callable"
    SHARE = "share"
    TALKED = "talked"
    SURVEYED = "surveyed"
    ACTIVE = "active"
    RESPONSIBLE = "responsible"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class Counts:
    """Members, those of them who may be rung, and how many of both have come to what; each number but the
    first is none where it is too small to be shown.
    """

    members: int = 0
    callable: int | None = 0
    contacted: int | None = 0
    contacted_callable: int | None = 0
    talked: int | None = 0
    talked_callable: int | None = 0
    surveyed: int | None = 0
    surveyed_callable: int | None = 0
    active: int | None = 0
    active_callable: int | None = 0

    def count(self, measure: Measure) -> int | None:
        """Of all members."""
        number: int | None = getattr(self, measure.value)
        return number

    def of_callable(self, measure: Measure) -> int | None:
        """Of those who may be rung."""
        number: int | None = getattr(self, f"{measure}_callable")
        return number

    @property
    def both(self) -> int | None:
        """Of the contacted, those who may be rung."""
        return self.contacted_callable

    @property
    def percent(self) -> int | None:
        """Contacted of all members; none where there are no members, or too few to tell."""
        return self.share(Measure.CONTACTED)

    def share(self, measure: Measure) -> int | None:
        """In whole per cent of all members; none where there are none, or too few to tell."""
        number = self.count(measure)
        return None if number is None else percent_of(number, self.members)

    def share_of_callable(self, measure: Measure) -> int | None:
        """The same among those who may be rung."""
        number = self.of_callable(measure)
        return None if number is None or self.callable is None else percent_of(number, self.callable)

    @property
    def hidden(self) -> bool:
        return self.contacted is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row(Counts):
    """A unit's own members. ``rung``: whether any call has been made. ``last_on``: the last sign of life, a
    call or another contact, on the day where the tenant is.
    """

    id: UUID
    slug: str
    name: str
    kind: OrgKind
    aims: Mapping[Measure, Aim] = field(default_factory=dict)
    responsible: str = ""
    rung: bool = False
    last_on: date | None = None

    @property
    def aim(self) -> Aim | None:
        """What is meant to be contacted."""
        return self.aims.get(Measure.CONTACTED)

    @property
    def is_association(self) -> bool:
        """Whether it is one; else these are members who stand in no association."""
        return self.kind is OrgKind.ASSOCIATION


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals(Counts):
    """All rows together. ``begun``: in how many of the associations somebody has been rung."""

    begun: int = 0


@dataclass(frozen=True, slots=True)
class Trend:
    """How many had come to each measure at the end of the day, week by week; the last is now. Twelve of
    each, but fewer where the first ones were too small to be shown.
    """

    contacted: list[int]
    talked: list[int]
    surveyed: list[int]
    active: list[int]
    contacted_callable: list[int] = field(default_factory=list)
    talked_callable: list[int] = field(default_factory=list)
    surveyed_callable: list[int] = field(default_factory=list)
    active_callable: list[int] = field(default_factory=list)

    def of(self, measure: Measure, base: Base = Base.MEMBERS) -> list[int]:
        """The weeks of one measure."""
        weeks: list[int] = getattr(self, _name(measure, base))
        return weeks


def no_veil(_measure: Measure) -> Veil:
    """Nothing is hidden."""
    return Veil()


@dataclass(frozen=True, slots=True)
class Figures:
    """How far a unit has come, asked at the moment ``at`` about the day ``on``. ``aims``: its own goals.
    ``known_on``: the earlier day on which this was known, none: now; nothing is foretold of it.
    ``read_in_at``: when its register was last read in. ``veil``: finds what not to show of a measure.
    ``stood``: how the whole stood on earlier days.
    """

    unit_id: UUID
    slug: str
    name: str
    kind: OrgKind
    at: datetime
    on: date
    rows: Sequence[Row]
    totals: Totals
    trend: Trend
    aims: Mapping[Measure, Aim] = field(default_factory=dict)
    read_in_at: datetime | None = None
    known_on: date | None = None
    veil: Callable[[Measure], Veil] = no_veil
    stood: Mapping[date, Mapping[str, int]] = field(default_factory=dict)

    @property
    def progress(self) -> Progress:
        """Towards the goal for contacts."""
        progress = self.progress_of(Measure.CONTACTED)
        assert progress is not None  # only what members told us is ever hidden of a whole
        return progress

    def progress_of(self, measure: Measure) -> Progress | None:
        """Towards the unit's goal for a measure, of those it is a share of; none where that is not shown."""
        aim = self.aims.get(measure)
        base = aim.base if aim else Base.MEMBERS
        done, of = getattr(self.totals, _name(measure, base)), getattr(self.totals, base.value)
        weeks = () if self.known_on else self.trend.of(measure, base)
        return None if done is None else Progress(done, of or 0, aim, self.on, weeks)

    @property
    def aim(self) -> Aim | None:
        return self.aims.get(Measure.CONTACTED)

    @property
    def course(self) -> Course:
        return self.progress.course

    @property
    def hidden(self) -> bool:
        """Whether the unit as a whole is too small to show anything of."""
        return bool(self.rows) and all(row.hidden for row in self.rows if row.members)

    @property
    def associations(self) -> list[Row]:
        return [row for row in self.rows if row.is_association]

    def for_those_who_see_no_members(self) -> "Figures":
        """The same, without what has been done among fewer than five members, and without what fewer than
        five have told of themselves.
        """
        veils = {measure: self.veil(measure) for measure in MEASURES if measure.told}
        hidden = [measure for measure, veil in veils.items() if self.unit_id in veil.sums]
        return replace(
            self,
            rows=[_veiled(row, veils) for row in self.rows],
            totals=replace(self.totals, **_without(hidden)),
            trend=replace(self.trend, **_seen(self, veils)),
        )


def _veiled(row: Row, veils: Mapping[Measure, Veil]) -> Row:
    if 0 < row.members < FEW:
        return replace(row, callable=None, rung=False, last_on=None, **_without(MEASURES))
    hidden = [measure for measure, veil in veils.items() if row.id in veil.rows]
    return replace(row, **_without(hidden)) if hidden else row


def _name(measure: Measure, base: Base) -> str:
    return measure.value if base is Base.MEMBERS else f"{measure}_callable"


def _without(measures: Iterable[Measure]) -> dict[str, Any]:
    return dict.fromkeys(_name(measure, base) for measure in measures for base in Base)


def _seen(figures: Figures, veils: Mapping[Measure, Veil]) -> dict[str, list[int]]:
    """The weeks since each number was last too small to be shown; none where it still is."""
    return {
        _name(measure, base): []
        if figures.unit_id in veil.sums
        else _since_few(figures.trend.of(measure, base))
        for measure, veil in veils.items()
        for base in Base
    }


def _since_few(weeks: list[int]) -> list[int]:
    small = [place for place, number in enumerate(weeks) if 0 < number < FEW]
    return weeks[small[-1] + 1 :] if small else weeks


def totals_of(rows: Sequence[Row]) -> Totals:
    """The rows added up; none of them may be veiled."""
    names = ["members", "callable", *_without(MEASURES)]
    sums: dict[str, int] = {name: sum(getattr(row, name) for row in rows) for name in names}
    return Totals(**sums, begun=sum(row.rung for row in rows if row.is_association))


def trend_of(earlier: Iterable[Mapping[str, int]], totals: Totals) -> Trend:
    """How the whole stood on some earlier days, the first one first, and as it stands."""
    days = list(earlier)
    names = [one.name for one in fields(Trend)]
    return Trend(**{name: [*(day[name] for day in days), getattr(totals, name)] for name in names})


def ordered(rows: Sequence[Row], by: SortBy, *, descending: bool) -> list[Row]:
    """``rows`` come in Swedish order, and those alike stay in it. Who has nothing to sort by: last, either
    way. Measures are ordered by their share of all members.
    """
    if by is SortBy.NAME:
        return list(reversed(rows)) if descending else list(rows)
    keys = {row.id: _key(row, by) for row in rows}
    known = [row for row in rows if keys[row.id] is not None]
    known.sort(key=lambda row: keys[row.id], reverse=descending)
    return [*known, *(row for row in rows if keys[row.id] is None)]


def _key(row: Row, by: SortBy) -> Any:
    match by:
        case SortBy.MEMBERS | SortBy.CALLABLE:
            return getattr(row, by.value)
        case SortBy.RESPONSIBLE:
            return sort_key(row.responsible) if row.responsible else None
        case SortBy.LAST:
            return row.last_on
        case SortBy.SHARE:
            return _part(row.contacted, row)
    return _part(row.count(Measure(by.value)), row)


def _part(number: int | None, row: Row) -> float | None:
    return number / row.members if number is not None and row.members else None
