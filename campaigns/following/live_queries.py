"""Selects behind the live page: who rings, what was told today. None of them reads calls of other days."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import joinedload

from campaigns.evenings.models import Evening, Shift
from campaigns.evenings.queries import unfinished
from campaigns.queue.call_queries import is_open
from campaigns.queue.models import Call, CallAssignment, FollowUp, Target
from campaigns.queue.outcomes import Outcome
from campaigns.queue.states import TargetState, Turn
from campaigns.surveys.models import Answer

TOLD = [outcome for outcome in Outcome if outcome is not Outcome.SKIPPED]
Lists = Collection[UUID]
MOST_EVENINGS = 12


def told_since(list_ids: Lists, since: datetime) -> Select[UUID, UUID, Outcome | None, datetime | None]:
    """Call, caller, outcome and moment of everything told of these lists since then, in order."""
    return (
        select(Call.id, Call.caller_id, Call.outcome, Call.reported_at)
        .join(Call.target)
        .where(Call.outcome.in_(TOLD), Call.reported_at >= since, Target.assignment_id.in_(list_ids))
        .order_by(Call.reported_at, Call.id)
    )


def answered_since(list_ids: Lists, since: datetime) -> Select[UUID | None]:
    """The calls among them in which a question of a survey was answered."""
    calls = told_since(list_ids, since).with_only_columns(Call.id).order_by(None)
    return select(Answer.call_id).where(Answer.call_id.in_(calls)).distinct()


def holding(list_ids: Lists, at: datetime) -> Select[UUID, datetime]:
    """Who has a member of these lists on the phone at ``at``, and since when."""
    return (
        select(Call.caller_id, Call.taken_at)
        .join(Call.target)
        .where(is_open(), Call.lease_until > at, Target.assignment_id.in_(list_ids))
        .order_by(Call.taken_at, Call.id)
    )


def whole_leases(list_ids: Lists, caller_ids: Lists, since: datetime) -> Select[UUID, int]:
    """How many members each of these callers held until the time was up, without a word, since then."""
    return (
        select(Call.caller_id, func.count())
        .join(Call.target)
        .where(
            Call.caller_id.in_(caller_ids),
            Call.taken_at >= since,
            Call.outcome.is_(None),
            Call.given_back_at >= Call.lease_until,
            Target.assignment_id.in_(list_ids),
        )
        .group_by(Call.caller_id)
    )


def under_way(list_ids: Lists, at: datetime) -> Select[Evening]:
    """The evenings of these lists that go on at ``at``, with their associations; at most a screenful."""
    return (
        unfinished(list_ids, at)
        .where(Evening.starts_at <= at)
        .options(
            joinedload(Evening.assignment, innerjoin=True).joinedload(
                CallAssignment.organisation, innerjoin=True
            )
        )
        .limit(MOST_EVENINGS)
    )


def promised_until(list_ids: Lists, until: datetime) -> Select[int, datetime]:
    """How many were promised a call before then, and when the first of them is."""
    return select(func.count(), func.min(Target.due_at)).where(
        Target.assignment_id.in_(list_ids),
        Target.state == TargetState.QUEUED,
        Target.turn == Turn.PROMISED,
        Target.due_at < until,
    )


def told_mark(list_ids: Lists, since: datetime) -> Select[int, datetime]:
    """How much has been told since then, and when the last of it was."""
    told = told_since(list_ids, since).order_by(None)
    return told.with_only_columns(func.count(), func.max(Call.reported_at), maintain_column_froms=True)


def held_mark(list_ids: Lists, at: datetime) -> Select[int, datetime]:
    """How many are held at ``at``, and since when the last of them is."""
    held = holding(list_ids, at).order_by(None)
    return held.with_only_columns(func.count(), func.max(Call.taken_at), maintain_column_froms=True)


def shift_mark(list_ids: Lists, at: datetime) -> Select[int, datetime]:
    """How many are let in at ``at``, and when the last of them came."""
    return select(func.count(), func.max(Shift.starts_at)).where(
        Shift.assignment_id.in_(list_ids), Shift.ended_at.is_(None), Shift.ends_at > at
    )


def errand_mark(list_ids: Lists) -> Select[int, int, datetime | None]:
    """How much was left to an organiser, how much of it is done, and when the last was."""
    return select(func.count(), func.count(FollowUp.done_at), func.max(FollowUp.done_at)).where(
        FollowUp.assignment_id.in_(list_ids)
    )


def due_mark(list_ids: Lists, at: datetime) -> Select[int]:
    """How many wait in the queue and may be rung at ``at`` as far as their turn goes."""
    return select(func.count()).where(
        and_(
            Target.assignment_id.in_(list_ids),
            Target.state == TargetState.QUEUED,
            Target.due_at <= at,
        )
    )
