"""One association's list: who answers for it, how it stands, its evenings; who answers for all of them."""

from collections.abc import Sequence
from uuid import UUID

from flask import abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import func

from campaigns.evenings import queries as evenings
from campaigns.evenings.scope import campaign_open, leads, list_open
from campaigns.following.queries import follow_ups_open_to, may_answer_for
from campaigns.planning import list_services
from campaigns.planning.blueprint import blueprint
from campaigns.planning.forms import ResponsibleForm
from campaigns.planning.responsible import answerable_for, name_responsible
from campaigns.planning.views import refreshed_words
from campaigns.queue import keeping, list_queries
from campaigns.queue.ledger import ledgers_of
from campaigns.queue.models import CallAssignment, FollowUp
from campaigns.queue.place_words import ledger_rows
from organiser.accounts.current import current_account
from organiser.accounts.guard import requires
from organiser.accounts.permissions import Permission
from organiser.core import clock
from organiser.core.database import db
from organiser.core.i18n import _, ngettext
from organiser.members.fields import today
from organiser.web.frame import see_other

UNPROCESSABLE = 422
LATEST = 8


@blueprint.get("/assignments/<uuid:assignment_id>")
@requires(Permission.PLAN_CALLS)
def assignment(assignment_id: UUID) -> ResponseReturnValue:
    """The list's own page."""
    found = list_open(assignment_id)
    form = ResponsibleForm(
        db.session.scalars(may_answer_for(found.organisation)), data={"account": found.responsible_id}
    )
    return _page(found, form)


@blueprint.post("/assignments/<uuid:assignment_id>/responsible")
@requires(Permission.PLAN_CALLS)
def responsible(assignment_id: UUID) -> ResponseReturnValue:
    """Name who answers for it."""
    found = list_open(assignment_id)
    form = ResponsibleForm(db.session.scalars(may_answer_for(found.organisation)))
    if not form.validate_on_submit():
        return _page(found, form), UNPROCESSABLE
    list_services.set_responsible(found, form.chosen)
    flash(_("Saved."))
    return see_other(url_for(".assignment", assignment_id=found.id))


@blueprint.post("/assignments/<uuid:assignment_id>/refreshing")
@requires(Permission.PLAN_CALLS)
def refresh_list(assignment_id: UUID) -> ResponseReturnValue:
    """Bring one list in line with the register."""
    found = list_open(assignment_id)
    flash(refreshed_words(keeping.refresh_assignment(found, clock.now(), today())))
    return see_other(url_for(".assignment", assignment_id=found.id))


@blueprint.post("/assignments/<uuid:assignment_id>/closing")
@requires(Permission.PLAN_CALLS)
def close_list(assignment_id: UUID) -> ResponseReturnValue:
    """Nobody rings this list; the campaign's others go on."""
    found = list_services.close_list(list_open(assignment_id), clock.now())
    closed = _("The list is closed. Nobody rings it.")
    undo = url_for(".reopen_list", assignment_id=found.id)
    flash({"text": closed, "undo": undo, "undo_text": ""})  # type: ignore[arg-type]  # base.html draws a button
    return see_other(url_for(".assignment", assignment_id=found.id))


@blueprint.post("/assignments/<uuid:assignment_id>/opening")
@requires(Permission.PLAN_CALLS)
def reopen_list(assignment_id: UUID) -> ResponseReturnValue:
    """It is rung again."""
    found = list_open(assignment_id)
    list_services.reopen_list(found, clock.now(), today())
    flash(_("The list is open again. Start an evening when you want to ring."))
    return see_other(url_for(".assignment", assignment_id=found.id))


@blueprint.get("/campaigns/<uuid:campaign_id>/responsible")
@requires(Permission.PLAN_CALLS)
def all_responsible(campaign_id: UUID) -> ResponseReturnValue:
    """Who answers for each of the campaign's lists."""
    campaign = campaign_open(campaign_id)
    lists = db.session.scalars(list_queries.lists_of(campaign.id)).all()
    offered = answerable_for([one.organisation for one in lists])
    return render_template(
        "planning/responsible.html",
        campaign=campaign,
        rows=[(one, offered[one.organisation_id]) for one in lists],
        missing=sum(one.responsible_id is None for one in lists),
        me=current_account(),
    )


@blueprint.post("/campaigns/<uuid:campaign_id>/responsible")
@requires(Permission.PLAN_CALLS)
def save_responsible(campaign_id: UUID) -> ResponseReturnValue:
    """Keep them all at once; one who takes the rest answers for every list nobody was chosen for."""
    campaign = campaign_open(campaign_id)
    lists = db.session.scalars(list_queries.lists_of(campaign.id)).all()
    chosen = _chosen_of(lists)
    if request.form.get("do") == "rest":
        mine = {one.id: current_account().id for one in lists if chosen.get(one.id) is None}
        chosen |= mine
    changed = name_responsible(lists, chosen)
    flash(ngettext("Saved. %(num)s list changed hands.", "Saved. %(num)s lists changed hands.", changed))
    return see_other(url_for(".show", campaign_id=campaign.id))


def _chosen_of(lists: Sequence[CallAssignment]) -> dict[UUID, UUID | None]:
    """List to account, as the rows of the form say; 422 for one who may not answer for it."""
    offered = answerable_for([one.organisation for one in lists])
    known = {str(one.id): one for one in lists}
    chosen: dict[UUID, UUID | None] = {}
    listed, named = request.form.getlist("list"), request.form.getlist("account")
    if len(listed) != len(named):
        abort(UNPROCESSABLE)
    for list_id, account_id in zip(listed, named, strict=True):
        one = known.get(list_id) or abort(UNPROCESSABLE)
        may = {str(account.id): account.id for account in offered[one.organisation_id]}
        if account_id and account_id not in {*may, str(one.responsible_id)}:
            abort(UNPROCESSABLE)
        chosen[one.id] = may.get(account_id, one.responsible_id) if account_id else None
    return chosen


def _page(found: CallAssignment, form: ResponsibleForm) -> str:
    at = clock.now()
    progress = ledgers_of([found.id], at)[found.id]
    waiting = (
        follow_ups_open_to(current_account())
        .where(FollowUp.assignment_id == found.id, FollowUp.done_at.is_(None))
        .with_only_columns(func.count(func.distinct(FollowUp.target_id)))
    )
    return render_template(
        "planning/assignment.html",
        assignment=found,
        campaign_shown=leads(found.campaign_id),
        progress=progress,
        places=ledger_rows(progress),
        waiting=db.session.scalar(waiting) or 0,
        ahead=db.session.scalars(evenings.unfinished([found.id], at)).all(),
        past=db.session.scalars(evenings.past([found.id], at).limit(LATEST)).all(),
        running=db.session.scalars(evenings.running_shifts([found.id], at)).all(),
        form=form,
        at=at,
    )
