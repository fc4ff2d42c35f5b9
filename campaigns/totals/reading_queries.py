"""Selects that read the kept totals: of now, and of the end of earlier days."""

from functools import cache, lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    String,
    and_,
    bindparam,
    case,
    func,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import aliased

from campaigns.totals.measures import MEASURES
from campaigns.totals.models import COUNTS, Standing, Total, TotalDay
from organiser.core.prepared import prepared
from organiser.orgs.models import Organisation

TURNING = ("callable", *(f"{measure}_callable" for measure in MEASURES))
"""The counts that change by themselves."""
ON = bindparam("on", type_=Date)
OURS = Organisation.path.startswith(bindparam("path", type_=String))
LENGTHS = 64
"""Of lists of days, of which the question is kept."""


@cache
def units_with_totals() -> Select[*tuple[Any, ...]]:
    """All units of the tenant, in Swedish order: who they are, the ``COUNTS`` as they stood at the end of the
    day ``on``, and for those whose path begins with ``path`` the last call or contact.
    """
    last = select(func.max(Standing.last_at)).where(Standing.organisation_id == Organisation.id)
    return prepared(
        select(
            Organisation.id,
            Organisation.slug,
            Organisation.name,
            Organisation.kind,
            Organisation.path,
            Organisation.closed_at,
            *(_stood(name, Total.on <= ON).label(name) for name in COUNTS),
            case((OURS, last.correlate(Organisation).scalar_subquery())).label("last_at"),
        )
        .outerjoin(Total, and_(Total.tenant_id == Organisation.tenant_id, Total.id == Organisation.id))
        .outerjoin(TotalDay, _day_that_counts(ON))
        .order_by(Organisation.sort_key, Organisation.id)
    )


@lru_cache(maxsize=LENGTHS)
def stood_on(days: int, *, lateral: bool) -> Select[*tuple[Any, ...]]:
    """How the units whose path begins with ``path`` together stood at the end of each of so many days,
    ``day_0`` and so on: the day, then the ``COUNTS``.

    ``lateral``: the engine may look up the kept day unit by unit. PostgreSQL reads all that were ever kept
    otherwise; SQLite does not know the word and looks them up anyway.
    """
    marks = (select(bindparam(f"day_{place}", type_=Date).label("day")) for place in range(days))
    mark = union_all(*marks).cte("mark")
    on = mark.c.day
    beside, kept = _looked_up(on) if lateral else (TotalDay, TotalDay)
    return prepared(
        select(on, *(func.sum(_stood(name, Total.on <= on, kept)) for name in COUNTS))
        .select_from(mark)
        .join(Total, true())
        .outerjoin(beside, true() if lateral else _day_that_counts(on))
        .where(Total.id.in_(select(Organisation.id).where(OURS)))
        .group_by(on)
    )


def _looked_up(on: Any) -> tuple[Any, Any]:
    """The last day kept at or before the day ``on``, of a total that has changed since: to join, and to take
    its columns from.
    """
    found = (
        select(TotalDay)
        .where(Total.on > on, TotalDay.organisation_id == Total.id, TotalDay.on <= on)
        .order_by(TotalDay.on.desc())
        .limit(1)
        .correlate(Total, on.table)
        .lateral("kept")
    )
    return found, aliased(TotalDay, found)


def _stood(name: str, is_now: ColumnElement[bool], kept: Any = TotalDay) -> Any:
    """The total as it is where it has not changed since, else as it was kept; nothing before the first."""
    return case((is_now, getattr(Total, name)), else_=func.coalesce(getattr(kept, name), 0))


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


@cache
def turned() -> Select[*tuple[Any, ...]]:
    """By unit, what those who have come of age or have left up to the day ``on`` since they were settled add
    to ``TURNING``.
    """
    gain = case((Standing.turns_back_on <= ON, 0), (Standing.callable.is_(True), -1), else_=1)
    came = [
        func.sum(case((getattr(Standing, f"{measure}_at").is_not(None), gain), else_=0))
        for measure in MEASURES
    ]
    return prepared(
        select(Standing.organisation_id, func.sum(gain), *came)
        .where(Standing.turns_on <= ON)
        .group_by(Standing.organisation_id)
    )
