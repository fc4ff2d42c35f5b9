"""Keep what a member answered: the same again changes nothing, what was said before is kept, and all that a
call noted can be taken back. Only flushes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError

from campaigns.surveys import queries
from campaigns.surveys.marking import says_yes, write_marks
from campaigns.surveys.models import Answer, Question, Submission, Survey
from campaigns.surveys.reading import AnswerFault, NotAnAnswer, read_answer
from organiser.core.database import db
from organiser.members.kinds import Source
from organiser.members.models import Member
from organiser.members.services import By


@dataclass(frozen=True, slots=True)
class Said:
    """Who noted it and when, where it was said, and in which call."""

    by: By
    source: Source
    call_id: UUID | None = None


def answer(  # noqa: PLR0913  # whose answer to what, who noted it, and where it was said
    survey: Survey,
    member: Member,
    question: Question,
    value: Any,
    *,
    by: By,
    source: Source = Source.PERSON,
    call_id: UUID | None = None,
) -> Answer | None:
    """Keep ``value`` (as ``read_answer`` takes it) as what the member answers; nothing, or an empty text,
    takes the answer back. Gives the answer that stands now. Sending it twice keeps it once.
    Raises ``NotAnAnswer``: also where the survey is closed.
    """
    assert question.survey_id == survey.id
    told = read_answer(question, value)
    if not survey.is_open:
        raise NotAnAnswer(AnswerFault.CLOSED)
    submission = db.session.scalar(_held(survey.id, member.id))
    if submission is None:
        if told is None:
            return None
        submission = _begin(survey, member, Said(by, source, call_id))
    return _keep(submission, question, told, Said(by, source, call_id))


def take_back_call(call_id: UUID, by: By) -> None:
    """What a call noted, replaced or took back becomes what it was before; what somebody has changed since
    stays as it is.
    """
    for submission_id, question_id in db.session.execute(queries.touched_in_call(call_id)).all():
        history = db.session.scalars(queries.history_of(submission_id, question_id)).all()
        if _last_word(history[0]) != call_id:
            continue
        submission = db.session.scalars(select(Submission).where(Submission.id == submission_id)).one()
        question = db.session.scalars(select(Question).where(Question.id == question_id)).one()
        before = _before(history, call_id)
        if before is None:
            _keep(submission, question, None, Said(by, Source.CALL))
        else:
            _keep(submission, question, before.value, Said(by, before.source, before.call_id))


def _last_word(latest: Answer) -> UUID | None:
    """The call that had the last word on a question: noted its standing answer, or took it back."""
    return latest.call_id if latest.replaced_at is None else latest.replaced_in


def _before(history: Sequence[Answer], call_id: UUID) -> Answer | None:
    """The answer that stood when the call began; ``history`` is latest first."""
    replaced = (one for one in history if one.call_id != call_id and one.replaced_in == call_id)
    return next(replaced, None)


def _held(survey_id: UUID, member_id: UUID) -> Select[Submission]:
    """The member's submission, kept from every other writer until we are done."""
    return queries.submission_of(survey_id, member_id).with_for_update(of=Submission)


def _begin(survey: Survey, member: Member, said: Said) -> Submission:
    fresh = Submission(
        survey_id=survey.id,
        member_id=member.id,
        begun_at=said.by.at,
        changed_at=said.by.at,
        by_id=said.by.account_id,
        source=said.source,
    )
    try:
        with db.session.begin_nested():
            db.session.add(fresh)
    except IntegrityError:  # somebody else was quicker; the database keeps one
        return db.session.scalars(_held(survey.id, member.id)).one()
    return fresh


def _keep(submission: Submission, question: Question, told: Any, said: Said) -> Answer | None:
    standing = db.session.scalars(queries.standing_answers(submission.id)).all()
    known = next((one for one in standing if one.question_id == question.id), None)
    if _same(known.value if known else None, told):
        return known
    if known is not None:
        known.replaced_at, known.replaced_by_id = said.by.at, said.by.account_id
        known.replaced_in = said.call_id
        db.session.flush()
    fresh = _note(submission, question, told, said) if told is not None else None
    _count(submission, said.by, counts=fresh is not None or len(standing) > (known is not None))
    if question.marks:
        write_marks(submission.member, question, told, said.by)
    return fresh


def _same(kept: Any, told: Any) -> bool:
    """Whether it is the same answer; 1 is not yes."""
    return type(kept) is type(told) and kept == told


def _note(submission: Submission, question: Question, told: Any, said: Said) -> Answer:
    fresh = Answer(
        submission_id=submission.id,
        question_id=question.id,
        value=told,
        says_yes=says_yes(question, told),
        at=said.by.at,
        by_id=said.by.account_id,
        source=said.source,
        call_id=said.call_id,
    )
    db.session.add(fresh)
    return fresh


def _count(submission: Submission, by: By, *, counts: bool) -> None:
    """When it was last changed, and since when it counts."""
    submission.changed_at = by.at
    if not counts:
        submission.counts_at = None
    elif submission.counts_at is None:
        submission.counts_at = by.at
    db.session.flush()
