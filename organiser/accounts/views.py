"""Come in and go out: the start page, signing in and out, choosing an organisation."""

from flask import abort, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from organiser.accounts import entering, places, proving, services
from organiser.accounts.blueprints import own
from organiser.accounts.current import current_account, current_sign_in, present
from organiser.accounts.forms import SignInForm
from organiser.accounts.guard import public, signed_in
from organiser.accounts.models import Account
from organiser.accounts.refusing import refused, wait
from organiser.accounts.throttling import TooMany
from organiser.core import clock
from organiser.core.database import db
from organiser.core.i18n import _
from organiser.web import slots
from organiser.web.frame import see_other
from organiser.web.views import own_address


@own.get("/")
@public
def home() -> ResponseReturnValue:
    """Straight to the first page one may use; on an empty installation, how to begin."""
    here = present()
    if here is None:
        if db.session.scalar(select(Account.id).limit(1)) is None:
            return render_template("accounts/first_run.html", demo=current_app.config["SETTINGS"].demo)
        return see_other(url_for("accounts.sign_in"))
    if here.sign_in.tenant_id is None and here.account.tenant_ids:
        return see_other(url_for("accounts.where"))
    entries = slots.menu()
    return see_other(entries[0].url) if entries else render_template("accounts/no_role.html")


@own.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """E-mail and password; the answer to a wrong one is the same whether or not there is such an account."""
    if request.method == "GET" and present():
        return see_other(own_address(request.args.get("next")))
    form = SignInForm()
    if not form.validate_on_submit():
        return render_template("accounts/sign_in.html", form=form), 422 if form.is_submitted() else 200
    try:
        account = proving.by_password(form.email.data, form.password.data, _address(), clock.now())
    except TooMany as many:
        return wait(form, many, "accounts/sign_in.html")
    if account is None:
        return refused(form, _("E-mail and password do not belong together."), "accounts/sign_in.html")
    return entering.go_on(account)


@own.post("/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    """Out, and nothing of ours left in the browser."""
    services.leave()
    answer = see_other(url_for("accounts.sign_in"))
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@own.get("/where")
@signed_in
def where() -> ResponseReturnValue:
    """The organisations one has a role in."""
    choices = places.of(current_account())
    return render_template("accounts/where.html", places=choices, next=own_address(request.args.get("next")))


@own.post("/where/<int:tenant_id>")
@signed_in
def go_to(tenant_id: int) -> ResponseReturnValue:
    """Work in another organisation from now on."""
    if tenant_id not in current_account().tenant_ids:
        abort(404)
    current_sign_in().tenant_id = tenant_id
    return see_other(own_address(request.form.get("next")))


def _address() -> str:
    return request.remote_addr or ""
