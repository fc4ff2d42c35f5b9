"""Selects over the queue: which lists a caller may ring, who comes next, and how far it has come."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, case, func, or_, select

from campaigns.queue.call_queries import Assignments, is_open
from campaigns.queue.models import Call, CallAssignment, Campaign, Target
from campaigns.queue.outcomes import Outcome
from campaigns.queue.states import TargetState
from organiser.members.models import Contact, Member, PhoneNumber
from organiser.members.queries import callable_on
from organiser.members.rules import USABLE_STATES


def under_way() -> ColumnElement[bool]:
    """Neither the assignment nor its campaign is closed; asks for both in the select's FROM."""
    return and_(CallAssignment.closed_at.is_(None), Campaign.closed_at.is_(None))


def due_targets(assignment_ids: Assignments, caller_id: UUID, at: datetime) -> Select[Target]:
    """Who may be rung at ``at`` by this caller, in the order they shall be: promised call-backs, then those
    never tried, then the longest rested. Nobody who may not be rung today, whom somebody holds, whose number
    somebody rings just now, or whom this caller has skipped.
    """
    held = select(Call.member_id).where(is_open())
    ringing = select(Call.e164).where(is_open())
    skipped = select(Call.target_id).where(Call.caller_id == caller_id, Call.outcome == Outcome.SKIPPED)
    return (
        _queued(assignment_ids, at)
        .where(
            or_(Target.due_at.is_(None), Target.due_at <= at),
            Target.member_id.not_in(held),
            _first_number().not_in(ringing),
            Target.id.not_in(skipped),
        )
        .order_by(Target.promised.desc(), Target.tries > 0, Target.due_at.asc().nulls_first(), Target.id)
    )


def resting_targets(assignment_ids: Assignments, at: datetime) -> Select[Target]:
    """Those in the queue whose time has not come, the soonest first."""
    return _queued(assignment_ids, at).where(Target.due_at > at).order_by(Target.due_at, Target.id)


def _queued(assignment_ids: Assignments, at: datetime) -> Select[Target]:
    """Whoever is in an open queue and may be rung that day at all."""
    return (
        select(Target)
        .join(Target.member)
        .join(Target.assignment)
        .join(CallAssignment.campaign)
        .where(
            Target.assignment_id.in_(assignment_ids),
            Target.state == TargetState.QUEUED,
            under_way(),
            Member.organisation_id == CallAssignment.organisation_id,
            callable_on(at.date()),
        )
    )


def _first_number() -> ScalarSelect[str]:
    """The number that would be dialled."""
    return (
        select(PhoneNumber.e164)
        .where(PhoneNumber.member_id == Target.member_id, PhoneNumber.state.in_(USABLE_STATES))
        .order_by(PhoneNumber.position, PhoneNumber.id)
        .limit(1)
        .correlate(Target)
        .scalar_subquery()
    )


def numbers_to_ring(member_id: UUID) -> Select[PhoneNumber]:
    """The numbers that may still reach a member, the first to be dialled first."""
    return (
        select(PhoneNumber)
        .where(PhoneNumber.member_id == member_id, PhoneNumber.state.in_(USABLE_STATES))
        .order_by(PhoneNumber.position, PhoneNumber.id)
    )


def last_contact(member_id: UUID) -> Select[Contact]:
    """The latest contact by another way than our calls."""
    return (
        select(Contact)
        .where(Contact.member_id == member_id)
        .order_by(Contact.on.desc(), Contact.created_at.desc())
        .limit(1)
    )


def progress(assignment_ids: Assignments) -> Select[UUID, int, int]:
    """For each assignment: its id, how many are on its list, and how many of them are still in the queue."""
    left = func.count(case((Target.state == TargetState.QUEUED, 1)))
    return (
        select(Target.assignment_id, func.count(), left)
        .where(Target.assignment_id.in_(assignment_ids))
        .group_by(Target.assignment_id)
    )
