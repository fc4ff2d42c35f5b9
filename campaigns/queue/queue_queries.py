"""Selects over the queue: which lists a caller may ring, who comes next, and how far it has come."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select, true

from campaigns.queue.call_queries import Assignments, is_open
from campaigns.queue.models import Call, CallAssignment, Campaign, HeldNumber, Target
from campaigns.queue.outcomes import Outcome
from campaigns.queue.states import TargetState, Turn
from organiser.accounts.models import Account
from organiser.members.models import Contact, Member, PhoneNumber
from organiser.members.queries import callable_on
from organiser.members.rules import USABLE_STATES


def under_way() -> ColumnElement[bool]:
    """Neither the assignment nor its campaign is closed; asks for both in the select's FROM."""
    return and_(CallAssignment.closed_at.is_(None), Campaign.closed_at.is_(None))


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks for somebody to ring, what is known to be their own, when, and on which day."""

    caller_id: UUID
    email: str
    numbers: tuple[str, ...]
    at: datetime
    on: date


def asking_of(caller: Account, at: datetime, zone: ZoneInfo, own_numbers: Collection[str] = ()) -> Asking:
    """``caller`` asking at ``at``, in the tenant's zone."""
    return Asking(caller.id, (caller.email or "").lower(), tuple(own_numbers), at, at.astimezone(zone).date())


FIRST, THEN = (Turn.PROMISED, Turn.NEW), (Turn.AGAIN,)
"""Asked for one after the other: so the index is walked from its beginning, and never through those at rest.
"""


def due_targets(lists: Sequence[CallAssignment], asking: Asking, turns: Collection[Turn]) -> Select[Target]:
    """Who of those whose turn is one of ``turns`` may be rung by this caller now, in order. Nobody who may
    not be rung today, who rests or is held, whose number somebody rings just now, whom this caller has
    skipped, or who is the caller.
    """
    held = select(Call.member_id).where(is_open())
    skipped = select(Call.target_id).where(
        Call.caller_id == asking.caller_id, Call.outcome == Outcome.SKIPPED, Call.target_id == Target.id
    )
    return (
        _queued([one.id for one in lists], asking.on)
        .where(
            _in_pool(lists),
            Target.turn.in_(turns),
            Target.due_at <= asking.at,
            Target.member_id.not_in(held),
            ~_rung_on_a_held_number(),
            ~exists(skipped),
            or_(Target.turn == Turn.PROMISED, ~_rests(asking.at)),
            *_not_oneself(asking),
        )
        .order_by(Target.turn, Target.due_at, Target.id)
    )


def _in_pool(lists: Sequence[CallAssignment]) -> ColumnElement[bool]:
    """All the lists of few campaigns are walked by campaign: the index has them in order."""
    if len(lists) == 1:
        return true()
    campaigns = sorted({one.campaign_id for one in lists})
    return Target.campaign_id == campaigns[0] if len(campaigns) == 1 else Target.campaign_id.in_(campaigns)


def _rests(at: datetime) -> ColumnElement[bool]:
    """Whether the member was rung so lately that they rest, in whatever campaign."""
    return exists().where(
        Call.tenant_id == Target.tenant_id, Call.member_id == Target.member_id, Call.rests_until > at
    )


def _rung_on_a_held_number() -> ColumnElement[bool]:
    """Whether somebody is being rung who has a number in common with the member."""
    return exists().where(
        PhoneNumber.tenant_id == Target.tenant_id,
        PhoneNumber.member_id == Target.member_id,
        PhoneNumber.e164.in_(select(HeldNumber.e164)),
    )


def _not_oneself(asking: Asking) -> list[ColumnElement[bool]]:
    found = []
    if asking.email:
        found.append(func.lower(Member.email) != asking.email)
    if asking.numbers:
        found.append(~Member.numbers.any(PhoneNumber.e164.in_(asking.numbers)))
    return found


def resting_targets(assignment_ids: Assignments, at: datetime, on: date) -> Select[Target]:
    """Those in the queue whose time has not come, the soonest first."""
    return _queued(assignment_ids, on).where(Target.due_at > at).order_by(Target.due_at, Target.id)


def _queued(assignment_ids: Assignments, on: date) -> Select[Target]:
    """Whoever is in an open queue and may be rung that day at all."""
    return (
        select(Target)
        .join(Target.member)
        .join(Target.assignment)
        .join(CallAssignment.campaign)
        .where(
            _of(assignment_ids),
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
        .where(Target.assignment_id.in_(assignment_ids), Target.state != TargetState.OUTSIDE)
        .group_by(Target.assignment_id)
    )
