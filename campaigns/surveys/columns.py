"""The results as a file: one line for each answer to each question, first of the whole, then of each unit."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from campaigns.surveys import words
from campaigns.surveys.counting import Result
from campaigns.surveys.models import Question
from campaigns.surveys.results import Results
from organiser.core.cells import as_csv, as_xlsx
from organiser.core.i18n import _

Line = Sequence[object]


def csv_of(results: Results, unit_id: UUID | None) -> bytes:
    """Of one unit, or (none) of the whole and of every unit in it."""
    return as_csv(answers(results, unit_id))


def xlsx_of(results: Results, unit_id: UUID | None) -> bytes:
    """The same, and on a sheet of its own how many have answered."""
    sheets = [(_("Answers"), answers(results, unit_id)), (_("Who has answered"), response(results, unit_id))]
    return as_xlsx(sheets)


def answers(results: Results, unit_id: UUID | None) -> Iterator[Line]:
    """Heading, then a line for each bar; one line for a question in words or with too few answers."""
    yield [_("Unit"), _("Question"), _("Answer"), _("How many"), _("Per cent"), _("Answered the question")]
    places: list[UUID | None] = [unit_id] if unit_id else [None, *(row.unit.id for row in results.rows)]
    for place in places:
        for question in results.questions:
            for line in _of(question, results.of(place)[question.id]):
                yield [_name(results, place), words.told(question.text_sv, question.text_en), *line]


def _of(question: Question, result: Result) -> Iterator[Line]:
    if result.hidden:
        yield [_("too few to show"), None, None, None]
        return
    if not result.answered:
        yield [_("No answers yet."), 0, None, 0]
        return
    for bar in result.bars:
        yield [words.bar(bar), bar.n, bar.percent, result.answered]
    if result.mean is not None and result.median is not None:
        yield [_("Mean"), _short(result.mean), None, result.answered]
        yield [_("Median"), _short(result.median), None, result.answered]
    if question.kind.is_words:
        yield [_("answers in words"), result.answered, None, result.answered]


def response(results: Results, unit_id: UUID | None) -> Iterator[Line]:
    """Heading, a line for each unit, and where all are told one for the whole."""
    yield [_("Unit"), _("Members"), _("Have answered"), _("Per cent")]
    for row in results.rows:
        if unit_id in {None, row.unit.id}:
            few = _("too few to show") if row.answered is None else row.answered
            yield [row.unit.name, row.members, few, row.percent]
    if unit_id is None:
        few = _("too few to show") if results.answered is None else results.answered
        yield [_("All"), results.members, few, results.percent]


def _short(number: float) -> int | float:
    """With one decimal, where it needs one."""
    short = round(number, 1)
    return int(short) if short.is_integer() else short


def _name(results: Results, unit_id: UUID | None) -> str:
    row = results.row(unit_id) if unit_id else None
    return row.unit.name if row else str(_("All of %(name)s", name=results.survey.organisation.name))
