"""Selects over the queue: who waits in it until when."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, select

from campaigns.queue.call_queries import Assignments
from campaigns.queue.models import CallAssignment, Campaign, Target
from campaigns.queue.states import TargetState
from organiser.members.models import Member
from organiser.members.queries import callable_on


def under_way() -> ColumnElement[bool]:
    """Neither the assignment nor its campaign is closed; asks for both in the select's FROM."""
    return and_(CallAssignment.closed_at.is_(None), Campaign.closed_at.is_(None))


def resting_targets(assignment_ids: Assignments, at: datetime, on: date) -> Select[Target]:
    """Those in the queue whose time has not come, the soonest first."""
    listed = _of(assignment_ids)
    return in_queue(on).where(listed, Target.due_at > at).order_by(Target.due_at, Target.id)


def in_queue(on: date) -> Select[Target]:
    """Whoever is in an open queue and may be rung that day at all."""
    return (
        select(Target)
        .join(Target.member)
        .join(Target.assignment)
        .join(CallAssignment.campaign)
        .where(
            Target.state == TargetState.QUEUED,
            under_way(),
            Member.organisation_id == CallAssignment.organisation_id,
            callable_on(on),
        )
    )


def _of(assignment_ids: Assignments) -> ColumnElement[bool]:
    """One list is asked for by name, so that its index is walked in order."""
    if isinstance(assignment_ids, Collection) and len(assignment_ids) == 1:
        return Target.assignment_id == next(iter(assignment_ids))
    return Target.assignment_id.in_(assignment_ids)
