"""The organisations somebody has a role in, with the names of their tops."""

from dataclasses import dataclass

from organiser.accounts.models import Account
from organiser.core.database import db
from organiser.core.tenancy import inside
from organiser.orgs import queries


@dataclass(frozen=True, slots=True)
class Place:
    """A tenant one may work in."""

    tenant_id: int
    name: str


def of(account: Account) -> list[Place]:
    """One for each tenant where ``account`` holds a role."""
    return [Place(tenant_id, _name(tenant_id)) for tenant_id in account.tenant_ids]


def _name(tenant_id: int) -> str:
    with inside(tenant_id):
        return db.session.scalars(queries.root()).one().name
