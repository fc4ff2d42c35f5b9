"""The administrators' pages: who may do what where, letting people in, taking roles away."""

from uuid import UUID

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue

from organiser.accounts import letters, managing, people_queries, queries
from organiser.accounts.blueprints import people
from organiser.accounts.current import current_account
from organiser.accounts.forms import InviteForm, RoleForm
from organiser.accounts.guard import requires
from organiser.accounts.models import Account
from organiser.accounts.people_found import (
    found,
    hand_over,
    is_ours,
    last_one,
    page_of_person,
    roles_of,
    still_ours,
    told,
)
from organiser.accounts.permissions import Permission
from organiser.accounts.words import ROLE_HINTS
from organiser.core import clock
from organiser.core.database import db
from organiser.core.i18n import _
from organiser.orgs.choosing import unit_choices
from organiser.orgs.models import Organisation
from organiser.web.frame import see_other
from organiser.web.paging import page_of


@people.get("/")
@requires(Permission.MANAGE_ACCOUNTS)
def index() -> ResponseReturnValue:
    """Everyone with a role in one's scope."""
    page = page_of(people_queries.people_of(current_account()))
    return render_template("accounts/people.html", page=page, held=roles_of([one.id for one in page.rows]))


@people.route("/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_ACCOUNTS)
def invite() -> ResponseReturnValue:
    """Let somebody in."""
    form = InviteForm(_units())
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        return render_template("accounts/invite.html", form=form, hints=ROLE_HINTS), status
    unit = _unit(form)
    done = managing.invite(form.name.data, form.email.data, form.chosen_role, unit, clock.now())
    return hand_over(done.account, done.link) if done.link else told(done.account, _invited())


@people.get("/<uuid:account_id>")
@requires(Permission.MANAGE_ACCOUNTS)
def show(account_id: UUID) -> ResponseReturnValue:
    """One person: roles, and what can be done about them."""
    return _page(found(account_id), RoleForm(_units()))


@people.post("/<uuid:account_id>/roles")
@requires(Permission.MANAGE_ACCOUNTS)
def give(account_id: UUID) -> ResponseReturnValue:
    """Another role, or the same elsewhere."""
    person, form = found(account_id), RoleForm(_units())
    if not form.validate_on_submit():
        return _page(person, form), 422
    managing.give(person, _unit(form), form.chosen_role)
    return told(person, _("Saved."))


@people.post("/<uuid:account_id>/roles/<uuid:grant_id>/end")
@requires(Permission.MANAGE_ACCOUNTS)
def take(account_id: UUID, grant_id: UUID) -> ResponseReturnValue:
    """Take a role away; it bites at the person's next click."""
    person = found(account_id)
    grant = db.one_or_404(people_queries.grant(current_account(), account_id, grant_id))
    try:
        managing.take_away(grant)
    except managing.LastAdministrator:
        return told(person, last_one(), "error")
    flash(_("The role is taken away. It holds from the next page they open."))
    is_there = db.session.scalar(still_ours(account_id)) is not None
    return see_other(page_of_person(person) if is_there else url_for("people.index"))


def _units() -> list[tuple[str, str]]:
    units = db.session.scalars(queries.units_open_to(current_account(), Permission.MANAGE_ACCOUNTS))
    return [(str(id), name) for id, name in unit_choices(unit for unit in units if unit.is_open)]


def _unit(form: RoleForm) -> Organisation:
    units = queries.units_open_to(current_account(), Permission.MANAGE_ACCOUNTS)
    unit: Organisation = db.one_or_404(units.where(Organisation.id == UUID(form.unit.data)))
    return unit


def _page(person: Account, form: RoleForm) -> str:
    held = roles_of([person.id])[person.id]
    return render_template(
        "accounts/person.html", person=person, form=form, held=held, ours=is_ours(person), hints=ROLE_HINTS
    )


def _invited() -> str:
    if letters.can_send():
        return str(_("A letter is on its way."))
    return str(_("They have an account and sign in as before."))
