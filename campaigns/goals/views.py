"""Set a unit's goal, change it, take it away."""

from uuid import UUID

from flask import Blueprint, abort, flash, render_template, url_for
from flask.typing import ResponseReturnValue

from campaigns.goals import queries, services
from campaigns.goals.forms import GoalForm
from organiser.accounts.current import current_account
from organiser.accounts.guard import requires
from organiser.accounts.permissions import Permission
from organiser.accounts.queries import units_open_to
from organiser.core.database import db
from organiser.core.i18n import _
from organiser.members.fields import today
from organiser.orgs.models import Organisation
from organiser.orgs.words import word
from organiser.web.filters import count
from organiser.web.frame import see_other

blueprint = Blueprint("goals", __name__, url_prefix="/goals")


@blueprint.route("/<uuid:unit_id>", methods=["GET", "POST"])
@requires(Permission.PLAN_CALLS)
def edit(unit_id: UUID) -> ResponseReturnValue:
    """How many we mean to have contacted, and by when."""
    unit = _unit(unit_id)
    goal = db.session.scalar(queries.goal_of(unit.id))
    below = db.session.scalars(queries.associations_under(unit)).all()
    form = GoalForm(goal, today())
    form.below.label.text = _(
        "The same goal for all %(number)s %(associations)s below",
        number=count(len(below)),
        associations=word("association", len(below)),
    )
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        return render_template("goals/edit.html", form=form, unit=unit, goal=goal, below=below), status
    try:
        services.set_goal(
            unit, form.aim, current_account(), seen=form.seen, below=bool(below and form.below.data)
        )
    except services.ChangedMeanwhile:
        abort(409)
    flash(_("The goal is set."))
    return see_other(_page(unit))


@blueprint.post("/<uuid:unit_id>/removal")
@requires(Permission.PLAN_CALLS)
def take_away(unit_id: UUID) -> ResponseReturnValue:
    """No goal any more."""
    unit = _unit(unit_id)
    form = GoalForm(None, today())
    try:
        services.take_away_goal(unit, form.seen or 0)
    except services.ChangedMeanwhile:
        abort(409)
    flash(_("The goal is taken away."))
    return see_other(_page(unit))


def _unit(unit_id: UUID) -> Organisation:
    ours = units_open_to(current_account(), Permission.PLAN_CALLS)
    unit: Organisation = db.one_or_404(ours.where(Organisation.id == unit_id))
    return unit


def _page(unit: Organisation) -> str:
    return url_for("activation.show", unit_id=unit.id)
