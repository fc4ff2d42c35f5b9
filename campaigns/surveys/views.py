"""The surveys of one's units: which there are, a new one, what it asks, and how it looks in a call."""

from collections.abc import Sequence
from uuid import UUID

from flask import abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from campaigns.surveys import building, queries, words
from campaigns.surveys.asking import sheet_from
from campaigns.surveys.blueprint import blueprint
from campaigns.surveys.counting import FEW
from campaigns.surveys.forms import Begin, BeginForm, TitleForm
from campaigns.surveys.kinds import SurveyDraft
from campaigns.surveys.loading import load_packaged, load_survey
from campaigns.surveys.models import Survey
from campaigns.surveys.option_lines import free_key
from campaigns.surveys.survey_file import NotASurveyFile
from organiser.accounts.current import current_account, may
from organiser.accounts.guard import requires
from organiser.accounts.permissions import Permission
from organiser.accounts.queries import units_open_to
from organiser.core import clock
from organiser.core.database import db
from organiser.core.i18n import _, lazy
from organiser.members.services import By
from organiser.orgs.models import Organisation
from organiser.web.frame import see_other
from organiser.web.paging import page_of

BEGINS = {
    Begin.PACKAGED: lazy("The member survey"),
    Begin.EMPTY: lazy("Empty"),
    Begin.COPY: lazy("Like another"),
    Begin.FILE: lazy("From a file"),
}


def surveys(permission: Permission = Permission.PLAN_CALLS) -> Sequence[Survey]:
    """The reader's surveys, with their units."""
    ours = queries.surveys_open_to(current_account(), permission)
    return db.session.scalars(queries.with_units(ours)).all()


def survey_of(survey_id: UUID, permission: Permission = Permission.PLAN_CALLS) -> Survey:
    """The survey with its questions, if the reader may; else 404."""
    ours = queries.with_questions(queries.surveys_open_to(current_account(), permission))
    found: Survey = db.one_or_404(ours.where(Survey.id == survey_id))
    return found


def me_now() -> By:
    """Whoever is signed in, just now."""
    return By(current_account().id, clock.now())


def page_of_survey(survey: Survey) -> str:
    """Where the survey's questions stand."""
    return url_for("surveys.show", survey_id=survey.id)


@blueprint.get("")
@requires(Permission.SEE_NUMBERS)
def index() -> ResponseReturnValue:
    """The surveys of the reader's units, latest first."""
    ours = queries.surveys_open_to(current_account(), Permission.SEE_NUMBERS)
    page = page_of(queries.with_units(ours))
    counts = dict(db.session.execute(queries.submissions_counted([one.id for one in page.rows])).all())
    return render_template(
        "surveys/index.html",
        page=page,
        counts=counts,
        few=FEW,
        words=words,
        may_plan=may(Permission.PLAN_CALLS),
    )


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.PLAN_CALLS)
def add() -> ResponseReturnValue:
    """A survey to begin with: the packaged one, an empty one, one like another, or one from a file."""
    begin = request.args.get("begin", Begin.PACKAGED)
    form = BeginForm(Begin(begin) if begin in set(Begin) else Begin.PACKAGED, _units(), surveys())
    survey = _begun(form) if form.validate_on_submit() else None
    if survey is None:
        status = 422 if form.is_submitted() else 200
        return render_template("surveys/new.html", form=form, begins=BEGINS), status
    flash(_("The survey is made. Look through its questions."))
    return see_other(page_of_survey(survey))


def _units() -> Sequence[Organisation]:
    ours = units_open_to(current_account(), Permission.PLAN_CALLS)
    return db.session.scalars(ours.where(Organisation.closed_at.is_(None))).all()


def _begun(form: BeginForm) -> Survey | None:
    """The survey as the form wants it; none where its file is at fault, which the form then says."""
    unit = next(one for one in _units() if one.id == form.unit.data)
    if form.begin is Begin.PACKAGED:
        return load_packaged(unit, me_now(), survey_id=form.survey_id, again=True)
    if form.begin is Begin.FILE:
        return _from_file(form, unit)
    if form.begin is Begin.COPY:
        draft = building.draft_of(survey_of(form.copy_of.data))
    else:
        name = form.title_sv.data or form.title_en.data
        draft = SurveyDraft(free_key(name, ()), form.title_sv.data, form.title_en.data)
    return building.make_survey(form.survey_id, unit, draft, me_now())


def _from_file(form: BeginForm, unit: Organisation) -> Survey | None:
    sent: FileStorage = form.file.data
    try:
        text = sent.read().decode("utf-8-sig")
        return load_survey(unit, text, me_now(), survey_id=form.survey_id, again=True)
    except UnicodeDecodeError:
        form.form_errors = [_("The file is not text in UTF-8. Save it as UTF-8 and send it again.")]
    except NotASurveyFile as error:
        form.form_errors = [words.file_fault(fault) for fault in error.faults]
    return None


@blueprint.get("/<uuid:survey_id>")
@requires(Permission.PLAN_CALLS)
def show(survey_id: UUID) -> ResponseReturnValue:
    """What the survey asks, question by question."""
    survey = survey_of(survey_id)
    return render_template(
        "surveys/survey.html",
        survey=survey,
        laid_aside=[question for question in survey.questions if question.removed_at is not None],
        answered=building.answered(survey),
        words=words,
    )


@blueprint.route("/<uuid:survey_id>/title", methods=["GET", "POST"])
@requires(Permission.PLAN_CALLS)
def name(survey_id: UUID) -> ResponseReturnValue:
    """What it is called, and how the caller introduces it."""
    survey = survey_of(survey_id)
    form = TitleForm(survey)
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        return render_template("surveys/title.html", form=form, survey=survey, words=words), status
    try:
        building.name_survey(survey, form.texts, form.seen)
    except building.ChangedMeanwhile:
        abort(409)
    flash(_("Saved."))
    return see_other(page_of_survey(survey))


@blueprint.get("/<uuid:survey_id>/preview")
@requires(Permission.PLAN_CALLS)
def preview(survey_id: UUID) -> ResponseReturnValue:
    """As a caller meets it, with nothing answered and nothing saved."""
    survey = survey_of(survey_id)
    return render_template("surveys/preview.html", survey=survey, sheet=sheet_from(survey, {}), words=words)


@blueprint.post("/<uuid:survey_id>/closing")
@requires(Permission.PLAN_CALLS)
def close(survey_id: UUID) -> ResponseReturnValue:
    """No more answers."""
    survey = survey_of(survey_id)
    building.close_survey(survey, me_now())
    undo = url_for("surveys.open_again", survey_id=survey.id)
    flash({"text": _("The survey is closed. It takes no more answers."), "undo": undo, "undo_text": ""})  # type: ignore[arg-type]  # base.html takes both
    return see_other(page_of_survey(survey))


@blueprint.post("/<uuid:survey_id>/opening")
@requires(Permission.PLAN_CALLS)
def open_again(survey_id: UUID) -> ResponseReturnValue:
    """Answers again."""
    survey = survey_of(survey_id)
    building.open_survey(survey)
    flash(_("The survey is open."))
    return see_other(page_of_survey(survey))
