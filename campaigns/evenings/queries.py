"""Selects over evenings: which are under way, who was let in, which links were made, what each caller did."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, and_, case, distinct, func, or_, select
from sqlalchemy.orm import joinedload

from campaigns.evenings.models import Evening, Invitation, Shift
from campaigns.queue.call_queries import REACHED, Assignments, is_open
from campaigns.queue.models import Call, CallAssignment, Target
from campaigns.queue.outcomes import Outcome
from campaigns.queue.queue_queries import under_way
from organiser.accounts.models import Account
from organiser.accounts.permissions import Permission
from organiser.accounts.queries import ids_open_to


def assignments_open_to(account: Account, at: datetime) -> Select[CallAssignment]:
    """The open assignments ``account`` may ring at ``at``: those of a shift under way, and those of the units
    where they plan calls themselves.
    """
    on_shift = (
        select(Shift.assignment_id)
        .join(Shift.evening)
        .where(
            Shift.account_id == account.id,
            Shift.ended_at.is_(None),
            Shift.ends_at > at,
            Evening.ended_at.is_(None),
        )
    )
    planned = CallAssignment.organisation_id.in_(ids_open_to(account, Permission.PLAN_CALLS))
    return (
        select(CallAssignment)
        .join(CallAssignment.campaign)
        .where(under_way(), or_(CallAssignment.id.in_(on_shift), planned))
    )


def evenings_open_to(account: Account) -> Select[Evening]:
    """Evenings of the lists whose units ``account`` plans calls in."""
    return (
        select(Evening)
        .join(Evening.assignment)
        .where(CallAssignment.organisation_id.in_(ids_open_to(account, Permission.PLAN_CALLS)))
    )


def evenings_of(assignment_ids: Assignments) -> Select[Evening]:
    """The evenings of these lists, the latest first."""
    return (
        select(Evening)
        .where(Evening.assignment_id.in_(assignment_ids))
        .order_by(Evening.starts_at.desc(), Evening.id.desc())
    )


def past(assignment_ids: Assignments, at: datetime) -> Select[Evening]:
    """Those of them that are over at ``at``, the latest first."""
    return evenings_of(assignment_ids).where(or_(Evening.ended_at.is_not(None), Evening.ends_at <= at))


def unfinished(assignment_ids: Assignments, at: datetime) -> Select[Evening]:
    """Those of them that are under way at ``at`` or still to come, the next one first."""
    ahead = evenings_of(assignment_ids).where(Evening.ended_at.is_(None), Evening.ends_at > at)
    return ahead.order_by(None).order_by(Evening.starts_at, Evening.id)


def unfinished_of(campaign_id: UUID, at: datetime) -> Select[Evening]:
    """The same for all the lists of a campaign."""
    return unfinished(select(CallAssignment.id).where(CallAssignment.campaign_id == campaign_id), at)


def invitations_to(evening_id: UUID) -> Select[Invitation]:
    """The links made for an evening, in the order they were made."""
    return (
        select(Invitation)
        .where(Invitation.evening_id == evening_id)
        .order_by(Invitation.created_at, Invitation.name, Invitation.id)
    )


def invitations_open_to(account: Account) -> Select[Invitation]:
    """Links to the evenings ``account`` may lead."""
    evenings = evenings_open_to(account).with_only_columns(Evening.id)
    return select(Invitation).where(Invitation.evening_id.in_(evenings))


def shifts_of(evening_ids: Collection[UUID]) -> Select[Shift]:
    """Who was let in, first come first."""
    return (
        select(Shift)
        .where(Shift.evening_id.in_(evening_ids))
        .options(joinedload(Shift.account, innerjoin=True))
        .order_by(Shift.starts_at, Shift.id)
    )


def running_shifts(assignment_ids: Assignments, at: datetime) -> Select[Shift]:
    """Who is let in to these lists just now."""
    return (
        select(Shift)
        .where(Shift.assignment_id.in_(assignment_ids), Shift.ended_at.is_(None), Shift.ends_at > at)
        .options(joinedload(Shift.account, innerjoin=True))
        .order_by(Shift.starts_at, Shift.id)
    )


def run_out_shifts(assignment_id: UUID, at: datetime) -> Select[Shift]:
    """Shifts of a list whose time is over and that nobody has ended."""
    return select(Shift).where(
        Shift.assignment_id == assignment_id, Shift.ended_at.is_(None), Shift.ends_at <= at
    )


def shifts_open_to(account: Account) -> Select[Shift]:
    """Shifts of the evenings ``account`` may lead."""
    evenings = evenings_open_to(account).with_only_columns(Evening.id)
    return select(Shift).where(Shift.evening_id.in_(evenings))


def ringing(assignment_ids: Assignments, at: datetime) -> Select[int]:
    """How many of those let in to these lists hold somebody on them just now."""
    holders = (
        select(Call.caller_id)
        .join(Call.target)
        .where(Target.assignment_id.in_(assignment_ids), is_open(), Call.lease_until > at)
    )
    inside = running_shifts(assignment_ids, at).where(Shift.account_id.in_(holders)).order_by(None)
    return inside.with_only_columns(func.count(distinct(Shift.account_id)), maintain_column_froms=True)


def rung_by_each(assignment_id: UUID, since: datetime) -> Select[UUID, int, int]:
    """For each caller of a list: calls reported since then, and members reached by them."""
    reached = Call.outcome.in_(REACHED)
    return (
        select(Call.caller_id, func.count(), func.count(distinct(case((reached, Call.member_id)))))
        .join(Target, and_(Call.target_id == Target.id, Call.tenant_id == Target.tenant_id))
        .where(
            Target.assignment_id == assignment_id,
            Call.reported_at >= since,
            Call.outcome.is_not(None),
            Call.outcome != Outcome.SKIPPED,
        )
        .group_by(Call.caller_id)
    )
