"""What an administrator does with other people's accounts, within their own scope. All only flushes."""

from dataclasses import dataclass
from datetime import datetime

from organiser.accounts import letters, people_queries, queries
from organiser.accounts.kinds import LinkPurpose
from organiser.accounts.links import make_link
from organiser.accounts.models import Account, Grant
from organiser.accounts.permissions import Role
from organiser.accounts.securing import drop_second_step
from organiser.accounts.services import end_sign_ins, give_role, new_account, take_role
from organiser.accounts.words import role_word
from organiser.audit.models import Deed
from organiser.audit.services import record
from organiser.core.database import db
from organiser.core.tenancy import here
from organiser.orgs.models import Organisation
from organiser.orgs.queries import our_tenant


class LastAdministrator(ValueError):
    """Nobody would be left who can let people in."""


@dataclass(frozen=True, slots=True)
class Invited:
    """Who was invited; ``link`` where there is one to hand over, since no mail server is set."""

    account: Account
    link: str | None = None


def invite(name: str, email: str, role: Role, unit: Organisation, at: datetime) -> Invited:
    """Give somebody a role, and an account where they have none yet; they are told by mail where there is a
    server. Who has a password already signs in with it as before.
    """
    account = db.session.scalar(queries.account_by_email(email))
    if account is not None:
        give(account, unit, role)
        return Invited(account)
    account = new_account(name, email, db.session.scalars(our_tenant()).one().language)
    give_role(account, unit.id, role)
    return Invited(account, invite_again(account, unit.name, at))


def give(account: Account, unit: Organisation, role: Role) -> None:
    """Another role for somebody, who is told by mail where there is a server."""
    give_role(account, unit.id, role)
    letters.tell_role(account, role_word(role), unit.name)


def invite_again(account: Account, organisation: str, at: datetime) -> str | None:
    """A new link for one who has no password yet: mailed, or given back to be handed over."""
    link = make_link(account, LinkPurpose.INVITATION, at)
    letters.invite(account, link, organisation)
    return None if letters.can_send() else link


def start_reset(account: Account, at: datetime) -> str | None:
    """A link to make a new password: mailed, or given back to be handed over."""
    link = make_link(account, LinkPurpose.RESET, at)
    letters.send_reset(account, link)
    return None if letters.can_send() else link


def take_away(grant: Grant) -> None:
    """Take a role from somebody. Raises ``LastAdministrator``."""
    if grant.role is Role.ADMINISTRATOR:
        _someone_is_left([grant])
    take_role(grant)


def close(account: Account) -> None:
    """Let the account in no more; its sign-ins end now. Raises ``LastAdministrator``."""
    _someone_is_left([held for held in account.grants if held.role is Role.ADMINISTRATOR])
    end_sign_ins(account)
    account.active = False
    record("account", account.id, Deed.CHANGED, {"active": [True, False]})
    db.session.flush()


def reopen(account: Account) -> None:
    """Let a closed account in again, with the roles it had."""
    account.active = True
    record("account", account.id, Deed.CHANGED, {"active": [False, True]})
    db.session.flush()


def forget_phone(account: Account) -> None:
    """For a lost phone without recovery codes: signed out everywhere, and the second step is set up anew."""
    drop_second_step(account)
    end_sign_ins(account)
    record("account", account.id, Deed.CHANGED, {"second_step": [True, False]})


def _someone_is_left(leaving: list[Grant]) -> None:
    """An administrator at the top must remain where there is one now; else one somewhere."""
    if not leaving:
        return
    db.session.scalars(people_queries.held_tenant(here())).one()
    administrators = db.session.execute(people_queries.administrators()).all()
    ids = {grant.id for grant in leaving}
    depth = min((len(path) for _, path in administrators), default=0)
    top = [grant_id for grant_id, path in administrators if len(path) == depth]
    if administrators and not set(top) - ids:
        raise LastAdministrator
