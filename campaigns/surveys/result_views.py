"""What the members have answered: bars for those who see numbers, words for those who see members."""

from uuid import UUID

from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from campaigns.surveys import words
from campaigns.surveys.blueprint import blueprint
from campaigns.surveys.columns import csv_of, xlsx_of
from campaigns.surveys.question_views import question_in
from campaigns.surveys.result_queries import words_said
from campaigns.surveys.results import Results, results_of
from campaigns.surveys.views import survey_of
from organiser.accounts.current import current_account, may
from organiser.accounts.guard import requires
from organiser.accounts.permissions import Permission
from organiser.audit.models import Why
from organiser.audit.services import saw
from organiser.members.fields import today
from organiser.web.paging import page_of

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/<uuid:survey_id>/results")
@requires(Permission.SEE_NUMBERS)
def results(survey_id: UUID) -> ResponseReturnValue:
    """Counts of every question, of the whole or of one association (``?unit=``)."""
    found, unit_id = _chosen(survey_id)
    return render_template(
        "surveys/results.html",
        results=found,
        survey=found.survey,
        row=found.row(unit_id) if unit_id else None,
        shown=found.of(unit_id),
        unit_id=unit_id,
        words=words,
        may_read=may(Permission.SEE_MEMBERS),
        may_plan=may(Permission.PLAN_CALLS),
    )


@blueprint.get("/<uuid:survey_id>/results.csv")
@requires(Permission.SEE_NUMBERS)
def results_csv(survey_id: UUID) -> ResponseReturnValue:
    """The same numbers, to open in a spreadsheet."""
    found, unit_id = _chosen(survey_id)
    return _file(found, csv_of(found, unit_id), "csv", "text/csv")


@blueprint.get("/<uuid:survey_id>/results.xlsx")
@requires(Permission.SEE_NUMBERS)
def results_xlsx(survey_id: UUID) -> ResponseReturnValue:
    """The same numbers as a workbook."""
    found, unit_id = _chosen(survey_id)
    return _file(found, xlsx_of(found, unit_id), "xlsx", WORKBOOK)


@blueprint.get("/<uuid:survey_id>/questions/<uuid:question_id>/words")
@requires(Permission.SEE_MEMBERS)
def words_of(survey_id: UUID, question_id: UUID) -> ResponseReturnValue:
    """What members answered in their own words, each with who said it."""
    survey = survey_of(survey_id, Permission.SEE_MEMBERS)
    question = question_in(survey, question_id)
    if not question.kind.is_words:
        abort(404)
    page = page_of(words_said(question, current_account()))
    saw((answer.submission.member_id for answer in page.rows), Why.LIST)
    return render_template("surveys/words.html", survey=survey, question=question, page=page, words=words)


def _chosen(survey_id: UUID) -> tuple[Results, UUID | None]:
    """The results, and the unit that is asked for; 404 where it is none of the survey's."""
    found = results_of(survey_of(survey_id, Permission.SEE_NUMBERS))
    asked = request.args.get("unit")
    if not asked:
        return found, None
    unit_id = next((row.unit.id for row in found.rows if str(row.unit.id) == asked), None)
    return found, unit_id or abort(404)


def _file(found: Results, content: bytes, ending: str, mimetype: str) -> Response:
    name = f"{found.survey.organisation.slug}-{found.survey.id.hex[-6:]}-{today().isoformat()}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, mimetype=mimetype, headers=headers)
