"""The inbox of a list: members somebody must do something for, and what callers told of them."""

from uuid import UUID

from flask import Blueprint, abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from sqlalchemy import Select

from campaigns.following.services import CannotBeRung, handle
from campaigns.queue import ledger_queries, list_queries
from campaigns.queue.ledger import waiting
from campaigns.queue.models import CallAssignment, Target
from campaigns.ringing.caller_words import label
from organiser.accounts.current import current_account
from organiser.accounts.guard import requires
from organiser.accounts.permissions import Permission
from organiser.audit.models import Why
from organiser.audit.services import saw
from organiser.core import clock
from organiser.core.database import db
from organiser.core.i18n import _
from organiser.members.fields import today
from organiser.members.words import WHY_NOT
from organiser.web.frame import see_other
from organiser.web.paging import page_of

blueprint = Blueprint("following", __name__)
UNPROCESSABLE = 422
AGAIN, DONE = "again", "done"


@blueprint.get("/assignments/<uuid:assignment_id>/waiting")
@requires(Permission.PLAN_CALLS)
def inbox(assignment_id: UUID) -> ResponseReturnValue:
    """Members somebody must do something for, and what callers told of them."""
    found = _assignment_open(assignment_id)
    page = page_of(waiting_in_reach(found))
    saw([target.member_id for target in page.rows], Why.LIST)
    return render_template(
        "following/inbox.html",
        assignment=found,
        page=page,
        waiting=waiting(page.rows),
        form=FlaskForm(),
        outcome_word=label,
    )


@blueprint.post("/targets/<uuid:target_id>/handling")
@requires(Permission.PLAN_CALLS)
def handle_target(target_id: UUID) -> ResponseReturnValue:
    """It is dealt with: done, or to be rung again."""
    target: Target = db.one_or_404(
        list_queries.targets_open_to(current_account()).where(Target.id == target_id)
    )
    what = request.form.get("what")
    if what not in {AGAIN, DONE}:
        abort(UNPROCESSABLE)
    try:
        handle(target, ring_again=what == AGAIN, at=clock.now(), on=today())
    except CannotBeRung as refusal:
        flash(_("They cannot be rung yet. %(reason)s", reason=WHY_NOT[refusal.why]), "error")
    else:
        flash(_("Back in the queue.") if what == AGAIN else _("Done."))
    return see_other(url_for(".inbox", assignment_id=target.assignment_id))


def _assignment_open(assignment_id: UUID) -> CallAssignment:
    query = list_queries.lists_open_to(current_account()).where(CallAssignment.id == assignment_id)
    found: CallAssignment = db.one_or_404(query)
    return found


def waiting_in_reach(found: CallAssignment) -> Select[Target]:
    """Who waits on the list, and is in the reader's reach."""
    ours = list_queries.targets_open_to(current_account()).with_only_columns(Target.id)
    return ledger_queries.waiting_targets([found.id]).where(Target.id.in_(ours))
