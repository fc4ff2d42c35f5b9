"""Accounts, their roles and their sign-ins: made, given, ended. Everything here only flushes."""

from datetime import datetime, timedelta
from uuid import UUID

from flask import current_app, g, has_request_context, request, session

from organiser.accounts import browsers, queries
from organiser.accounts.models import Account, Grant, SignIn
from organiser.accounts.permissions import Role
from organiser.accounts.tokens import hash_token, new_token
from organiser.audit.models import Deed
from organiser.audit.services import record
from organiser.core import clock
from organiser.core.database import db
from organiser.core.i18n import LANGUAGES
from organiser.core.tenancy import here

LONGEST = timedelta(hours=10)


def new_account(name: str, email: str | None = None, language: str | None = None) -> Account:
    """An account without roles or password; a caller let in by link needs no e-mail either.
    ``language`` is the installation's where none is given.
    """
    spoken = language if language in LANGUAGES else current_app.config["SETTINGS"].language
    address = email.strip().lower() if email else None
    account = Account(name=name, email=address, language=spoken, recovery_codes=[], grants=[])
    db.session.add(account)
    db.session.flush()
    return account


def give_role(account: Account, organisation_id: UUID, role: Role) -> Grant:
    """Let ``account`` be ``role`` in a unit of our tenant and below; gives the grant there is already, if so.
    Written to the change log.
    """
    tenant_id = here()
    for held in account.grants:
        if (held.tenant_id, held.organisation_id, held.role) == (tenant_id, organisation_id, role):
            return held
    grant = Grant(tenant_id=tenant_id, organisation_id=organisation_id, role=role)
    account.grants.append(grant)
    db.session.flush()
    record("role_grant", grant.id, Deed.CREATED, _told(grant, Deed.CREATED))
    return grant


def take_role(grant: Grant) -> None:
    """Take a role away; it bites at the account's next request. Written to the change log."""
    record("role_grant", grant.id, Deed.REMOVED, _told(grant, Deed.REMOVED))
    grant.account.grants.remove(grant)
    db.session.delete(grant)
    db.session.flush()


def start_sign_in(
    account: Account, tenant_id: int | None, ends_at: datetime | None = None, *, second_step: bool = False
) -> str:
    """Let ``account`` in, until ``ends_at`` (a shift's end) but never longer than ten hours.

    Within a request the browser becomes that sign-in: whatever it was before is forgotten, its language is
    kept on the account. ``tenant_id`` None: the person chooses where. ``second_step``: a code was shown too;
    a role that sees many members is not let in without. Gives the token the browser must bring.
    """
    at, token = clock.now(), new_token()
    latest = at + LONGEST
    db.session.add(
        SignIn(
            token_hash=hash_token(token),
            account_id=account.id,
            tenant_id=tenant_id,
            browser=browsers.told(request.user_agent.string) if has_request_context() else "",
            second_step=second_step,
            started_at=at,
            ends_at=min(ends_at or latest, latest),
        )
    )
    if has_request_context():
        _become(account, token, at)
    db.session.flush()
    return token


def end_sign_ins(account: Account, but: SignIn | None = None) -> int:
    """Sign an account out everywhere (``but`` one place); gives how many sign-ins ended."""
    at = clock.now()
    ending = [found for found in db.session.scalars(queries.live_sign_ins(account, at)) if found is not but]
    for sign_in in ending:
        sign_in.ended_at = at
    db.session.flush()
    return len(ending)


def leave() -> None:
    """End the sign-in of this browser, if it has one, and forget what the cookie held."""
    token = session.get("sign_in")
    session.clear()
    g.pop("csrf_token", None)
    if not token:
        return
    at = clock.now()
    told = {"token_hash": hash_token(token), "at": at}
    sign_in = db.session.execute(queries.live_sign_in(), told).unique().scalar_one_or_none()
    if sign_in:
        sign_in.ended_at = at


def _become(account: Account, token: str, at: datetime) -> None:
    choice = session.get("language")
    if choice in LANGUAGES:
        account.language = str(choice)
    leave()
    session.update({"sign_in": token, "seen_at": int(at.timestamp())})


def _told(grant: Grant, deed: Deed) -> dict[str, list[str | None]]:
    values = {
        "account_id": grant.account_id,
        "organisation_id": grant.organisation_id,
        "role": grant.role.value,
    }
    return {name: [None, str(value)][:: 1 if deed is Deed.CREATED else -1] for name, value in values.items()}
