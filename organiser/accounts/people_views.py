"""The administrators' pages: who may do what where, letting people in, taking roles away."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from flask import abort, flash, render_template, url_for
from flask.typing import ResponseReturnValue

from organiser.accounts import letters, managing, people_queries, queries
from organiser.accounts.blueprints import people
from organiser.accounts.current import current_account
from organiser.accounts.forms import InviteForm, RoleForm
from organiser.accounts.guard import requires
from organiser.accounts.models import Account
from organiser.accounts.permissions import Permission
from organiser.accounts.words import ROLE_HINTS
from organiser.core import clock
from organiser.core.database import db
from organiser.core.i18n import _
from organiser.orgs.models import Organisation
from organiser.web.frame import see_other
from organiser.web.paging import page_of


@people.get("/")
@requires(Permission.MANAGE_ACCOUNTS)
def index() -> ResponseReturnValue:
    """Everyone with a role in one's scope."""
    page = page_of(people_queries.people_of(current_account()))
    return render_template("accounts/people.html", page=page, held=_roles([one.id for one in page.rows]))


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
    return _hand_over(done.account, done.link) if done.link else _told(done.account, _invited())


@people.get("/<uuid:account_id>")
@requires(Permission.MANAGE_ACCOUNTS)
def show(account_id: UUID) -> ResponseReturnValue:
    """One person: roles, and what can be done about them."""
    return _page(_person(account_id), RoleForm(_units()))


@people.post("/<uuid:account_id>/roles")
@requires(Permission.MANAGE_ACCOUNTS)
def give(account_id: UUID) -> ResponseReturnValue:
    """Another role, or the same elsewhere."""
    person, form = _person(account_id), RoleForm(_units())
    if not form.validate_on_submit():
        return _page(person, form), 422
    managing.give(person, _unit(form), form.chosen_role)
    return _told(person, _("Saved."))


@people.post("/<uuid:account_id>/roles/<uuid:grant_id>/end")
@requires(Permission.MANAGE_ACCOUNTS)
def take(account_id: UUID, grant_id: UUID) -> ResponseReturnValue:
    """Take a role away; it bites at the person's next click."""
    person = _person(account_id)
    grant = db.one_or_404(people_queries.grant(current_account(), account_id, grant_id))
    try:
        managing.take_away(grant)
    except managing.LastAdministrator:
        return _told(person, _last(), "error")
    flash(_("The role is taken away. It holds from the next page they open."))
    return see_other(_address(person) if db.session.scalar(_still(account_id)) else url_for("people.index"))


@people.post("/<uuid:account_id>/close")
@requires(Permission.MANAGE_ACCOUNTS)
def close(account_id: UUID) -> ResponseReturnValue:
    """Let somebody in no more."""
    person = _wholly_ours(account_id)
    try:
        managing.close(person)
    except managing.LastAdministrator:
        return _told(person, _last(), "error")
    return _told(person, _("The account is closed and signed out everywhere."))


@people.post("/<uuid:account_id>/reopen")
@requires(Permission.MANAGE_ACCOUNTS)
def reopen(account_id: UUID) -> ResponseReturnValue:
    """Let somebody in again."""
    person = _wholly_ours(account_id)
    managing.reopen(person)
    return _told(person, _("The account is open again."))


@people.post("/<uuid:account_id>/link")
@requires(Permission.MANAGE_ACCOUNTS)
def link(account_id: UUID) -> ResponseReturnValue:
    """A new link to make a password: an invitation again, or a reset."""
    person = _wholly_ours(account_id)
    if person.password is None:
        unit = _roles([person.id])[person.id][0][1]
        address = managing.invite_again(person, unit, clock.now())
    else:
        address = managing.start_reset(person, clock.now())
    return _hand_over(person, address) if address else _told(person, _("A letter with a link is on its way."))


@people.post("/<uuid:account_id>/second-step/end")
@requires(Permission.MANAGE_ACCOUNTS)
def forget_phone(account_id: UUID) -> ResponseReturnValue:
    """For a lost phone without recovery codes: the second step is set up anew at the next sign-in."""
    person = _wholly_ours(account_id)
    managing.forget_phone(person)
    return _told(person, _("The phone is forgotten. At the next sign-in they set up a new one."))


def _person(account_id: UUID) -> Account:
    account: Account = db.one_or_404(_still(account_id))
    return account


def _still(account_id: UUID) -> Any:
    return people_queries.person(current_account(), account_id)


def _wholly_ours(account_id: UUID) -> Account:
    """Somebody all of whose roles lie in one's scope; one with roles elsewhere is for others to shut out."""
    person = _person(account_id)
    if not _is_ours(person):
        abort(403)
    return person


def _is_ours(person: Account) -> bool:
    return len(_roles([person.id])[person.id]) == len(person.grants)


def _roles(ids: list[UUID]) -> dict[UUID, list[tuple[Any, str]]]:
    held: dict[UUID, list[tuple[Any, str]]] = defaultdict(list)
    for grant, unit in db.session.execute(people_queries.grants_of(current_account(), ids)):
        held[grant.account_id].append((grant, unit))
    return held


def _units() -> list[tuple[str, str]]:
    units = db.session.scalars(queries.units_open_to(current_account(), Permission.MANAGE_ACCOUNTS))
    return [(str(unit.id), unit.name) for unit in units if unit.is_open]


def _unit(form: RoleForm) -> Organisation:
    units = queries.units_open_to(current_account(), Permission.MANAGE_ACCOUNTS)
    unit: Organisation = db.one_or_404(units.where(Organisation.id == UUID(form.unit.data)))
    return unit


def _page(person: Account, form: RoleForm) -> str:
    held = _roles([person.id])[person.id]
    return render_template(
        "accounts/person.html", person=person, form=form, held=held, ours=_is_ours(person), hints=ROLE_HINTS
    )


def _hand_over(person: Account, address: str) -> ResponseReturnValue:
    return render_template("accounts/hand_over.html", person=person, address=address)


def _told(person: Account, text: str, kind: str = "message") -> ResponseReturnValue:
    flash(text, kind)
    return see_other(_address(person))


def _address(person: Account) -> str:
    return url_for("people.show", account_id=person.id)


def _invited() -> str:
    if letters.can_send():
        return str(_("A letter is on its way."))
    return str(_("They have an account and sign in as before."))


def _last() -> str:
    return str(_("Somebody must be left who can let people in. Make somebody else administrator first."))
