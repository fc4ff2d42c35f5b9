"""Build a survey question by question: add, change, move, lay aside and bring back."""

from uuid import UUID

from flask import abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaigns.surveys import building, words
from campaigns.surveys.blueprint import blueprint
from campaigns.surveys.forms import QuestionForm
from campaigns.surveys.kinds import QuestionKind
from campaigns.surveys.models import Question, Survey
from campaigns.surveys.views import me_now, page_of_survey, survey_of
from organiser.accounts.guard import requires
from organiser.accounts.permissions import Permission
from organiser.core.i18n import _
from organiser.web.frame import see_other


def question_in(survey: Survey, question_id: UUID) -> Question:
    """The survey's question; 404 where it has none with that id."""
    found = next((question for question in survey.questions if question.id == question_id), None)
    return found or abort(404)


@blueprint.route("/<uuid:survey_id>/questions/new", methods=["GET", "POST"])
@requires(Permission.PLAN_CALLS)
def add_question(survey_id: UUID) -> ResponseReturnValue:
    """One more question, of the kind that is chosen first."""
    survey = survey_of(survey_id)
    kind = request.args.get("kind", QuestionKind.ONE)
    form = QuestionForm(QuestionKind(kind) if kind in set(QuestionKind) else QuestionKind.ONE)
    if not form.validate_on_submit():
        return _page(survey, form)
    building.add_question(form.question_id, survey, form.draft)
    flash(_("The question is added last."))
    return see_other(page_of_survey(survey))


@blueprint.route("/<uuid:survey_id>/questions/<uuid:question_id>", methods=["GET", "POST"])
@requires(Permission.PLAN_CALLS)
def edit_question(survey_id: UUID, question_id: UUID) -> ResponseReturnValue:
    """Another wording, other answers, other ends."""
    survey = survey_of(survey_id)
    question = question_in(survey, question_id)
    form = QuestionForm(question.kind, question)
    if not form.validate_on_submit():
        return _page(survey, form)
    try:
        building.change_question(question, form.draft, form.seen, me_now())
    except building.ChangedMeanwhile:
        abort(409)
    flash(_("Saved."))
    return see_other(page_of_survey(survey))


def _page(survey: Survey, form: QuestionForm) -> ResponseReturnValue:
    status = 422 if form.is_submitted() else 200
    return render_template("surveys/question.html", form=form, survey=survey, words=words), status


@blueprint.post("/<uuid:survey_id>/questions/<uuid:question_id>/place")
@requires(Permission.PLAN_CALLS)
def move_question(survey_id: UUID, question_id: UUID) -> ResponseReturnValue:
    """To another place in the order; sent twice it moves once."""
    survey = survey_of(survey_id)
    place = request.form.get("place", type=int)
    if place is None:
        abort(422)
    building.move_question(question_in(survey, question_id), place)
    return see_other(f"{page_of_survey(survey)}#q-{question_id}")


@blueprint.post("/<uuid:survey_id>/questions/<uuid:question_id>/removal")
@requires(Permission.PLAN_CALLS)
def lay_aside(survey_id: UUID, question_id: UUID) -> ResponseReturnValue:
    """Not asked any more; what was answered stays."""
    survey = survey_of(survey_id)
    building.lay_aside(question_in(survey, question_id), me_now())
    undo = url_for("surveys.bring_back", survey_id=survey.id, question_id=question_id)
    flash({"text": _("The question is laid aside. What was answered stays."), "undo": undo, "undo_text": ""})  # type: ignore[arg-type]  # base.html takes both
    return see_other(page_of_survey(survey))


@blueprint.post("/<uuid:survey_id>/questions/<uuid:question_id>/return")
@requires(Permission.PLAN_CALLS)
def bring_back(survey_id: UUID, question_id: UUID) -> ResponseReturnValue:
    """Asked again."""
    survey = survey_of(survey_id)
    building.bring_back(question_in(survey, question_id))
    flash(_("The question is asked again."))
    return see_other(f"{page_of_survey(survey)}#q-{question_id}")
