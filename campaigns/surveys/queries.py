"""Selects over surveys and answers; built here, run by services, pages and the rooms above."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from campaigns.surveys.models import Answer, Question, Submission, Survey
from organiser.accounts.models import Account
from organiser.accounts.permissions import Permission
from organiser.accounts.queries import ids_open_to
from organiser.core.prepared import question
from organiser.members.models import Member
from organiser.orgs.models import Organisation


def surveys_open_to(account: Account, permission: Permission) -> Select[Survey]:
    """The surveys of units where ``account`` holds ``permission``, latest made first."""
    return (
        select(Survey)
        .where(Survey.organisation_id.in_(ids_open_to(account, permission)))
        .order_by(Survey.created_at.desc(), Survey.id.desc())
    )


def surveys_usable_in(unit: Organisation) -> Select[Survey]:
    """The open surveys a campaign of ``unit`` may ask: its own and those of the units above it."""
    return (
        select(Survey)
        .join(Survey.organisation)
        .where(Survey.closed_at.is_(None), or_(*(Organisation.path == path for path in _line(unit.path))))
        .order_by(Survey.created_at.desc(), Survey.id.desc())
    )


def _line(path: str) -> list[str]:
    """The paths of the units from the top of the tree down to the one at ``path``."""
    parts = path.strip("/").split("/")
    return [f"/{'/'.join(parts[: n + 1])}/" for n in range(len(parts))]


def with_questions(query: Select[Survey]) -> Select[Survey]:
    """The same surveys with their unit and questions: one question more, however many there are."""
    return query.options(joinedload(Survey.organisation, innerjoin=True), selectinload(Survey.questions))


def open_survey(survey_id: UUID) -> Select[Survey]:
    """A survey that is not closed, with its unit and questions."""
    return with_questions(select(Survey).where(Survey.id == survey_id, Survey.closed_at.is_(None)))


def with_units(query: Select[Survey]) -> Select[Survey]:
    """The same surveys with their unit, in the same question to the database."""
    return query.options(joinedload(Survey.organisation, innerjoin=True))


def submissions_counted(survey_ids: Collection[UUID]) -> Select[UUID, int]:
    """How many submissions of each survey count; those without any are left out."""
    return (
        select(Submission.survey_id, func.count())
        .where(Submission.survey_id.in_(survey_ids), Submission.counts_at.is_not(None))
        .group_by(Submission.survey_id)
    )


def surveys_of(unit_id: UUID) -> Select[Survey]:
    """A unit's own surveys, latest made first."""
    return (
        select(Survey)
        .where(Survey.organisation_id == unit_id)
        .order_by(Survey.created_at.desc(), Survey.id.desc())
    )


def surveys_called(key: str, unit_id: UUID) -> Select[Survey]:
    """The surveys of a unit with this name in files, latest made first."""
    return surveys_of(unit_id).where(Survey.key == key)


def submission_of(survey_id: UUID, member_id: UUID) -> Select[Submission]:
    """What the member has answered in the survey: one, or none."""
    return select(Submission).where(Submission.survey_id == survey_id, Submission.member_id == member_id)


def has_answered(survey_id: UUID) -> ColumnElement[bool]:
    """The condition on ``Member`` that they have a submission of the survey that counts."""
    return exists().where(
        Submission.tenant_id == Member.tenant_id,
        Submission.member_id == Member.id,
        Submission.survey_id == survey_id,
        Submission.counts_at.is_not(None),
    )


def counted_submissions(survey_id: UUID) -> Select[Submission]:
    """The submissions of a survey that count: those in which an answer stands."""
    return select(Submission).where(Submission.survey_id == survey_id, Submission.counts_at.is_not(None))


def standing_answers(submission_id: UUID) -> Select[Answer]:
    """The answers of a submission that are neither replaced nor taken back."""
    return select(Answer).where(Answer.submission_id == submission_id, Answer.replaced_at.is_(None))


@question()
def answers_of(survey_id: UUID, member_id: UUID) -> Select[Answer]:
    """The answers of a member in a survey that stand."""
    return (
        select(Answer)
        .join(Answer.submission)
        .where(
            Submission.survey_id == survey_id,
            Submission.member_id == member_id,
            Answer.replaced_at.is_(None),
        )
    )


def answers_by(member_id: UUID) -> Select[Answer]:
    """Everything a member has answered that stands, with question, survey and who noted it; survey by
    survey, latest first, each in the order of its questions.
    """
    return (
        select(Answer)
        .join(Answer.submission)
        .join(Answer.question)
        .where(Submission.member_id == member_id, Answer.replaced_at.is_(None))
        .order_by(Submission.changed_at.desc(), Submission.survey_id, Question.position, Question.id)
        .options(joinedload(Answer.by), joinedload(Answer.question).joinedload(Question.survey))
    )


def standing_answers_to(question_id: UUID) -> Select[Answer]:
    """The standing answers to one question, with whose they are."""
    return (
        select(Answer)
        .where(Answer.question_id == question_id, Answer.replaced_at.is_(None))
        .options(joinedload(Answer.submission).joinedload(Submission.member))
    )


def history_of(submission_id: UUID, question_id: UUID) -> Select[Answer]:
    """Every answer to a question that a submission has ever had, latest first."""
    return (
        select(Answer)
        .where(Answer.submission_id == submission_id, Answer.question_id == question_id)
        .order_by(Answer.at.desc(), Answer.id.desc())
    )


def touched_in_call(call_id: UUID) -> Select[UUID, UUID]:
    """Submission and question of every answer that a call noted, replaced or took back."""
    touched = or_(Answer.call_id == call_id, Answer.replaced_in == call_id)
    return select(Answer.submission_id, Answer.question_id).where(touched).distinct()


def surveyed_members() -> Select[UUID, datetime | None]:
    """Each member of whom a submission counts, and since when: ``member_id``, ``surveyed_at``."""
    return (
        select(Submission.member_id, func.min(Submission.counts_at).label("surveyed_at"))
        .where(Submission.counts_at.is_not(None))
        .group_by(Submission.member_id)
    )


def surveyed_at(moment: datetime) -> Select[UUID]:
    """The members of whom an answer stood at ``moment``; may name a member more than once."""
    return select(Submission.member_id).join(Answer.submission).where(_stood(moment))


def willing_members() -> Select[UUID, datetime]:
    """Each member with a standing answer that names a task, and since when: ``member_id``, ``willing_at``."""
    return (
        select(Submission.member_id, func.min(Answer.at).label("willing_at"))
        .join(Answer.submission)
        .where(Answer.says_yes, Answer.replaced_at.is_(None))
        .group_by(Submission.member_id)
    )


def willing_at(moment: datetime) -> Select[UUID]:
    """The members of whom an answer that names a task stood at ``moment``; may name one more than once."""
    return select(Submission.member_id).join(Answer.submission).where(Answer.says_yes, _stood(moment))


def _stood(moment: datetime) -> ColumnElement[bool]:
    return and_(Answer.at <= moment, or_(Answer.replaced_at.is_(None), Answer.replaced_at > moment))


def answered_members() -> Select[UUID]:
    """The ids of members of whom any answer was ever kept."""
    return select(Submission.member_id)


def has_answers(question_id: UUID) -> Select[UUID]:
    """Any one answer to the question, standing or not."""
    return select(Answer.id).where(Answer.question_id == question_id).limit(1)
