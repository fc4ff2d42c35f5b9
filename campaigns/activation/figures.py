"""The numbers of a unit and of the associations below it: plain, adding up, and without a single member."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from campaigns.goals.progress import Aim, Course, Progress, percent_of
from organiser.orgs.kinds import OrgKind

FEW = 5
"""Fewer members than this are too few to show what has been done with them."""


class SortBy(StrEnum):
    """What the table may be ordered by."""

    NAME = "name"
    MEMBERS = "members"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Row:
    """A unit's own members. ``callable``, ``contacted`` and ``talked`` are none where they are too few to be
    shown. ``rung``: whether any call has been made. ``last_on``: the last sign of life, a call or another
    contact, on the day where the tenant is.
    """

    id: UUID
    slug: str
    name: str
    kind: OrgKind
    members: int = 0
    callable: int | None = 0
    contacted: int | None = 0
    talked: int | None = 0
    aim: Aim | None = None
    responsible: str = ""
    rung: bool = False
    last_on: date | None = None

    @property
    def percent(self) -> int | None:
        """Contacted of all members; none where there are no members, or too few to tell."""
        return None if self.contacted is None else percent_of(self.contacted, self.members)

    @property
    def hidden(self) -> bool:
        return self.contacted is None

    @property
    def is_association(self) -> bool:
        """Whether it is one; else these are members who stand in no association."""
        return self.kind is OrgKind.ASSOCIATION


@dataclass(frozen=True, slots=True)
class Totals:
    """All rows together. ``both``: of the contacted, those who may be rung. ``begun``: in how many of the
    associations somebody has been rung.
    """

    members: int
    callable: int
    contacted: int
    talked: int
    both: int
    begun: int


@dataclass(frozen=True, slots=True)
class Trend:
    """How many had been contacted, and talked with, at the end of each week; the last is now."""

    contacted: list[int]
    talked: list[int]


@dataclass(frozen=True, slots=True)
class Figures:
    """How far a unit has come at the moment ``at``. ``read_in_at``: when its register was last read in."""

    unit_id: UUID
    slug: str
    name: str
    kind: OrgKind
    at: datetime
    rows: Sequence[Row]
    totals: Totals
    progress: Progress
    trend: Trend
    read_in_at: datetime | None = None

    @property
    def aim(self) -> Aim | None:
        return self.progress.aim

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
        """The same, with what has been done among fewer than five members taken out of the rows."""
        return replace(self, rows=[_veiled(row) for row in self.rows])


def _veiled(row: Row) -> Row:
    if not 0 < row.members < FEW:
        return row
    return replace(row, callable=None, contacted=None, talked=None, rung=False, last_on=None)


def totals_of(rows: Sequence[Row], both: int) -> Totals:
    """The rows added up; none of them may be veiled."""
    return Totals(
        members=sum(row.members for row in rows),
        callable=sum(row.callable or 0 for row in rows),
        contacted=sum(row.contacted or 0 for row in rows),
        talked=sum(row.talked or 0 for row in rows),
        both=both,
        begun=sum(row.rung for row in rows if row.is_association),
    )


def ordered(rows: Sequence[Row], by: SortBy, *, descending: bool) -> list[Row]:
    """``rows`` come in Swedish order, and those alike stay in it. Without a share: last, either way."""
    if by is SortBy.NAME:
        return list(reversed(rows)) if descending else list(rows)
    if by is SortBy.MEMBERS:
        return sorted(rows, key=lambda row: -row.members if descending else row.members)
    return sorted(rows, key=lambda row: _by_share(row, descending=descending))


def _by_share(row: Row, *, descending: bool) -> tuple[bool, float]:
    if row.contacted is None or not row.members:
        return True, 0.0
    share = row.contacted / row.members
    return False, -share if descending else share
