"""A unit's goals, one for each measure: set one, change it, take it away, take that back."""

from uuid import UUID

from flask import Blueprint, abort, flash, render_template, url_for
from flask.typing import ResponseReturnValue

from campaigns.goals import queries, services
from campaigns.goals.forms import GoalForm
from campaigns.goals.words import DEFINITIONS, NAMES, amount, ask, of_whom, overview
from campaigns.totals.measures import MEASURES, Measure
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


@blueprint.get("/<uuid:unit_id>")
@requires(Permission.PLAN_CALLS)
def index(unit_id: UUID) -> ResponseReturnValue:
    """What we mean to reach, measure by measure, and how many of those below mean something of their own."""
    unit = _unit(unit_id)
    goals = db.session.scalars(queries.goals_below(unit.id)).all()
    below = db.session.scalars(queries.associations_under(unit)).all()
    shown = {"rows": overview(unit, goals, below), "amount": amount, "of_whom": of_whom}
    return render_template("goals/index.html", unit=unit, below=below, **shown)


@blueprint.route("/<uuid:unit_id>/<measure>", methods=["GET", "POST"])
@requires(Permission.PLAN_CALLS)
def edit(unit_id: UUID, measure: str) -> ResponseReturnValue:
    """How many we mean to have come to the measure, and by when."""
    unit, what = _unit(unit_id), _measure(measure)
    goal = db.session.scalar(queries.goal_of(unit.id, what))
    below = db.session.scalars(queries.associations_under(unit)).all()
    form = GoalForm(goal, today())
    form.amount.label.text = ask(what)
    form.below.label.text = _(
        "The same goal for all %(number)s %(associations)s below",
        number=count(len(below)),
        associations=word("association", len(below)),
    )
    if form.validate_on_submit():
        return _set(unit, what, form, below=bool(below and form.below.data))
    status = 422 if form.is_submitted() else 200
    shown = {"unit": unit, "goal": goal, "below": below, "measure": what}
    return render_template(
        "goals/edit.html", form=form, name=NAMES[what], definition=DEFINITIONS[what], **shown
    ), status


def _set(unit: Organisation, what: Measure, form: GoalForm, *, below: bool) -> ResponseReturnValue:
    try:
        act = services.set_goal(
            unit,
            form.aim,
            current_account(),
            measure=what,
            seen=form.seen,
            below=below,
        )
    except services.ChangedMeanwhile:
        abort(409)
    return _told(_("The goal is set."), unit, act.id)


@blueprint.post("/<uuid:unit_id>/<measure>/removal")
@requires(Permission.PLAN_CALLS)
def take_away(unit_id: UUID, measure: str) -> ResponseReturnValue:
    """No goal any more."""
    unit, what = _unit(unit_id), _measure(measure)
    form = GoalForm(None, today())
    try:
        act = services.take_away_goal(unit, form.seen or 0, measure=what)
    except services.ChangedMeanwhile:
        abort(409)
    return _told(_("The goal is taken away."), unit, act.id)


@blueprint.post("/<uuid:unit_id>/undoing/<uuid:act_id>")
@requires(Permission.PLAN_CALLS)
def take_back(unit_id: UUID, act_id: UUID) -> ResponseReturnValue:
    """The goals are again what they were before."""
    unit = _unit(unit_id)
    try:
        done = services.take_back(unit, act_id)
    except services.ChangedMeanwhile:
        abort(409)
    if not done:
        abort(404)
    flash(_("The goal is what it was before."))
    return see_other(_page(unit))


def _told(text: str, unit: Organisation, act_id: UUID) -> ResponseReturnValue:
    undo = url_for("goals.take_back", unit_id=unit.id, act_id=act_id)
    flash({"text": text, "undo": undo, "undo_text": ""})  # type: ignore[arg-type]  # base.html draws a button
    return see_other(_page(unit))


def _unit(unit_id: UUID) -> Organisation:
    ours = units_open_to(current_account(), Permission.PLAN_CALLS)
    unit: Organisation = db.one_or_404(ours.where(Organisation.id == unit_id))
    return unit


def _measure(text: str) -> Measure:
    return Measure(text) if text in set(MEASURES) else abort(404)


def _page(unit: Organisation) -> str:
    """The unit’s goals, all of them."""
    return url_for("goals.index", unit_id=unit.id)
