"""Selects for counting everybody: who has never been counted, and what the members add up to."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, not_, select, true

from campaigns.totals.measures import MEASURES
from campaigns.totals.models import COUNTS, Standing, Total
from organiser.members.models import Member
from organiser.orgs.models import Tenant


def tenants_never_counted() -> Select[int]:
    """The tenants that have members and not a single total."""
    members, totals = (
        exists().where(Member.tenant_id == Tenant.id),
        exists().where(Total.tenant_id == Tenant.id),
    )
    return select(Tenant.id).where(members, not_(totals)).execution_options(every_tenant=True)


def next_ids(after: UUID | None, count: int) -> Select[UUID]:
    """The ids of the next ``count`` members, in order."""
    query = select(Member.id).order_by(Member.id).limit(count)
    return query if after is None else query.where(Member.id > after)


def counted_without_member() -> Select[UUID]:
    """Whoever is counted and no member any more."""
    return select(Standing.id).where(not_(exists().where(Member.id == Standing.id)))


def all_held() -> Select[*tuple[Any, ...]]:
    """All totals of the tenant, kept from every other writer: the unit, then the ``COUNTS``."""
    columns = [getattr(Total, name) for name in COUNTS]
    return select(Total.id, *columns).order_by(Total.id).with_for_update()


def sums(before: datetime | None = None) -> Select[*tuple[Any, ...]]:
    """By unit what its members add up to, in the ``COUNTS``: by what has happened, or had before a moment."""

    def had(name: str) -> ColumnElement[bool]:
        moment = getattr(Standing, f"{name}_at")
        return and_(moment.is_not(None), true() if before is None else moment < before)

    free = Standing.callable.is_(True)
    counts = [func.count(), func.count().filter(free), func.count().filter(had("rung"))]
    for measure in MEASURES:
        counts += [func.count().filter(had(measure)), func.count().filter(and_(had(measure), free))]
    return (
        select(Standing.organisation_id, *counts)
        .where(Standing.organisation_id.is_not(None))
        .group_by(Standing.organisation_id)
    )
