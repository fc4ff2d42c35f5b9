"""What the board is needed for: lists nobody answers for, associations not begun or not read in,
promises and follow-ups that are late, a campaign that soon ends with many left, a goal nobody has set.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from campaigns.activation.figures import Row
from campaigns.totals.measures import Measure

SOON = timedelta(days=14)


class Kind(StrEnum):
    """What is missing."""

    LATE_CALLS = "late_calls"
    LATE_ERRANDS = "late_errands"
    ENDS_SOON = "ends_soon"
    NOT_READ_IN = "not_read_in"
    NOBODY_RESPONSIBLE = "nobody_responsible"
    NOT_BEGUN = "not_begun"
    NO_GOAL = "no_goal"
    NO_ASSOCIATION = "no_association"


@dataclass(frozen=True, slots=True)
class OpenList:
    """An association's list in a campaign under way. ``owner``: the path of the unit whose campaign it is.
    ``left``: still to be rung, counted where the campaign soon ends. ``late_calls``: members promised a call
    before today, ``late_errands``: follow-ups due before today.
    """

    id: UUID
    campaign_id: UUID
    title: str
    ends_on: date
    owner: str
    organisation_id: UUID
    answered_for: bool = False
    left: int = 0
    late_calls: int = 0
    late_errands: int = 0


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that is missing: in which associations, for how many, on which lists."""

    kind: Kind
    rows: Sequence[Row] = ()
    lists: Sequence[OpenList] = ()
    number: int = 0

    @property
    def names(self) -> list[str]:
        return [row.name for row in self.rows]

    @property
    def members(self) -> int:
        return sum(row.members for row in self.rows)

    @property
    def campaigns(self) -> list[UUID]:
        """Whose lists they are, each once."""
        return list(dict.fromkeys(one.campaign_id for one in self.lists))


def needs_of(
    rows: Sequence[Row],
    lists: Sequence[OpenList] = (),
    *,
    today: date | None = None,
    goal_wanted: bool = False,
) -> list[Need]:
    """What is missing in these rows and lists, the most pressing first; of a veiled row not what was done.

    ``goal_wanted``: the unit above them has a goal, so those without one are told.
    """
    associations = [row for row in rows if row.is_association]
    peopled = [row for row in associations if row.members]
    found = {
        Kind.NOT_READ_IN: [row for row in associations if not row.members],
        Kind.NOBODY_RESPONSIBLE: [row for row in peopled if not row.responsible],
        Kind.NOT_BEGUN: [row for row in peopled if not row.rung and not row.hidden],
        Kind.NO_GOAL: [row for row in peopled if goal_wanted and Measure.CONTACTED not in row.aims],
        Kind.NO_ASSOCIATION: [row for row in rows if not row.is_association],
    }
    missing = [Need(kind, where, _lists_of(where, lists)) for kind, where in found.items() if where]
    return [*_late(lists), *_ending(lists, today), *missing]


def _lists_of(rows: Iterable[Row], lists: Sequence[OpenList]) -> list[OpenList]:
    ids = {row.id for row in rows}
    return [one for one in lists if one.organisation_id in ids]


def _late(lists: Sequence[OpenList]) -> list[Need]:
    calls = [one for one in lists if one.late_calls]
    errands = [one for one in lists if one.late_errands]
    found = [
        Need(Kind.LATE_CALLS, lists=calls, number=sum(one.late_calls for one in calls)),
        Need(Kind.LATE_ERRANDS, lists=errands, number=sum(one.late_errands for one in errands)),
    ]
    return [need for need in found if need.number]


def _ending(lists: Sequence[OpenList], today: date | None) -> list[Need]:
    """Each campaign that ends within two weeks, or should have, and has people left to ring."""
    if today is None:
        return []
    by_campaign: dict[UUID, list[OpenList]] = {}
    for one in lists:
        if one.left and one.ends_on <= today + SOON:
            by_campaign.setdefault(one.campaign_id, []).append(one)
    return [
        Need(Kind.ENDS_SOON, lists=theirs, number=sum(one.left for one in theirs))
        for theirs in by_campaign.values()
    ]
