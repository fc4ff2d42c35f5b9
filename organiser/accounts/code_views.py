"""The second step of signing in: a code from the phone, or the phone set up the first time."""

from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from organiser.accounts import entering, proving, second_step, securing
from organiser.accounts.blueprints import own
from organiser.accounts.forms import CodeForm
from organiser.accounts.guard import public
from organiser.accounts.models import Account
from organiser.accounts.refusing import refused, wait
from organiser.accounts.throttling import TooMany
from organiser.core import clock
from organiser.core.i18n import _
from organiser.web.frame import see_other


@own.route("/sign-in/code", methods=["GET", "POST"])
@public
def code() -> ResponseReturnValue:
    """The app's code, or a recovery code."""
    account, form, page = entering.half_in(), CodeForm(), "accounts/code.html"
    if account is None or account.totp_secret is None:
        return see_other(url_for("accounts.sign_in"))
    if not form.validate_on_submit():
        return render_template(page, form=form), 422 if form.is_submitted() else 200
    try:
        right = proving.is_code_of(account, form.code.data, clock.now())
    except TooMany as many:
        return wait(form, many, page)
    if not right:
        return refused(form, wrong_code(), page)
    return entering.let_in(account, entering.target(), second_step=True)


@own.route("/sign-in/set-up", methods=["GET", "POST"])
@public
def set_up() -> ResponseReturnValue:
    """Let the app scan the square, show its first code, get the recovery codes."""
    account, form, page = entering.half_in(), CodeForm(), "accounts/set_up.html"
    if account is None or account.totp_secret is not None or not account.totp_candidate:
        return see_other(url_for("accounts.sign_in"))
    shown = to_scan(account)
    if not form.validate_on_submit():
        return render_template(page, form=form, **shown), 422 if form.is_submitted() else 200
    try:
        right = proving.confirms_candidate(account, form.code.data, clock.now())
    except TooMany as many:
        return wait(form, many, page, **shown)
    if not right:
        return refused(form, wrong_code(), page, **shown)
    codes = securing.renew_recovery_codes(account)
    onward = entering.let_in(account, entering.target(), second_step=True)
    return render_template("accounts/recovery_codes.html", codes=codes, onward=onward.headers["Location"])


def to_scan(account: Account) -> dict[str, Any]:
    """The square and the same words to type."""
    secret = securing.waiting_secret(account) or ""
    link = second_step.address(secret, account.email or account.name)
    drawn = Markup(second_step.square(link))  # noqa: S704  # drawn by us
    return {"square": drawn, "key": second_step.typed_key(secret), "app_link": link}


def wrong_code() -> str:
    return str(_("That code is not right, or it has been used. Wait for the next one and try again."))
