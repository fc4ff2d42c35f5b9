"""Your second step: a new phone, new recovery codes, or none where your roles allow it."""

from collections.abc import Callable
from typing import Any

from flask import abort, flash, render_template, session, url_for
from flask.typing import ResponseReturnValue

from organiser.accounts import proving, securing, services
from organiser.accounts.blueprints import own
from organiser.accounts.code_views import to_scan, wrong_code
from organiser.accounts.current import current_account, current_sign_in
from organiser.accounts.forms import CodeForm, PasswordForm
from organiser.accounts.guard import signed_in
from organiser.accounts.refusing import refused, wait
from organiser.accounts.throttling import TooMany
from organiser.core import clock
from organiser.core.i18n import _, lazy
from organiser.web.frame import see_other

FRESH = 5 * 60  # seconds a password just given is proof enough


@own.route("/account/second-step", methods=["GET", "POST"])
@signed_in
def new_phone() -> ResponseReturnValue:
    """The password first, then the square to scan."""

    def begin() -> ResponseReturnValue:
        securing.prepare_second_step(current_account())
        session["proved_at"] = int(clock.now().timestamp())
        return see_other(url_for("accounts.scan"))

    title = lazy("Codes from another phone")
    text = lazy("Set up an app that makes codes. What you have now holds until the new one has shown a code.")
    return _after_password(begin, title, text, lazy("Go on"))


@own.route("/account/second-step/scan", methods=["GET", "POST"])
@signed_in
def scan() -> ResponseReturnValue:
    """Scan, show the first code, get new recovery codes."""
    mine, form, page = current_account(), CodeForm(), "accounts/set_up.html"
    if not mine.totp_candidate or clock.now().timestamp() - session.get("proved_at", 0) > FRESH:
        return see_other(url_for("accounts.new_phone"))
    shown = to_scan(mine)
    if not form.validate_on_submit():
        return render_template(page, form=form, **shown), 422 if form.is_submitted() else 200
    try:
        right = proving.confirms_candidate(mine, form.code.data, clock.now())
    except TooMany as many:
        return wait(form, many, page, **shown)
    if not right:
        return refused(form, wrong_code(), page, **shown)
    now = current_sign_in()
    now.second_step = True
    services.end_sign_ins(mine, but=now)
    return _show_codes()


@own.route("/account/recovery-codes", methods=["GET", "POST"])
@signed_in
def new_codes() -> ResponseReturnValue:
    """Ten new recovery codes; the old ones open nothing any more."""
    if current_account().totp_secret is None:
        abort(404)
    text = lazy("You get ten new codes. The old ones open nothing any more.")
    return _after_password(_show_codes, lazy("New recovery codes"), text, lazy("Show new codes"))


@own.route("/account/second-step/off", methods=["GET", "POST"])
@signed_in
def step_off() -> ResponseReturnValue:
    """Sign in with the password alone again, where no role demands more."""
    mine = current_account()
    if securing.is_demanded(mine):
        abort(403)
    if mine.totp_secret is None:
        abort(404)

    def drop() -> ResponseReturnValue:
        securing.drop_second_step(mine)
        flash(_("You sign in with your password alone now."))
        return see_other(url_for("accounts.account"))

    text = lazy("A password alone is easier to steal.")
    return _after_password(drop, lazy("Sign in without codes"), text, lazy("Take the codes away"))


def _after_password(
    act: Callable[[], ResponseReturnValue], title: str, text: str, button: str
) -> ResponseReturnValue:
    """Ask for the password, then ``act``."""
    mine, form, page = current_account(), PasswordForm(), "accounts/ask_password.html"
    if mine.password is None:
        abort(404)
    words: dict[str, Any] = {"title": title, "text": text, "button_text": button}
    if not form.validate_on_submit():
        return render_template(page, form=form, **words), 422 if form.is_submitted() else 200
    try:
        right = proving.is_password_of(mine, form.password.data, clock.now())
    except TooMany as many:
        return wait(form, many, page, **words)
    return act() if right else refused(form, _("That is not your password."), page, **words)


def _show_codes() -> ResponseReturnValue:
    codes = securing.renew_recovery_codes(current_account())
    return render_template("accounts/recovery_codes.html", codes=codes, onward=url_for("accounts.account"))
