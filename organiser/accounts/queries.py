"""Selects over accounts, and the scope every other query narrows itself by."""

from datetime import datetime
from functools import cache, lru_cache
from uuid import UUID

from sqlalchemy import BindParameter, Select, bindparam, select
from sqlalchemy.orm import aliased, contains_eager

from organiser.accounts.models import Account, Grant, Link, SignIn
from organiser.accounts.permissions import Permission, Role, roles_with
from organiser.core.prepared import question
from organiser.core.tenancy import KNOWS_ITS_TENANT
from organiser.orgs.models import Organisation

KEPT = 1024
"""Accounts whose scope is kept once built; it names the account and asks for the roles each time."""


def units_open_to(account: Account, permission: Permission) -> Select[Organisation]:
    """Units of our tenant where ``account`` holds ``permission``, there or higher up; in Swedish order."""
    return (
        select(Organisation)
        .where(Organisation.id.in_(ids_open_to_account(account.id, permission)))
        .order_by(Organisation.sort_key)
    )


def ids_open_to(account: Account, permission: Permission) -> Select[UUID]:
    """The same units' ids, to narrow another query by: ``Member.organisation_id.in_(...)``."""
    return ids_open_to_account(account.id, permission)


@lru_cache(maxsize=KEPT)
def ids_open_to_account(account_id: UUID, permission: Permission) -> Select[UUID]:
    """The same, of an account whose id is all we have."""
    top, unit = aliased(Organisation), aliased(Organisation)
    return (
        select(unit.id)
        .join(top, unit.path.startswith(top.path))
        .join(Grant, (Grant.tenant_id == top.tenant_id) & (Grant.organisation_id == top.id))
        .where(Grant.account_id == account_id, Grant.role.in_(roles_with(permission)))
    )


def account_by_email(email: str) -> Select[Account]:
    """The account with this address, however its letters are cased."""
    return select(Account).where(Account.email == email.strip().lower())


@cache
def live_sign_in() -> Select[SignIn]:
    """The sign-in behind the ``token_hash`` of a browser with account and roles at once, unless it is over at
    ``at`` or its account is closed; built once for every request. Several rows per sign-in: ask for the
    ``unique()`` one.
    """
    return (
        _live(bindparam("at"))
        .where(SignIn.token_hash == bindparam("token_hash"))
        .options(contains_eager(SignIn.account).joinedload(Account.grants))
        .execution_options(**KNOWS_ITS_TENANT)
    )


def live_sign_ins(account: Account, at: datetime) -> Select[SignIn]:
    """Where an account is signed in just now, last started first."""
    return _live(at).where(SignIn.account_id == account.id).order_by(SignIn.started_at.desc(), SignIn.id)


def _live(at: datetime | BindParameter[datetime]) -> Select[SignIn]:
    return (
        select(SignIn)
        .join(SignIn.account)
        .where(SignIn.ended_at.is_(None), SignIn.ends_at > at, Account.active.is_(True))
    )


def live_link(token_hash: str, at: datetime) -> Select[Link]:
    """The link that is still to be used, unless its time is up or its account closed."""
    return (
        select(Link)
        .join(Link.account)
        .where(
            Link.token_hash == token_hash,
            Link.used_at.is_(None),
            Link.ends_at > at,
            Account.active.is_(True),
        )
    )


def open_links(account: Account) -> Select[Link]:
    """Links of an account that nobody has used."""
    return select(Link).where(Link.account_id == account.id, Link.used_at.is_(None))


@question()
def standings(account_id: UUID) -> Select[str, str, Role]:
    """Name and path of each unit of our tenant where the account holds a role, and the role."""
    return (
        select(Organisation.name, Organisation.path, Grant.role)
        .join(Grant, (Grant.tenant_id == Organisation.tenant_id) & (Grant.organisation_id == Organisation.id))
        .where(Grant.account_id == account_id)
    )
