"""Selects behind a campaign's pages: who plans calls, who comes on and goes off, the latest sign."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, and_, exists, func, select

from campaigns.queue.audience import Audience
from campaigns.queue.audience_queries import in_audience
from campaigns.queue.call_queries import is_open
from campaigns.queue.models import Call, CallAssignment, Campaign, Target
from campaigns.queue.states import TargetState, Turn
from campaigns.surveys.models import Answer
from campaigns.totals.models import Standing
from organiser.accounts.models import Account, Grant
from organiser.accounts.permissions import Permission, roles_with
from organiser.members.models import Member
from organiser.members.queries import callable_on
from organiser.orgs.models import Organisation
from organiser.orgs.queries import associations_of
from organiser.web.filters import zone


def planners() -> Select[Account, Organisation]:
    """Everybody who plans calls, with the unit where they do, by name."""
    return (
        select(Account, Organisation)
        .join(Grant, Grant.account_id == Account.id)
        .join(
            Organisation,
            and_(Grant.tenant_id == Organisation.tenant_id, Grant.organisation_id == Organisation.id),
        )
        .where(Grant.role.in_(roles_with(Permission.PLAN_CALLS)), Account.active.is_(True))
        .order_by(Account.name, Account.id, Organisation.sort_key)
    )


def list_ids(campaign_id: UUID) -> Select[UUID]:
    """The lists of a campaign, closed ones too."""
    return select(CallAssignment.id).where(CallAssignment.campaign_id == campaign_id)


def answered_in(campaign_id: UUID) -> Select[UUID]:
    """An answer that stands and was given in a call of the campaign; none: nobody has answered yet."""
    return (
        select(Answer.id)
        .join(Call, and_(Call.id == Answer.call_id, Call.tenant_id == Answer.tenant_id))
        .join(Call.target)
        .where(Target.campaign_id == campaign_id, Answer.replaced_at.is_(None))
        .limit(1)
    )


def coming_on(campaign: Campaign, audience: Audience, on: date) -> Select[int]:
    """How many would come on the campaign's lists, to be rung, if it were for ``audience``."""
    units = associations_of(campaign.organisation_id).with_only_columns(Organisation.id).order_by(None)
    stands = (
        select(Target.id)
        .join(Target.assignment)
        .where(
            Target.member_id == Member.id,
            Target.campaign_id == campaign.id,
            CallAssignment.organisation_id == Member.organisation_id,
            Target.state != TargetState.OUTSIDE,
        )
    )
    closed = select(CallAssignment.organisation_id).where(
        CallAssignment.campaign_id == campaign.id, CallAssignment.closed_at.is_not(None)
    )
    return select(func.count(Member.id)).where(
        Member.organisation_id.in_(units),
        Member.organisation_id.not_in(closed),
        in_audience(audience, on, zone(), campaign.id),
        callable_on(on),
        ~exists(stands),
    )


def going_off(campaign: Campaign, audience: Audience, on: date) -> Select[int]:
    """How many of those not tried yet would be taken off them."""
    held = exists().where(Call.tenant_id == Target.tenant_id, Call.target_id == Target.id, is_open())
    return (
        select(func.count(Target.id))
        .join(Target.member)
        .join(Target.assignment)
        .where(
            Target.campaign_id == campaign.id,
            CallAssignment.closed_at.is_(None),
            Target.state == TargetState.QUEUED,
            Target.turn == Turn.NEW,
            Target.tries == 0,
            callable_on(on),
            ~in_audience(audience, on, zone(), campaign.id),
            ~held,
        )
    )


def latest_signs(assignment_ids: Collection[UUID]) -> Select[UUID, datetime | None]:
    """For each list: the latest call to a member of its association, or other contact with one; an index
    holds them in order, so that it takes no longer however many there have been.
    """
    latest = select(func.max(Standing.last_at)).where(
        Standing.organisation_id == CallAssignment.organisation_id
    )
    return select(CallAssignment.id, latest.correlate(CallAssignment).scalar_subquery()).where(
        CallAssignment.id.in_(assignment_ids)
    )
