"""What is done about a follow-up: each deed closes it, and the toast takes it back."""

from collections.abc import Callable
from uuid import UUID

from flask import abort, flash, url_for
from flask.typing import ResponseReturnValue

from campaigns.following import queries, services
from campaigns.following.blueprint import blueprint
from campaigns.following.forms import (
    EntrustForm,
    LeaveAloneForm,
    LeavingForm,
    MoveForm,
    NewNumberForm,
    NoteForm,
)
from campaigns.following.inbox import back_asked, inbox_url
from campaigns.following.kinds import FollowedUp
from campaigns.following.scope import associations_near, follow_up_open, may_read
from campaigns.following.undoing import ChangedSince, take_back
from campaigns.following.views import follow_up_page
from campaigns.following.words import DID, TOLD
from campaigns.queue.models import FollowUp
from organiser.accounts.current import current_account
from organiser.accounts.guard import requires
from organiser.accounts.permissions import Permission
from organiser.core import clock
from organiser.core.database import db
from organiser.core.i18n import _
from organiser.members.fields import today
from organiser.members.services import By
from organiser.members.words import WHY_NOT
from organiser.web.frame import see_other

UNPROCESSABLE = 422


@blueprint.post("/follow-ups/<uuid:follow_up_id>/number")
@requires(Permission.PLAN_CALLS)
def change_number(follow_up_id: UUID) -> ResponseReturnValue:
    """Another number, rung first."""
    found, form = follow_up_open(follow_up_id, hold=True), NewNumberForm()
    if not may_read(found):
        abort(403)
    if not form.validate_on_submit():
        return follow_up_page(found, number_form=form), UNPROCESSABLE
    return _did(
        found, FollowedUp.NUMBER, lambda by: services.change_number(found, form.read.e164, form.kind, by)
    )


@blueprint.post("/follow-ups/<uuid:follow_up_id>/again")
@requires(Permission.PLAN_CALLS)
def ring_again(follow_up_id: UUID) -> ResponseReturnValue:
    """Back in the queue, unless they may not be rung."""
    found = follow_up_open(follow_up_id, hold=True)
    try:
        return _did(found, FollowedUp.AGAIN, lambda by: services.ring_again(found, by, today()))
    except services.CannotBeRung as refusal:
        why = WHY_NOT[refusal.why] if refusal.why else _("They are on no list that is rung in this campaign.")
        flash(_("They cannot be rung yet. %(reason)s", reason=why), "error")
        return see_other(url_for(".show", follow_up_id=found.id, back=back_asked()))


@blueprint.post("/follow-ups/<uuid:follow_up_id>/done")
@requires(Permission.PLAN_CALLS)
def settle(follow_up_id: UUID) -> ResponseReturnValue:
    """It is dealt with by other means."""
    found = follow_up_open(follow_up_id, hold=True)
    return _did(found, FollowedUp.DONE, lambda by: services.settle(found, by))


@blueprint.post("/follow-ups/<uuid:follow_up_id>/note")
@requires(Permission.PLAN_CALLS)
def write_note(follow_up_id: UUID) -> ResponseReturnValue:
    """What was found out, and whether they were met."""
    found, form = follow_up_open(follow_up_id, hold=True), NoteForm()
    if not form.validate_on_submit():
        return follow_up_page(found, note_form=form), UNPROCESSABLE
    return _did(found, FollowedUp.NOTE, lambda by: services.write_note(found, form.noted(), by, today()))


@blueprint.post("/follow-ups/<uuid:follow_up_id>/block")
@requires(Permission.PLAN_CALLS)
def block(follow_up_id: UUID) -> ResponseReturnValue:
    """They are left alone."""
    found, form = follow_up_open(follow_up_id, hold=True), LeaveAloneForm()
    if not form.validate_on_submit():
        return follow_up_page(found, alone_form=form), UNPROCESSABLE
    return _did(found, FollowedUp.BLOCK, lambda by: services.block(found, form.scope.data, "", by))


@blueprint.post("/follow-ups/<uuid:follow_up_id>/move")
@requires(Permission.PLAN_CALLS)
def move(follow_up_id: UUID) -> ResponseReturnValue:
    """They belong to another association."""
    found, form = follow_up_open(follow_up_id, hold=True), MoveForm()
    form.offer(associations_near(found))
    if not form.validate_on_submit():
        return follow_up_page(found, move_form=form), UNPROCESSABLE
    return _did(found, FollowedUp.MOVE, lambda by: services.move(found, form.organisation_id.data, by))


@blueprint.post("/follow-ups/<uuid:follow_up_id>/leaving")
@requires(Permission.PLAN_CALLS)
def end_membership(follow_up_id: UUID) -> ResponseReturnValue:
    """The member has left, or has died."""
    found, form = follow_up_open(follow_up_id, hold=True), LeavingForm()
    if not form.validate_on_submit():
        abort(UNPROCESSABLE)
    deed = FollowedUp(form.status.data.value)
    return _did(found, deed, lambda by: services.end_membership(found, form.status.data, by, today()))


@blueprint.post("/follow-ups/<uuid:follow_up_id>/entrusting")
@requires(Permission.PLAN_CALLS)
def entrust(follow_up_id: UUID) -> ResponseReturnValue:
    """Who sees to it, and by when."""
    found = follow_up_open(follow_up_id)
    form = EntrustForm(db.session.scalars(queries.may_answer_for(found.assignment.organisation)))
    if not form.validate_on_submit():
        return follow_up_page(found, entrust_form=form), UNPROCESSABLE
    services.entrust(found, form.chosen, form.due_on.data)
    flash(_("Saved."))
    return see_other(inbox_url(found, back_asked()))


@blueprint.post("/follow-ups/<uuid:follow_up_id>/undoing")
@requires(Permission.PLAN_CALLS)
def undo(follow_up_id: UUID) -> ResponseReturnValue:
    """As if nothing had been done about it."""
    found = follow_up_open(follow_up_id, hold=True)
    try:
        take_back(found, _by())
    except ChangedSince:
        flash(_("Something has happened to them since. Nothing was taken back."), "error")
    else:
        follow_up_open(follow_up_id)  # a 404 stores nothing: not moved out of one's reach
        flash(_("Taken back. It waits for you again."))
    return see_other(inbox_url(found, back_asked()))


def _did(found: FollowUp, deed: FollowedUp, do: Callable[[By], FollowUp]) -> ResponseReturnValue:
    """Do it, and say so with the way back; where somebody was quicker, say what they did."""
    back, known = back_asked(), found.done_at
    do(_by())
    if known is not None and found.deed != deed.value:
        flash(_("This was dealt with already: %(deed)s.", deed=DID[FollowedUp(found.deed)]), "error")
        return see_other(inbox_url(found, back))
    undo_url = url_for(".undo", follow_up_id=found.id, back=back)
    flash({"text": str(TOLD[deed]), "undo": undo_url, "undo_text": ""})  # type: ignore[arg-type]  # base.html draws a button
    return see_other(inbox_url(found, back))


def _by() -> By:
    return By(current_account().id, clock.now())
