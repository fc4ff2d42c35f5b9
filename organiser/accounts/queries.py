"""Selects over accounts, and the scope every other query narrows itself by."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from organiser.accounts.models import Account, Grant, SignIn
from organiser.accounts.permissions import Permission, roles_with
from organiser.orgs.models import Organisation


def units_open_to(account: Account, permission: Permission) -> Select[Organisation]:
    """Units of our tenant where ``account`` holds ``permission``, there or higher up; in Swedish order."""
    return (
        select(Organisation)
        .where(Organisation.id.in_(_ids_open_to(account.id, permission)))
        .order_by(Organisation.sort_key)
    )


def ids_open_to(account: Account, permission: Permission) -> Select[UUID]:
    """The same units' ids, to narrow another query by: ``Member.organisation_id.in_(...)``."""
    return _ids_open_to(account.id, permission)


def _ids_open_to(account_id: UUID, permission: Permission) -> Select[UUID]:
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


def live_sign_in(token_hash: str, at: datetime) -> Select[SignIn]:
    """The sign-in behind a browser's token, unless it is over or its account is closed."""
    return (
        select(SignIn)
        .join(SignIn.account)
        .where(
            SignIn.token_hash == token_hash,
            SignIn.ended_at.is_(None),
            SignIn.ends_at > at,
            Account.active.is_(True),
        )
    )
