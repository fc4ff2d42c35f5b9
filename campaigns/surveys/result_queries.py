"""Selects behind the results: counts per question and unit, never a member; and the words, with members."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import Select, String, case, cast, func, select
from sqlalchemy.orm import joinedload

from campaigns.surveys.kinds import QuestionKind
from campaigns.surveys.models import Answer, Question, Submission
from organiser.accounts.models import Account
from organiser.accounts.permissions import Permission
from organiser.accounts.queries import ids_open_to
from organiser.members.models import Member
from organiser.members.rules import OVER_STATUSES
from organiser.orgs.models import Organisation
from organiser.orgs.queries import below

Units = Collection[UUID]
"""Ids, not a query for them: PostgreSQL would take a path's prefix to match one unit, and plan for that."""
WORDS = [kind for kind in QuestionKind if kind.is_words]


def members_by_unit(unit_ids: Units) -> Select[UUID, int]:
    """How many current members each unit has itself; units without any are left out."""
    return (
        select(Member.organisation_id, func.count())
        .where(Member.organisation_id.in_(unit_ids), Member.status.not_in(OVER_STATUSES))
        .group_by(Member.organisation_id)
    )


def submissions_by_unit(survey_id: UUID, unit_ids: Units) -> Select[UUID, int]:
    """How many of each unit's current members have a submission that counts."""
    return (
        members_by_unit(unit_ids)
        .join(Submission, (Submission.tenant_id == Member.tenant_id) & (Submission.member_id == Member.id))
        .where(Submission.survey_id == survey_id, Submission.counts_at.is_not(None))
    )


def tallies(survey_id: UUID, unit_ids: Units) -> Select[UUID, UUID, str | None, int]:
    """Question, unit, answer as JSON (none for words, which are not told apart) and how many gave it: of the
    standing answers of current members.
    """
    told = case((Question.kind.in_(WORDS), None), else_=cast(Answer.value, String)).label("told")
    return (
        select(Answer.question_id, Member.organisation_id, told, func.count())
        .join(Answer.submission)
        .join(Submission.member)
        .join(Answer.question)
        .where(
            Submission.survey_id == survey_id,
            Answer.replaced_at.is_(None),
            Member.organisation_id.in_(unit_ids),
            Member.status.not_in(OVER_STATUSES),
        )
        .group_by(Answer.question_id, Member.organisation_id, told)
    )


def words_said(question: Question, account: Account) -> Select[Any]:
    """The standing answers in words to a question, of current members below the survey's unit that
    ``account`` may see; with member and association, in Swedish order of associations and names.
    """
    units = below(question.survey.organisation_id).with_only_columns(Organisation.id).order_by(None)
    return (
        select(Answer)
        .join(Answer.submission)
        .join(Submission.member)
        .join(Member.organisation)
        .where(
            Answer.question_id == question.id,
            Answer.replaced_at.is_(None),
            Member.organisation_id.in_(units),
            Member.organisation_id.in_(ids_open_to(account, Permission.SEE_MEMBERS)),
            Member.status.not_in(OVER_STATUSES),
        )
        .order_by(Organisation.sort_key, Member.sort_key, Answer.id)
        .options(
            joinedload(Answer.submission).joinedload(Submission.member).joinedload(Member.organisation),
            joinedload(Answer.by),
        )
    )
