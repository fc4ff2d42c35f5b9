"""One association's list: who answers for it, how it stands, its evenings, and the members who wait."""

from uuid import UUID

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue

from campaigns.evenings import queries as evenings
from campaigns.planning import queries, services
from campaigns.planning.blueprint import blueprint
from campaigns.planning.forms import ResponsibleForm
from campaigns.planning.views import refreshed_words, today
from campaigns.queue import keeping, list_queries
from campaigns.queue.ledger import ledgers_of
from campaigns.queue.models import CallAssignment, Campaign
from organiser.accounts.current import current_account
from organiser.accounts.guard import requires
from organiser.accounts.permissions import Permission
from organiser.core import clock
from organiser.core.database import db
from organiser.core.i18n import _
from organiser.web.frame import see_other

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
    flash(refreshed_words(keeping.refresh_assignment(found, clock.now(), today())))
    return see_other(url_for(".assignment", assignment_id=found.id))


def assignment_open(assignment_id: UUID) -> CallAssignment:
    """A list within the reader's scope, else 404."""
    query = list_queries.lists_open_to(current_account()).where(CallAssignment.id == assignment_id)
    found: CallAssignment = db.one_or_404(query)
    return found


def _page(found: CallAssignment, form: ResponsibleForm) -> str:
    at = clock.now()
    progress = ledgers_of([found.id], at)[found.id]
    above = list_queries.campaigns_open_to(current_account()).where(Campaign.id == found.campaign_id)
    return render_template(
        "planning/assignment.html",
        assignment=found,
        campaign_shown=db.session.scalar(above) is not None,
        progress=progress,
        waiting=progress.errands,
        ahead=db.session.scalars(evenings.unfinished([found.id], at)).all(),
        past=db.session.scalars(evenings.past([found.id], at).limit(LATEST)).all(),
        running=db.session.scalars(evenings.running_shifts([found.id], at)).all(),
        form=form,
        at=at,
    )
