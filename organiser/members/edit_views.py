"""Write a member: add, correct, take an edit back."""

from typing import Any
from uuid import UUID

from flask import abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice

from organiser.accounts.current import current_account
from organiser.accounts.guard import requires
from organiser.accounts.permissions import Permission
from organiser.accounts.queries import units_open_to
from organiser.audit.acting import acting
from organiser.audit.models import Why
from organiser.audit.services import saw
from organiser.core import clock
from organiser.core.database import db
from organiser.core.i18n import _
from organiser.members import page_queries, services, undoing
from organiser.members.blueprint import blueprint
from organiser.members.forms import MemberForm, differences, digest, shown
from organiser.members.models import Member
from organiser.members.services import By, NumberTaken
from organiser.members.sheet import reads_details
from organiser.members.views import member_open
from organiser.orgs.choosing import unit_choices
from organiser.orgs.words import word
from organiser.web.frame import see_other

CONFLICT, UNPROCESSABLE = 409, 422


def by() -> By:
    """The one signed in, now."""
    return By(current_account().id, clock.now())


def page_url(member_id: UUID) -> str:
    """Where a member's page is."""
    return url_for("members.page", member_id=member_id)


@blueprint.route("/members/new", methods=["GET", "POST"])
@requires(Permission.EDIT_MEMBERS)
def add() -> ResponseReturnValue:
    """Somebody who is on no list yet."""
    form = MemberForm(organisation_id=request.args.get("unit", type=UUID))
    _offer_units(form)
    if not form.validate_on_submit():
        return _filled(form, None)
    try:
        member = services.enrol(form.new_id(), form.values(), form.drafts(), by())
    except NumberTaken:
        form.refuse_number()
        return _filled(form, None)
    flash(_("%(name)s is in the register.", name=form.name()))
    return see_other(page_url(member.id))


@blueprint.route("/members/<uuid:member_id>/edit", methods=["GET", "POST"])
@requires(Permission.EDIT_MEMBERS)
def edit(member_id: UUID) -> ResponseReturnValue:
    """Correct what is known; the last one to save is told what others changed meanwhile."""
    member = member_open(member_id, Permission.EDIT_MEMBERS, hold=request.method == "POST")
    if not reads_details(member):
        abort(403)
    form = MemberForm(data={**shown(member), "seen": digest(member)})
    _offer_units(form, member)
    if not form.validate_on_submit():
        return _filled(form, member)
    if form.seen.data != digest(member):
        return _stale(form, member)
    try:
        services.correct(member, form.values(), form.drafts(), by())
    except NumberTaken:
        form.refuse_number()
        return _filled(form, member)
    _tell_saved(member)
    return see_other(page_url(member.id))


@blueprint.post("/members/<uuid:member_id>/changes/<request_id>/undo")
@requires(Permission.EDIT_MEMBERS)
def undo(member_id: UUID, request_id: str) -> ResponseReturnValue:
    """The values return to what they were before one edit."""
    member = member_open(member_id, Permission.EDIT_MEMBERS, hold=True)
    if not reads_details(member):
        abort(403)
    entries = db.session.scalars(page_queries.changes_in(member.id, request_id)).all()
    if not entries:
        abort(404)
    try:
        undoing.undo(member, entries, by())
    except undoing.ChangedSince:
        flash(_("It has been changed again since. Nothing was taken back."), "error")
        return see_other(page_url(member.id))
    member_open(member_id, Permission.EDIT_MEMBERS)  # a 404 stores nothing: not moved out of one's reach
    flash(_("The edit was taken back."))
    return see_other(page_url(member.id))


def _offer_units(form: MemberForm, member: Member | None = None) -> None:
    """The open units where one may write, and the one the member is in."""
    units = db.session.scalars(units_open_to(current_account(), Permission.EDIT_MEMBERS))
    stays = member.organisation_id if member else None
    offered = unit_choices(unit for unit in units if unit.is_open or unit.id == stays)
    form.organisation_id.label.text = word("association").capitalize()
    form.organisation_id.choices = [SelectChoice(str(id), name) for id, name in offered]


def _tell_saved(member: Member) -> None:
    """With the way back, where there is something to take back and one may."""
    saved = _("%(name)s is saved.", name=member.name)
    changed = db.session.scalars(page_queries.changes_in(member.id, acting().request_id)).first()
    if changed is None or not reads_details(member):
        flash(saved)
        return
    undo_url = url_for("members.undo", member_id=member.id, request_id=acting().request_id)
    flash({"text": saved, "undo": undo_url, "undo_text": ""})  # type: ignore[arg-type]  # base.html draws a button


def _stale(form: MemberForm, member: Member) -> ResponseReturnValue:
    """Show what others saved beside what was written; saving again is then meant."""
    form.seen.data = digest(member)
    return _filled(form, member, CONFLICT, differences=differences(form, member))


def _filled(form: MemberForm, member: Member | None, status: int = 0, **more: Any) -> ResponseReturnValue:
    form.offer_empty_number()
    if member is not None:
        saw([member.id], Why.EDIT)
    text = render_template("members/edit.html", form=form, member=member, **more)
    return text, status or (UNPROCESSABLE if form.errors else 200)
