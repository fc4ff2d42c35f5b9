"""The invented people who sign in to the demo: one per role for the short ways in, and those responsible."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from secrets import token_urlsafe
from uuid import UUID

from organiser.accounts import passwords
from organiser.accounts.demo import demo_email
from organiser.accounts.models import Account
from organiser.accounts.permissions import Role
from organiser.accounts.queries import account_by_email
from organiser.accounts.services import give_role, new_account
from organiser.core.database import db
from organiser.orgs.queries import organisation_called

CALLS_IN = "dalarna-falun"
NAMES = {
    Role.ADMINISTRATOR: "Ada Ek",
    Role.ORGANISER: "Olle Ask",
    Role.CALLER: "Rut Lind",
    Role.VIEWER: "Stina Alm",
}
PLACES = {
    Role.ADMINISTRATOR: "partiet",
    Role.ORGANISER: "dalarna",
    Role.CALLER: CALLS_IN,
    Role.VIEWER: "dalarna",
}
RESPONSIBLE = {
    "dalarna-falun": "Gun Björk",
    "dalarna-borlange": "Ali Hassel",
    "dalarna-leksand": "Eva Rönn",
    "dalarna-mora": "Nils Gran",
    "dalarna-hedemora": "Siv Lönn",
    "dalarna-orsa": "Per Sälg",
    "dalarna-avesta": "Leyla Alm",
    "vasternorrland-sundsvall": "Inga Tall",
    "vasternorrland-harnosand": "Omar Rosen",
    "vasternorrland-timra": "Britt Hägg",
}


@dataclass(frozen=True, slots=True)
class Staff:
    """Account ids of each district's organiser, and who answers for which association."""

    organisers: Mapping[str, UUID]
    responsible: Mapping[str, Account]


def staff() -> Staff:
    """Make them, with their roles in our tenant and a password that nobody knows."""
    in_use = partial(_in_use, passwords.hashed(token_urlsafe()))
    for role in Role:
        in_use(NAMES[role], demo_email(role), role, PLACES[role])
    return Staff(
        organisers={
            "dalarna": _account(demo_email(Role.ORGANISER)).id,
            "vasternorrland": in_use(
                "Tove Gran", "tove@ringlista.example", Role.ORGANISER, "vasternorrland"
            ).id,
        },
        responsible={
            slug: in_use(name, f"{slug}@ringlista.example", Role.ORGANISER, slug)
            for slug, name in RESPONSIBLE.items()
        },
    )


def _in_use(password: str, name: str, email: str, role: Role, slug: str) -> Account:
    account = new_account(name, email, "sv")
    account.password = password
    give_role(account, db.session.scalars(organisation_called(slug)).one().id, role)
    return account


def _account(email: str) -> Account:
    return db.session.scalars(account_by_email(email)).unique().one()
