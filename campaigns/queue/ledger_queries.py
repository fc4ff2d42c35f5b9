"""Selects that count a list: by state, and who waits for an organiser."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, exists, func, or_, select
from sqlalchemy.orm import joinedload

from campaigns.queue.models import Call, Target
from campaigns.queue.states import TargetState

WAITING = (TargetState.FLAGGED, TargetState.NO_NUMBER)


def ledger(assignment_ids: Collection[UUID] | Select[UUID]) -> Select[UUID, TargetState, int, int]:
    """For each assignment and state: how many stand so, and how many of them have been tried."""
    tried = func.count(case((or_(Target.tries > 0, Target.state == TargetState.DONE), 1)))
    return (
        select(Target.assignment_id, Target.state, func.count(), tried)
        .where(Target.assignment_id.in_(assignment_ids))
        .group_by(Target.assignment_id, Target.state)
    )


def waiting_targets(assignment_ids: Collection[UUID] | Select[UUID]) -> Select[Target]:
    """Members an organiser must do something for: set aside, or a caller left a message; longest first."""
    told = exists().where(Call.target_id == Target.id, Call.tenant_id == Target.tenant_id, _unread())
    return (
        select(Target)
        .where(Target.assignment_id.in_(assignment_ids), or_(Target.state.in_(WAITING), told))
        .order_by(Target.id)
    )


def waiting_counts(assignment_ids: Collection[UUID] | Select[UUID]) -> Select[UUID, int]:
    """For each list where somebody waits, how many do."""
    waiting = waiting_targets(assignment_ids).order_by(None)
    return waiting.with_only_columns(Target.assignment_id, func.count()).group_by(Target.assignment_id)


def _unread() -> ColumnElement[bool]:
    """A message to the organiser, or a second story of the same call, that nobody has dealt with."""
    told = or_(Call.message != "", cast(Call.also_told, String) != "[]")
    return and_(told, Call.outcome.is_not(None), Call.handled_at.is_(None))


def told_of(target_ids: Collection[UUID]) -> Select[Call]:
    """What callers told of these members, the latest first."""
    return (
        select(Call)
        .where(Call.target_id.in_(target_ids), Call.outcome.is_not(None))
        .options(joinedload(Call.caller, innerjoin=True))
        .order_by(Call.reported_at.desc(), Call.id.desc())
    )


def unread_of(target_id: UUID) -> Select[Call]:
    """The messages about a member that nobody has dealt with."""
    return select(Call).where(Call.target_id == target_id, _unread())
