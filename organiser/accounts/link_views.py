"""A link in a letter: a forgotten password, or an invitation. Opening it uses nothing up."""

from flask import abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from organiser.accounts import forms, letters, links, queries, securing, throttling
from organiser.accounts.blueprints import own
from organiser.accounts.guard import public
from organiser.accounts.kinds import LinkPurpose
from organiser.accounts.refusing import wait
from organiser.core import clock
from organiser.core.database import db
from organiser.core.i18n import _
from organiser.web.frame import see_other


@own.route("/forgotten", methods=["GET", "POST"])
@public
def forgotten() -> ResponseReturnValue:
    """Ask for a link by mail; the answer is the same whether or not there is such an account."""
    form, page = forms.EmailForm(), "accounts/forgotten.html"
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        return render_template(page, form=form, can_send=letters.can_send()), status
    at = clock.now()
    try:
        throttling.letters_from(request.remote_addr or "").take(at)
        throttling.letters_to(form.email.data).take(at)
    except throttling.TooMany as many:
        return wait(form, many, page, can_send=letters.can_send())
    account = db.session.scalar(queries.account_by_email(form.email.data))
    if account and account.active and letters.can_send():
        letters.send_reset(account, links.make_link(account, LinkPurpose.RESET, at))
    return see_other(url_for("accounts.on_its_way"))


@own.get("/forgotten/sent")
@public
def on_its_way() -> ResponseReturnValue:
    """Look in your mail."""
    return render_template("accounts/on_its_way.html", can_send=letters.can_send())


@own.route(f"{links.PATH}<token>", methods=["GET", "POST"])
@public
def link(token: str) -> ResponseReturnValue:
    """Make a password with a link; sending the form uses it up."""
    at = clock.now()
    found = links.find_link(token, at)
    if found is None:
        abort(410)
    account = found.account
    form = forms.NewPasswordForm(about=(account.name, account.email or ""))
    if not form.validate_on_submit():
        page = render_template("accounts/link.html", form=form, name=account.name, purpose=found.purpose)
        return page, 422 if form.is_submitted() else 200
    if not links.use_link(found, at):
        abort(410)
    securing.set_password(account, form.new.data)
    flash(_("Your password is saved. Sign in with it."))
    return see_other(url_for("accounts.sign_in"))
