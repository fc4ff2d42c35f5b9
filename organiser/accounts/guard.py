"""Who may open which page: closed to everyone unless the view is marked."""

import hashlib
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, cast
from uuid import uuid4

from flask import Flask, abort, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from organiser.accounts.current import Present, may, present
from organiser.accounts.models import SignIn
from organiser.accounts.permissions import Permission
from organiser.accounts.queries import live_sign_in
from organiser.audit.acting import act_as
from organiser.core import clock
from organiser.core.database import db
from organiser.core.tenancy import enter

P = ParamSpec("P")
R = TypeVar("R")
Rule = Permission | str
PUBLIC = "public"  # anyone, signed in or not
SIGNED_IN = "signed in"  # anyone with an account
IDLE_SECONDS = 30 * 60


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
    return abort(403)


def hash_token(token: str) -> str:
    """What the database keeps of a browser's token or a personal link: it opens nothing by itself."""
    return hashlib.sha256(token.encode()).hexdigest()


def _recognise() -> None:
    g.request_id = uuid4().hex[:16]
    sign_in = _live_sign_in()
    act_as(sign_in.account_id if sign_in else None, g.request_id)
    g.account = Present(sign_in.account, sign_in) if sign_in else None
    if sign_in and sign_in.tenant_id is not None:
        enter(sign_in.tenant_id)


def _live_sign_in() -> SignIn | None:
    token = session.get("sign_in")
    if not token:
        return None
    at = clock.now()
    if at.timestamp() - float(session.get("seen_at", 0)) > IDLE_SECONDS:
        session.clear()
        return None
    session["seen_at"] = int(at.timestamp())
    return db.session.scalar(live_sign_in(hash_token(token), at))


def _to_sign_in() -> ResponseReturnValue:
    if request.method not in {"GET", "HEAD"} or request.headers.get("HX-Request"):
        abort(401)
    return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")), 303)
