"""Selects over the tree; built here, run by services and views."""

from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from organiser.core.tenancy import here
from organiser.orgs.kinds import OrgKind
from organiser.orgs.models import Organisation, Tenant


def tenants() -> Select[Tenant]:
    """Every root organisation of the installation, first made first."""
    return select(Tenant).order_by(Tenant.id)


def organisation_called(slug: str) -> Select[Organisation]:
    """The unit of our tenant with this slug."""
    return select(Organisation).where(Organisation.slug == slug)


def tenant_called(slug: str) -> Select[Tenant]:
    """The tenant with this slug."""
    return select(Tenant).where(Tenant.slug == slug)


def our_tenant() -> Select[Tenant]:
    """What is set for the tenant we are in."""
    return select(Tenant).where(Tenant.id == here())


def everywhere_called(slug: str) -> Select[Organisation]:
    """The units with this slug in every tenant: for a command that is told nothing but a slug."""
    return organisation_called(slug).execution_options(every_tenant=True)


def root() -> Select[Organisation]:
    """The unit at the top of our tenant."""
    return select(Organisation).where(Organisation.parent_id.is_(None))


def below(unit_id: UUID) -> Select[Organisation]:
    """A unit and everything under it, in Swedish order within each level's names."""
    top = aliased(Organisation)
    return (
        select(Organisation)
        .join(top, Organisation.path.startswith(top.path))
        .where(top.id == unit_id)
        .order_by(Organisation.sort_key)
    )


def associations_of(unit_id: UUID) -> Select[Organisation]:
    """The open associations under a unit (itself, if it is one), in Swedish order."""
    return below(unit_id).where(Organisation.kind == OrgKind.ASSOCIATION, Organisation.closed_at.is_(None))
