"""Selects that read the kept totals: of now, and of the end of earlier days."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CTE, ColumnElement, Date, Select, and_, case, func, literal, select, true, union_all
from sqlalchemy.orm import aliased

from campaigns.totals.measures import MEASURES
from campaigns.totals.models import COUNTS, Standing, Total, TotalDay
from organiser.orgs.models import Organisation

TURNING = ("callable", *(f"{measure}_callable" for measure in MEASURES))
"""The counts that change by themselves."""


def units_with_totals(path: str, on: date) -> Select[*tuple[Any, ...]]:
    """All units of the tenant, in Swedish order: who they are, the ``COUNTS`` as they stood at the end of the
    day ``on``, and for those whose path begins with ``path`` the last call or contact.
    """
    ours = Organisation.path.startswith(path)
    last = select(func.max(Standing.last_at)).where(Standing.organisation_id == Organisation.id)
    return (
        select(
            Organisation.id,
            Organisation.slug,
            Organisation.name,
            Organisation.kind,
            Organisation.path,
            Organisation.closed_at,
            *(_stood(name, Total.on <= on).label(name) for name in COUNTS),
            case((ours, last.correlate(Organisation).scalar_subquery())).label("last_at"),
        )
        .outerjoin(Total, and_(Total.tenant_id == Organisation.tenant_id, Total.id == Organisation.id))
        .outerjoin(TotalDay, _day_that_counts(on))
        .order_by(Organisation.sort_key, Organisation.id)
    )


def stood_on(unit_ids: Collection[UUID], days: Sequence[date]) -> Select[*tuple[Any, ...]]:
    """How these units together stood at the end of each of the days: the day, then the ``COUNTS``."""
    mark = _days(days)
    on = mark.c.day
    return (
        select(on, *(func.sum(_stood(name, Total.on <= on)) for name in COUNTS))
        .select_from(mark)
        .join(Total, true())
        .outerjoin(TotalDay, _day_that_counts(on))
        .where(Total.id.in_(unit_ids))
        .group_by(on)
    )


def _days(days: Sequence[date]) -> CTE:
    return union_all(*(select(literal(day, Date).label("day")) for day in days)).cte("mark")


def _stood(name: str, is_now: ColumnElement[bool]) -> Any:
    """The total as it is where it has not changed since, else as it was kept; nothing before the first."""
    return case((is_now, getattr(Total, name)), else_=func.coalesce(getattr(TotalDay, name), 0))


def _day_that_counts(on: Any) -> ColumnElement[bool]:
    """The kept day that tells how a total stood at the end of the day ``on``, where it has changed since."""
    earlier = aliased(TotalDay)
    last = select(func.max(earlier.on)).where(earlier.organisation_id == Total.id, earlier.on <= on)
    return and_(
        Total.on > on,
        TotalDay.tenant_id == Total.tenant_id,
        TotalDay.organisation_id == Total.id,
        TotalDay.on == last.correlate_except(earlier).scalar_subquery(),
    )


def turned(on: date) -> Select[*tuple[Any, ...]]:
    """By unit, what those who have come of age or have left since they were settled add to ``TURNING``."""
    gain = case((Standing.turns_back_on <= on, 0), (Standing.callable.is_(True), -1), else_=1)
    came = [
        func.sum(case((getattr(Standing, f"{measure}_at").is_not(None), gain), else_=0))
        for measure in MEASURES
    ]
    return (
        select(Standing.organisation_id, func.sum(gain), *came)
        .where(Standing.turns_on <= on)
        .group_by(Standing.organisation_id)
    )
