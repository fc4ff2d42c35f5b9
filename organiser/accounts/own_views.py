"""Your own account: where you are signed in, your password, your second step, your language."""

from uuid import UUID

from flask import abort, flash, render_template, session, url_for
from flask.typing import ResponseReturnValue

from organiser.accounts import forms, proving, queries, securing, services
from organiser.accounts.blueprints import own
from organiser.accounts.current import current_account, current_sign_in
from organiser.accounts.guard import signed_in
from organiser.accounts.models import Account, SignIn
from organiser.accounts.refusing import refused, wait
from organiser.accounts.throttling import TooMany
from organiser.core import clock
from organiser.core.database import db
from organiser.core.i18n import _
from organiser.web.frame import see_other


@own.get("/account")
@signed_in
def account() -> ResponseReturnValue:
    """What is kept of you as somebody who signs in, and where you are signed in."""
    mine, now = current_account(), current_sign_in()
    return render_template(
        "accounts/account.html",
        account=mine,
        now=now,
        sign_ins=db.session.scalars(queries.live_sign_ins(mine, clock.now())).all(),
        language=forms.LanguageForm(data={"language": mine.language}),
        demanded=securing.is_demanded(mine),
    )


@own.post("/account/language")
@signed_in
def language() -> ResponseReturnValue:
    """Pages and letters in another language."""
    form = forms.LanguageForm()
    if form.validate_on_submit():
        current_account().language = form.language.data
        session.pop("language", None)
    return see_other(url_for("accounts.account"))


@own.post("/account/sign-ins/<uuid:sign_in_id>/end")
@signed_in
def end_sign_in(sign_in_id: UUID) -> ResponseReturnValue:
    """Sign out in one place."""
    mine = queries.live_sign_ins(current_account(), clock.now())
    sign_in = db.one_or_404(mine.where(SignIn.id == sign_in_id))
    sign_in.ended_at = clock.now()
    return see_other(url_for("accounts.account"))


@own.post("/account/sign-ins/end")
@signed_in
def end_everywhere() -> ResponseReturnValue:
    """Sign out everywhere, here too."""
    services.end_sign_ins(current_account())
    services.leave()
    flash(_("You are signed out everywhere."))
    return see_other(url_for("accounts.sign_in"))


@own.route("/account/password", methods=["GET", "POST"])
@signed_in
def change_password() -> ResponseReturnValue:
    """A new password; every other place is signed out."""
    mine, page = _with_password(), "accounts/change_password.html"
    form = forms.ChangePasswordForm(about=(mine.name, mine.email or ""))
    if not form.validate_on_submit():
        return render_template(page, form=form), 422 if form.is_submitted() else 200
    try:
        right = proving.is_password_of(mine, form.password.data, clock.now())
    except TooMany as many:
        return wait(form, many, page)
    if not right:
        return refused(form, _("That is not your password."), page)
    securing.set_password(mine, form.new.data, but=current_sign_in())
    flash(_("Your password is changed. Everywhere else you are signed out."))
    return see_other(url_for("accounts.account"))


def _with_password() -> Account:
    """Oneself; 404 for a caller who came in by link and has no password."""
    mine = current_account()
    if mine.password is None:
        abort(404)
    return mine
