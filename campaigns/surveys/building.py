"""Make a survey and its questions: add, change, move, lay aside, bring back, close, open. Only flushes."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from campaigns.surveys import queries
from campaigns.surveys.kinds import Mark, Option, QuestionDraft, SurveyDraft
from campaigns.surveys.marking import mark_again
from campaigns.surveys.models import Question, Survey
from organiser.core.database import db
from organiser.core.ids import uuid7
from organiser.members.services import By
from organiser.orgs.models import Organisation

TEXTS = ("title_sv", "title_en", "intro_sv", "intro_en")


class ChangedMeanwhile(Exception):
    """Somebody changed the same survey or question after the page was opened."""


def make_survey(survey_id: UUID, unit: Organisation, draft: SurveyDraft, by: By) -> Survey:
    """A survey of ``unit`` with the draft's questions, under an id the form made, so that sending it twice
    makes one.
    """
    known = db.session.scalar(select(Survey).where(Survey.id == survey_id))
    if known is not None and known.organisation_id == unit.id:
        return known
    survey = Survey(
        id=survey_id if known is None else uuid7(),
        organisation_id=unit.id,
        key=draft.key,
        made_by_id=by.account_id,
        created_at=by.at,
        **{name: getattr(draft, name) for name in TEXTS},
    )
    db.session.add(survey)
    db.session.flush()
    db.session.add_all(
        Question(survey_id=survey.id, position=place, **_columns(one))
        for place, one in enumerate(draft.questions)
    )
    db.session.flush()
    db.session.expire(survey, ["questions"])
    return survey


def name_survey(survey: Survey, texts: dict[str, str], seen: int) -> Survey:
    """Other titles and introductions. ``seen``: the version shown. Raises ``ChangedMeanwhile``."""
    if survey.version != seen:
        raise ChangedMeanwhile
    for name in TEXTS:
        setattr(survey, name, texts[name])
    db.session.flush()
    return survey


def close_survey(survey: Survey, by: By) -> None:
    """It takes no more answers; those given stay and are counted."""
    if survey.is_open:
        survey.closed_at = by.at
        db.session.flush()


def open_survey(survey: Survey) -> None:
    """It takes answers again."""
    survey.closed_at = None
    db.session.flush()


def add_question(question_id: UUID, survey: Survey, draft: QuestionDraft) -> Question:
    """A question last in the survey, under an id the form made; one with a key of its own."""
    known = db.session.scalar(select(Question).where(Question.id == question_id))
    if known is not None and known.survey_id == survey.id:
        return known
    keys = {question.key for question in survey.questions}
    columns = {**_columns(draft), "key": _free(draft.key, keys)}
    last = max((question.position for question in survey.questions), default=-1)
    fresh_id = question_id if known is None else uuid7()
    question = Question(id=fresh_id, survey_id=survey.id, position=last + 1, **columns)
    db.session.add(question)
    db.session.flush()
    db.session.expire(survey, ["questions"])
    return question


def change_question(question: Question, draft: QuestionDraft, seen: int, by: By) -> Question:
    """The question as ``draft`` has it; its kind and key stay. Options that the draft lacks are no longer
    offered; where anybody answered they are kept as gone. What the options say of those who chose them is
    written anew where it changed. ``seen``: the version shown. Raises ``ChangedMeanwhile``.
    """
    if question.version != seen:
        raise ChangedMeanwhile
    before, columns = question.choices, _columns(draft)
    for fixed in ("key", "kind"):
        del columns[fixed]
    columns["options"] = [option.as_json() for option in _options(question, draft.options)]
    for name, value in columns.items():
        setattr(question, name, value)
    db.session.flush()
    if _marked(before) != _marked(question.choices):
        mark_again(question, frozenset(option.mark for option in before), by)
    return question


def _marked(options: Iterable[Option]) -> set[tuple[str, str, Mark]]:
    """What the options say of a member."""
    return {(one.key, one.sv or one.en, one.mark) for one in options if one.mark is not Mark.NONE}


def _options(question: Question, wanted: tuple[Option, ...]) -> list[Option]:
    named = {option.key for option in wanted}
    missing = [option for option in question.choices if option.key not in named]
    if not missing or db.session.scalar(queries.has_answers(question.id)) is None:
        return list(wanted)
    return [*wanted, *(Option(one.key, one.sv, one.en, one.mark, gone=True) for one in missing)]


def move_question(question: Question, place: int) -> None:
    """Put it in that place (from 0) among the questions that stand; the others close up."""
    survey = question.survey
    others = [one for one in survey.standing if one.id != question.id]
    place = max(0, min(place, len(others)))
    for position, one in enumerate([*others[:place], question, *others[place:]]):
        if one.position != position:
            one.position = position
    db.session.flush()
    db.session.expire(survey, ["questions"])


def lay_aside(question: Question, by: By) -> None:
    """It is not put any more; what was answered to it stays."""
    if question.removed_at is None:
        question.removed_at = by.at
        db.session.flush()


def bring_back(question: Question) -> None:
    """It is put again, where it stood."""
    question.removed_at = None
    db.session.flush()


def answered(survey: Survey) -> int:
    """How many members' submissions count."""
    counted = queries.counted_submissions(survey.id).with_only_columns(func.count())
    return db.session.scalar(counted) or 0


def draft_of(survey: Survey) -> SurveyDraft:
    """The survey as it is asked now, to make another like it."""
    texts = {name: getattr(survey, name) for name in TEXTS}
    return SurveyDraft(survey.key, questions=tuple(map(question_draft, survey.standing)), **texts)


def question_draft(question: Question) -> QuestionDraft:
    """The question as it is asked now."""
    columns = {name: getattr(question, name) for name in QuestionDraft.__dataclass_fields__}
    return QuestionDraft(**{**columns, "options": question.offered})


def _columns(draft: QuestionDraft) -> dict[str, Any]:
    return {**asdict(draft), "options": [option.as_json() for option in draft.options]}


def _free(key: str, taken: Iterable[str]) -> str:
    """The key, or the key with the first number that makes it one of its own."""
    known, free, n = set(taken), key, 2
    while free in known:
        free, n = f"{key}_{n}", n + 1
    return free
