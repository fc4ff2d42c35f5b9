"""What one does on a member's page: block, lift a block, note a contact, take a contact back."""

from uuid import UUID

from flask import flash, url_for
from flask.typing import ResponseReturnValue

from organiser.accounts.guard import requires
from organiser.accounts.permissions import Permission
from organiser.core.database import db
from organiser.core.i18n import _
from organiser.members import page_queries, services
from organiser.members.blueprint import blueprint
from organiser.members.deed_forms import BlockForm, ContactForm, LiftForm
from organiser.members.edit_views import UNPROCESSABLE, by, page_url
from organiser.members.kinds import Source
from organiser.members.models import Block
from organiser.members.sheet import member_page
from organiser.members.views import member_open
from organiser.web.frame import see_other


@blueprint.post("/members/<uuid:member_id>/blocks")
@requires(Permission.EDIT_MEMBERS)
def block(member_id: UUID) -> ResponseReturnValue:
    """Keep what the member has asked us not to do."""
    member = member_open(member_id, Permission.EDIT_MEMBERS, hold=True)
    form = BlockForm()
    if not form.validate_on_submit():
        return member_page(member, UNPROCESSABLE, block_form=form)
    services.block(member, form.scope.data, form.reason.data, Source.PERSON, by())
    flash(_("Blocked. It holds from now on, in every list."))
    return see_other(page_url(member.id))


@blueprint.post("/members/<uuid:member_id>/blocks/<uuid:block_id>/lifting")
@requires(Permission.EDIT_MEMBERS)
def lift(member_id: UUID, block_id: UUID) -> ResponseReturnValue:
    """The member has changed their mind."""
    member = member_open(member_id, Permission.EDIT_MEMBERS, hold=True)
    found: Block = db.one_or_404(page_queries.block_of(member.id, block_id))
    form = LiftForm()
    if not form.validate_on_submit():
        return member_page(member, UNPROCESSABLE, lift_form=form, lifting=found.id)
    services.lift_block(found, form.reason.data, by())
    flash(_("The block is lifted."))
    return see_other(page_url(member.id))


@blueprint.post("/members/<uuid:member_id>/contacts")
@requires(Permission.EDIT_MEMBERS)
def note_contact(member_id: UUID) -> ResponseReturnValue:
    """The member was met by another way; it counts as contact."""
    member = member_open(member_id, Permission.EDIT_MEMBERS, hold=True)
    form = ContactForm()
    if not form.validate_on_submit():
        return member_page(member, UNPROCESSABLE, contact_form=form)
    contact = services.note_contact(
        member, form.contact_id, form.channel.data, form.on.data, form.note.data, by()
    )
    undo_url = url_for("members.forget_contact", member_id=member.id, contact_id=contact.id)
    saved = {"text": _("The contact is noted, and counts."), "undo": undo_url, "undo_text": ""}
    flash(saved)  # type: ignore[arg-type]  # base.html draws a button
    return see_other(page_url(member.id))


@blueprint.post("/members/<uuid:member_id>/contacts/<uuid:contact_id>/removal")
@requires(Permission.EDIT_MEMBERS)
def forget_contact(member_id: UUID, contact_id: UUID) -> ResponseReturnValue:
    """Take back a contact one noted oneself."""
    member = member_open(member_id, Permission.EDIT_MEMBERS, hold=True)
    own = page_queries.own_contact(member.id, contact_id, by().account_id)
    services.forget_contact(db.one_or_404(own))
    flash(_("The contact was taken back."))
    return see_other(page_url(member.id))
