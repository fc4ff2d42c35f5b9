"""One association's list: who answers for it, how it stands, its evenings, and the members who wait."""

from uuid import UUID

from flask import abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from sqlalchemy import Select

from campaigns.calling import campaigns_queries as queries
from campaigns.calling import campaigns_services as services
from campaigns.calling import evenings_queries as evenings
from campaigns.calling.caller_words import label
from campaigns.calling.campaigns_blueprint import blueprint
from campaigns.calling.campaigns_forms import ResponsibleForm
from campaigns.calling.campaigns_inbox import CannotBeRung, handle
from campaigns.calling.campaigns_reach import progress_of, waiting
from campaigns.calling.models import CallAssignment, Campaign, Target
from campaigns.calling.views_organiser import refreshed_words, today
from organiser.accounts.current import current_account
from organiser.accounts.guard import requires
from organiser.accounts.permissions import Permission
from organiser.audit.models import Why
from organiser.audit.services import saw
from organiser.core import clock
from organiser.core.database import db
from organiser.core.i18n import _
from organiser.members.words import WHY_NOT
from organiser.web.frame import see_other
from organiser.web.paging import page_of

UNPROCESSABLE = 422
LATEST = 8
AGAIN, DONE = "again", "done"


@blueprint.get("/assignments/<uuid:assignment_id>")
@requires(Permission.PLAN_CALLS)
def assignment(assignment_id: UUID) -> ResponseReturnValue:
    """The list's own page."""
    found = assignment_open(assignment_id)
    form = ResponsibleForm(
        db.session.scalars(queries.may_answer_for(found.organisation)), data={"account": found.responsible_id}
    )
    return _page(found, form)


@blueprint.post("/assignments/<uuid:assignment_id>/responsible")
@requires(Permission.PLAN_CALLS)
def responsible(assignment_id: UUID) -> ResponseReturnValue:
    """Name who answers for it."""
    found = assignment_open(assignment_id)
    form = ResponsibleForm(db.session.scalars(queries.may_answer_for(found.organisation)))
    if not form.validate_on_submit():
        return _page(found, form), UNPROCESSABLE
    services.set_responsible(found, form.chosen)
    flash(_("Saved."))
    return see_other(url_for(".assignment", assignment_id=found.id))


@blueprint.post("/assignments/<uuid:assignment_id>/refreshing")
@requires(Permission.PLAN_CALLS)
def refresh_list(assignment_id: UUID) -> ResponseReturnValue:
    """Bring one list in line with the register."""
    found = assignment_open(assignment_id)
    flash(refreshed_words(services.refresh_assignment(found, clock.now(), today())))
    return see_other(url_for(".assignment", assignment_id=found.id))


@blueprint.get("/assignments/<uuid:assignment_id>/waiting")
@requires(Permission.PLAN_CALLS)
def inbox(assignment_id: UUID) -> ResponseReturnValue:
    """Members somebody must do something for, and what callers told of them."""
    found = assignment_open(assignment_id)
    page = page_of(_waiting(found))
    saw([target.member_id for target in page.rows], Why.LIST)
    return render_template(
        "calling/organiser/inbox.html",
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
    target: Target = db.one_or_404(queries.targets_open_to(current_account()).where(Target.id == target_id))
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


def assignment_open(assignment_id: UUID) -> CallAssignment:
    """A list within the reader's scope, else 404."""
    query = queries.lists_open_to(current_account()).where(CallAssignment.id == assignment_id)
    found: CallAssignment = db.one_or_404(query)
    return found


def _waiting(found: CallAssignment) -> Select[Target]:
    """Who waits on the list, and is in the reader's reach."""
    ours = queries.targets_open_to(current_account()).with_only_columns(Target.id)
    return queries.waiting_targets([found.id]).where(Target.id.in_(ours))


def _page(found: CallAssignment, form: ResponsibleForm) -> str:
    at = clock.now()
    above = queries.campaigns_open_to(current_account()).where(Campaign.id == found.campaign_id)
    return render_template(
        "calling/organiser/assignment.html",
        assignment=found,
        campaign_shown=db.session.scalar(above) is not None,
        progress=progress_of([found.id])[found.id],
        waiting=len(db.session.scalars(_waiting(found)).all()),
        ahead=db.session.scalars(evenings.unfinished([found.id], at)).all(),
        past=db.session.scalars(evenings.past([found.id], at).limit(LATEST)).all(),
        running=db.session.scalars(evenings.running_shifts([found.id], at)).all(),
        form=form,
        at=at,
    )
