"""Tags on a member's page: put one on, take one off, take that back."""

from uuid import UUID

from flask import abort, flash, url_for
from flask.typing import ResponseReturnValue

from organiser.accounts.guard import requires
from organiser.accounts.permissions import Permission
from organiser.audit.models import ChangeEntry
from organiser.core.database import db
from organiser.core.i18n import _
from organiser.members import tag_queries, tag_services
from organiser.members.blueprint import blueprint
from organiser.members.edit_views import UNPROCESSABLE, by, page_url
from organiser.members.models import Member
from organiser.members.sheet import member_page
from organiser.members.tag_forms import TagForm
from organiser.members.views import member_open
from organiser.web.frame import see_other


@blueprint.post("/members/<uuid:member_id>/tags")
@requires(Permission.EDIT_MEMBERS)
def add_tag(member_id: UUID) -> ResponseReturnValue:
    """The member is known for it from now on; twice is once."""
    member = member_open(member_id, Permission.EDIT_MEMBERS, hold=True)
    form = TagForm()
    if not form.validate_on_submit():
        return member_page(member, UNPROCESSABLE, tag_form=form)
    worn = tag_services.add_tag(member, form.name.data or "", by(), form.kind.data)
    flash(_("“%(tag)s” is put on.", tag=worn.tag.name))
    return see_other(page_url(member.id))


@blueprint.post("/members/<uuid:member_id>/tags/<uuid:member_tag_id>/removal")
@requires(Permission.EDIT_MEMBERS)
def take_tag_off(member_id: UUID, member_tag_id: UUID) -> ResponseReturnValue:
    """It is true no more; whoever taps twice is told the same twice."""
    member = member_open(member_id, Permission.EDIT_MEMBERS, hold=True)
    worn = db.session.scalar(tag_queries.member_tag_of(member.id, member_tag_id))
    if worn is None:
        _taken_off(member, member_tag_id)
    else:
        tag_services.take_off(worn)
    undo_url = url_for("members.put_tag_back", member_id=member.id, member_tag_id=member_tag_id)
    saved = {"text": _("The tag is taken off."), "undo": undo_url, "undo_text": ""}
    flash(saved)  # type: ignore[arg-type]  # base.html draws a button
    return see_other(page_url(member.id))


@blueprint.post("/members/<uuid:member_id>/tags/<uuid:member_tag_id>/return")
@requires(Permission.EDIT_MEMBERS)
def put_tag_back(member_id: UUID, member_tag_id: UUID) -> ResponseReturnValue:
    """As it was, with who said it and when; one that stands still stands."""
    member = member_open(member_id, Permission.EDIT_MEMBERS, hold=True)
    if db.session.scalar(tag_queries.member_tag_of(member.id, member_tag_id)) is None:
        tag_services.put_back(member, _taken_off(member, member_tag_id))
    flash(_("The tag is back."))
    return see_other(page_url(member.id))


def _taken_off(member: Member, member_tag_id: UUID) -> ChangeEntry:
    """What the log keeps of a tag this member had; 404 where it never was theirs."""
    entry = db.session.scalars(tag_queries.taken_off(member_tag_id).limit(1)).first()
    if entry is None or entry.changes["member_id"][0] != str(member.id):
        abort(404)
    return entry
