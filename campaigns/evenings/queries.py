"""Selects over evenings: which are under way, who was let in, which links were made, what each caller did."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, distinct, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from campaigns.evenings.models import Evening, Invitation, Shift
from campaigns.queue.call_queries import REACHED, Assignments, is_open
from campaigns.queue.models import Call, CallAssignment, Campaign, Target
from campaigns.queue.outcomes import Outcome
from campaigns.queue.queue_queries import under_way
from organiser.accounts.models import Account
from organiser.accounts.permissions import Permission
from organiser.accounts.queries import ids_open_to, ids_open_to_account
from organiser.core.prepared import Question, question


def assignments_open_to(account: Account, at: datetime) -> Select[CallAssignment]:
    """The open assignments ``account`` may ring at ``at``: those of a shift under way (all of the campaign's,
    in its pool), and those of the units where they plan calls themselves.
    """
    return _open_to(account.id, at)


def _open_to(account_id: UUID, at: datetime) -> Select[CallAssignment]:
    alone = shifts_now(account_id, at).with_only_columns(Shift.assignment_id).where(~Shift.whole_campaign)
    units = ids_open_to_account(account_id, Permission.PLAN_CALLS)
    mine = or_(
        CallAssignment.id.in_(alone),
        CallAssignment.campaign_id.in_(pools_of(account_id, at)),
        CallAssignment.organisation_id.in_(units),
    )
    return select(CallAssignment).join(CallAssignment.campaign).where(under_way(), mine)


@question()
def list_open_to(account_id: UUID, assignment_id: UUID, at: datetime) -> Select[CallAssignment]:
    """One assignment, if the account may ring it at ``at``."""
    return _open_to(account_id, at).where(CallAssignment.id == assignment_id)


def shifts_now(account_id: UUID, at: datetime) -> Select[Shift]:
    """The caller's shifts that are under way."""
    return (
        select(Shift)
        .join(Shift.evening)
        .where(
            Shift.account_id == account_id,
            Shift.ended_at.is_(None),
            Shift.ends_at > at,
            Evening.ended_at.is_(None),
        )
    )


def pools_of(account_id: UUID, at: datetime) -> Select[UUID]:
    """The campaigns all of whose lists the caller rings now."""
    pool = aliased(CallAssignment)
    return (
        shifts_now(account_id, at)
        .join(pool, and_(pool.tenant_id == Shift.tenant_id, pool.id == Shift.assignment_id))
        .where(Shift.whole_campaign)
        .with_only_columns(pool.campaign_id)
    )


def rung_with(account: Account, assignment: CallAssignment, at: datetime) -> Question[UUID]:
    """The lists ``account`` rings together with ``assignment``: in a pool all of the campaign's, else that
    one.
    """
    return _rung_with(account.id, assignment.id, assignment.campaign_id, at)


@question()
def _rung_with(account_id: UUID, assignment_id: UUID, campaign_id: UUID, at: datetime) -> Select[UUID]:
    in_pool = and_(
        CallAssignment.campaign_id == campaign_id, CallAssignment.campaign_id.in_(pools_of(account_id, at))
    )
    together = or_(CallAssignment.id == assignment_id, in_pool)
    return _open_to(account_id, at).with_only_columns(CallAssignment.id).where(together)


@question()
def own_numbers(account_id: UUID, at: datetime) -> Select[str]:
    """Numbers that are the caller's own, as they said at the door."""
    return shifts_now(account_id, at).with_only_columns(Shift.own_number).where(Shift.own_number != "")


def evenings_open_to(account: Account) -> Select[Evening]:
    """Evenings of lists whose units ``account`` plans calls in; of a pool, where the campaign is theirs."""
    units = ids_open_to(account, Permission.PLAN_CALLS)
    ours = or_(
        and_(~Evening.whole_campaign, CallAssignment.organisation_id.in_(units)),
        and_(Evening.whole_campaign, Campaign.organisation_id.in_(units)),
    )
    return select(Evening).join(Evening.assignment).join(CallAssignment.campaign).where(ours)


def lists_of(evening: Evening) -> Select[UUID]:
    """The lists that are rung in an evening."""
    here = CallAssignment.id == evening.assignment_id
    if evening.whole_campaign:
        here = CallAssignment.campaign_id == evening.assignment.campaign_id
    return select(CallAssignment.id).where(here)


def _touches(model: type[Evening] | type[Shift], assignment_ids: Assignments) -> ColumnElement[bool]:
    """Whether an evening or a shift is of one of these lists, by itself or as one of a campaign's."""
    listed = select(CallAssignment.campaign_id).where(CallAssignment.id.in_(assignment_ids))
    pool = select(CallAssignment.id).where(CallAssignment.campaign_id.in_(listed))
    return or_(
        model.assignment_id.in_(assignment_ids), and_(model.whole_campaign, model.assignment_id.in_(pool))
    )


def evenings_of(assignment_ids: Assignments) -> Select[Evening]:
    """The evenings of these lists, the latest first."""
    return (
        select(Evening)
        .where(_touches(Evening, assignment_ids))
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
        .where(_touches(Shift, assignment_ids), Shift.ended_at.is_(None), Shift.ends_at > at)
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


def rung_by_each(assignment_ids: Assignments, since: datetime) -> Select[UUID, int, int]:
    """For each caller of these lists: calls reported since then, and members reached by them."""
    reached = Call.outcome.in_(REACHED)
    return (
        select(Call.caller_id, func.count(), func.count(distinct(case((reached, Call.member_id)))))
        .join(Target, and_(Call.target_id == Target.id, Call.tenant_id == Target.tenant_id))
        .where(
            Target.assignment_id.in_(assignment_ids),
            Call.reported_at >= since,
            Call.outcome.is_not(None),
            Call.outcome != Outcome.SKIPPED,
        )
        .group_by(Call.caller_id)
    )


def shared_link_of(evening_id: UUID) -> Select[Invitation]:
    """The link that hangs on the wall, the latest one."""
    return (
        select(Invitation)
        .where(Invitation.evening_id == evening_id, Invitation.shared, Invitation.revoked_at.is_(None))
        .order_by(Invitation.created_at.desc(), Invitation.id.desc())
    )
