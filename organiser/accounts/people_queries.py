"""Selects behind the administrators' pages: who has which role where, within one's scope."""

from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, select

from organiser.accounts.models import Account, Grant
from organiser.accounts.permissions import Permission, Role
from organiser.accounts.queries import ids_open_to
from organiser.core.tenancy import here
from organiser.orgs.models import Organisation, Tenant


def people_of(administrator: Account) -> Select[Account]:
    """Accounts with an e-mail that hold a role where ``administrator`` manages accounts, by name."""
    within = exists().where(Grant.account_id == Account.id, *_within(administrator))
    return select(Account).where(within, Account.email.is_not(None)).order_by(Account.name, Account.id)


def person(administrator: Account, account_id: UUID) -> Select[Account]:
    """One of them."""
    return people_of(administrator).where(Account.id == account_id)


def grants_of(administrator: Account, accounts: list[UUID]) -> Select[Grant, str]:
    """The roles of these accounts that ``administrator`` may take away, with the unit's name."""
    return (
        select(Grant, Organisation.name)
        .join(Organisation, _of_unit())
        .where(Grant.account_id.in_(accounts), *_within(administrator))
        .order_by(Organisation.path, Grant.role)
    )


def grant(administrator: Account, account_id: UUID, grant_id: UUID) -> Select[Grant]:
    """One of them."""
    return select(Grant).where(Grant.id == grant_id, Grant.account_id == account_id, *_within(administrator))


def administrators() -> Select[UUID, str]:
    """Each administrator's grant in our tenant whose account is open, with the path of its unit."""
    return (
        select(Grant.id, Organisation.path)
        .join(Organisation, _of_unit())
        .join(Grant.account)
        .where(Grant.role == Role.ADMINISTRATOR, Account.active.is_(True))
    )


def held_tenant(tenant_id: int) -> Select[Tenant]:
    """Our tenant, held until the transaction ends: two administrators may not remove each other at once."""
    return select(Tenant).where(Tenant.id == tenant_id).with_for_update()


def _of_unit() -> ColumnElement[bool]:
    return (Grant.tenant_id == Organisation.tenant_id) & (Grant.organisation_id == Organisation.id)


def _within(administrator: Account) -> tuple[ColumnElement[bool], ...]:
    scope = ids_open_to(administrator, Permission.MANAGE_ACCOUNTS)
    return (Grant.tenant_id == here(), Grant.organisation_id.in_(scope))
