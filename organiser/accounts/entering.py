"""Between the right password and being let in: which step comes next, and who waits for it."""

from uuid import UUID

from flask import Response, request, session, url_for
from flask.typing import ResponseReturnValue

from organiser.accounts import securing, services
from organiser.accounts.models import Account
from organiser.core import clock
from organiser.core.database import db
from organiser.web.frame import see_other
from organiser.web.views import own_address

WAITS = 10 * 60  # seconds between password and code


def go_on(account: Account) -> ResponseReturnValue:
    """The next step for somebody whose password was right: a code, a phone to set up, or in."""
    target = own_address(request.args.get("next"))
    if not securing.asks_second_step(account):
        return let_in(account, target)
    session["half_in"] = {
        "account": account.id.hex,
        "at": int(clock.now().timestamp()),
        "next": target,
    }
    if account.totp_secret is not None:
        return see_other(url_for("accounts.code"))
    securing.prepare_second_step(account)
    return see_other(url_for("accounts.set_up"))


def half_in() -> Account | None:
    """Whoever gave the right password in this browser within the last ten minutes."""
    state = session.get("half_in")
    if not state or clock.now().timestamp() - float(state["at"]) > WAITS:
        return None
    account = db.session.get(Account, UUID(state["account"]))
    return account if account and account.active else None


def target() -> str:
    """The page they were on their way to."""
    state = session.get("half_in") or {}
    return own_address(state.get("next"))


def let_in(account: Account, where_to: str, *, second_step: bool = False) -> Response:
    """Sign in; who holds roles in several organisations chooses one first."""
    places = account.tenant_ids
    services.start_sign_in(account, places[0] if len(places) == 1 else None, second_step=second_step)
    return see_other(url_for("accounts.where", next=where_to) if len(places) > 1 else where_to)
