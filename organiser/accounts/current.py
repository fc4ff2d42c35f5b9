"""Who is signed in just now, and in which unit and role they act."""

from dataclasses import dataclass
from typing import cast

from flask import abort, g

from organiser.accounts.models import Account, SignIn
from organiser.accounts.permissions import Permission


@dataclass(frozen=True, slots=True)
class Present:
    """The account behind this request and the sign-in that let it in."""

    account: Account
    sign_in: SignIn


@dataclass(frozen=True, slots=True)
class Standing:
    """The line at the top of each page: for which unit one acts, and as what."""

    organisation: str
    role: str


def present() -> Present | None:
    """The one who is signed in, if any; the guard found out."""
    return cast("Present | None", g.get("account"))


def current_account() -> Account:
    """The account behind this request; 401 where nobody is signed in."""
    return current_sign_in().account


def current_sign_in() -> SignIn:
    """The sign-in behind this request; 401 where nobody is signed in."""
    here = present()
    if here is None:
        abort(401)
    return here.sign_in


def may(permission: Permission) -> bool:
    """Whether the one signed in holds ``permission`` somewhere in the tenant: which buttons to show."""
    here = present()
    return here is not None and here.account.may(permission, here.sign_in.tenant_id)
