"""Who may open which page: closed to everyone unless the view is marked."""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, cast
from uuid import uuid4

from flask import Flask, abort, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from organiser.accounts.current import Present, Standing, current_sign_in, may, present
from organiser.accounts.models import Account, SignIn
from organiser.accounts.permissions import Permission, Role
from organiser.accounts.queries import live_sign_in, standings
from organiser.accounts.tokens import hash_token
from organiser.accounts.words import role_word
from organiser.audit.acting import act_as
from organiser.core import clock
from organiser.core.database import db
from organiser.core.i18n import LANGUAGES
from organiser.core.prepared import load
from organiser.core.tenancy import enter
from organiser.web.frame import SAFE

P = ParamSpec("P")
R = TypeVar("R")
Rule = Permission | str
PUBLIC = "public"  # anyone, signed in or not
SIGNED_IN = "signed in"  # anyone with an account
IDLE_SECONDS = 30 * 60
ROLE_ORDER = {role: place for place, role in enumerate(Role)}


def public(view: Callable[P, R]) -> Callable[P, R]:
    """Open to anyone."""
    return _mark(view, PUBLIC)


def signed_in(view: Callable[P, R]) -> Callable[P, R]:
    """Open to anyone with an account, whatever the role."""
    return _mark(view, SIGNED_IN)


def requires(permission: Permission) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Open to those who hold ``permission`` somewhere in the tenant; the view's query says where."""
    return lambda view: _mark(view, permission)


def rule_of(app: Flask, endpoint: str) -> Rule | None:
    """What a route demands; none: closed to everyone."""
    declared = app.extensions.get("declared_rules", {})
    return cast(
        "Rule | None", declared.get(endpoint) or getattr(app.view_functions[endpoint], "__access__", None)
    )


def declare(app: Flask, rules: dict[str, Rule]) -> None:
    """Mark by name the routes a library brings with it."""
    app.extensions.setdefault("declared_rules", {}).update(rules)


def _mark(view: Callable[P, R], rule: Rule) -> Callable[P, R]:
    cast("Any", view).__access__ = rule
    return view


def init_app(app: Flask) -> None:
    """Ask before every view."""
    app.before_request(check_access)


def check_access() -> ResponseReturnValue | None:
    """Find out who asks, enter their tenant, and let them in or not."""
    _recognise()
    endpoint = request.endpoint
    if endpoint is None or endpoint == "static":
        return None
    rule = rule_of(current_app, endpoint)
    if rule == PUBLIC:
        return None
    if present() is None:
        return _to_sign_in()
    if rule == SIGNED_IN or (isinstance(rule, Permission) and may(rule)):
        return None
    if current_sign_in().tenant_id is None and request.method == "GET":
        return redirect(url_for("accounts.where"), 303)
    return abort(403)


def _recognise() -> None:
    g.request_id = uuid4().hex[:16]
    sign_in = _live_sign_in()
    act_as(sign_in.account_id if sign_in else None, g.request_id)
    g.account = Present(sign_in.account, sign_in) if sign_in else None
    if sign_in is None:
        return
    g.language = _kept_language(sign_in.account)
    if sign_in.tenant_id is not None:
        enter(sign_in.tenant_id)
        g.acting = _standing(sign_in.account)


def _live_sign_in() -> SignIn | None:
    token = session.get("sign_in")
    if not token:
        return None
    at = clock.now()
    if at.timestamp() - float(session.get("seen_at", 0)) > IDLE_SECONDS:
        _forget()
        return None
    session["seen_at"] = int(at.timestamp())
    told = {"token_hash": hash_token(token), "at": at}
    sign_in = db.session.execute(live_sign_in(), told).unique().scalar_one_or_none()
    return sign_in if sign_in and _is_enough(sign_in) else None


def _forget() -> None:
    """Empty the cookie after a long absence, but for the door a caller came in by and what comes after it."""
    door = session.get("door")
    session.clear()
    if door:
        session["door"] = door


def _is_enough(sign_in: SignIn) -> bool:
    """A password alone does for those who see no member, or one at a time; a new role may ask for more."""
    demanded = bool(current_app.config["SETTINGS"].second_step) and sign_in.account.sees_many
    return sign_in.second_step or not demanded


def _kept_language(account: Account) -> str:
    """The account's language; one chosen meanwhile becomes the account's at the next thing written."""
    choice = session.get("language")
    if choice in LANGUAGES and choice != account.language and request.method not in SAFE:
        account.language = str(choice)
    return account.language


def _standing(account: Account) -> Standing | None:
    """The strongest role and, of the units it is held in, the one highest up."""
    held = [(ROLE_ORDER[role], path, name, role) for name, path, role in load(standings(account.id))]
    if not held:
        return None
    _, _, name, role = min(held, key=lambda one: (one[0], len(one[1]), one[2]))
    return Standing(name, str(role_word(role)))


def _to_sign_in() -> ResponseReturnValue:
    door = session.get("door")
    if door and not request.headers.get("HX-Request"):
        return redirect(door["after"], 303)
    if request.method not in SAFE or request.headers.get("HX-Request"):
        abort(401)
    return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")), 303)
