"""Selects over calls: who holds whom, what became of the calls to a member, how many were rung today."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, distinct, func, or_, select
from sqlalchemy.orm import joinedload

from campaigns.queue.models import Call, CallAssignment, Target
from campaigns.queue.outcomes import Outcome

Assignments = Collection[UUID] | Select[UUID]
REACHED = [outcome for outcome in Outcome if outcome.reached]
RECENT = 5


def is_open() -> ColumnElement[bool]:
    """A call whose caller still holds the member."""
    return and_(Call.outcome.is_(None), Call.given_back_at.is_(None))


def called_members() -> Select[UUID]:
    """Everybody of whom there is a call, whatever came of it."""
    return select(Call.member_id)


def calls_of(caller_id: UUID) -> Select[Call]:
    """A caller's own calls, also those reported or given back."""
    return select(Call).where(Call.caller_id == caller_id)


def in_full(query: Select[Call]) -> Select[Call]:
    """The same calls with member, list, association and campaign, all in one question."""
    assignment = joinedload(Call.target, innerjoin=True).joinedload(Target.assignment, innerjoin=True)
    return query.options(
        joinedload(Call.member, innerjoin=True),
        assignment.joinedload(CallAssignment.organisation, innerjoin=True),
        assignment.joinedload(CallAssignment.campaign, innerjoin=True),
    )


def recent_calls(caller_id: UUID) -> Select[Call]:
    """The caller's last five reports that stand, the latest first."""
    reported = Call.outcome.is_not(None), Call.given_back_at.is_(None)
    return (
        calls_of(caller_id).where(*reported).order_by(Call.reported_at.desc(), Call.id.desc()).limit(RECENT)
    )


def in_the_way_of(call: Call) -> Select[UUID]:
    """Calls for which this one's late report, or its undoing, comes too late: others that hold the member or
    ring the number, or were made to the same member of the list afterwards.
    """
    holding = and_(is_open(), or_(Call.member_id == call.member_id, Call.e164 == call.e164))
    later = and_(
        Call.target_id == call.target_id, Call.outcome.is_not(None), Call.reported_at >= call.taken_at
    )
    return select(Call.id).where(Call.id != call.id, or_(holding, later))


def later_than(call: Call) -> Select[UUID]:
    """Calls to the same member of the list, reported after this one or still under way."""
    later = or_(is_open(), and_(Call.outcome.is_not(None), Call.reported_at > call.reported_at))
    return select(Call.id).where(Call.target_id == call.target_id, Call.id != call.id, later)


def calls_to(member_id: UUID) -> Select[Call]:
    """What became of the calls to a member, the latest first."""
    return (
        select(Call)
        .where(Call.member_id == member_id, Call.outcome.is_not(None), Call.outcome != Outcome.SKIPPED)
        .order_by(Call.reported_at.desc(), Call.id.desc())
    )


def rung_since(assignment_ids: Assignments, caller_id: UUID, since: datetime) -> Select[int, int, int, int]:
    """Calls reported since then and members reached by them: of everybody, then of one caller."""
    own, reached = Call.caller_id == caller_id, Call.outcome.in_(REACHED)
    return (
        select(
            func.count(),
            func.count(distinct(case((reached, Call.member_id)))),
            func.count(case((own, 1))),
            func.count(distinct(case((and_(own, reached), Call.member_id)))),
        )
        .select_from(Call)
        .join(Call.target)
        .where(
            Target.assignment_id.in_(assignment_ids),
            Call.reported_at >= since,
            Call.outcome.is_not(None),
            Call.outcome != Outcome.SKIPPED,
        )
    )


def lists_rung_by(caller_id: UUID, since: datetime) -> Select[UUID]:
    """The assignments a caller has reported calls of since then."""
    return (
        select(Target.assignment_id)
        .join(Call, and_(Call.target_id == Target.id, Call.tenant_id == Target.tenant_id))
        .where(Call.caller_id == caller_id, Call.reported_at >= since)
        .distinct()
    )


def held_by_others(assignment_ids: Assignments, caller_id: UUID, at: datetime) -> Select[int]:
    """How many members of these lists somebody else is ringing just now."""
    return (
        select(func.count())
        .select_from(Call)
        .join(Call.target)
        .where(
            Target.assignment_id.in_(assignment_ids),
            is_open(),
            Call.lease_until > at,
            Call.caller_id != caller_id,
        )
    )
