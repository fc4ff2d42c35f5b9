"""Selects over campaigns and their lists: which are open to whom, and whose places stand on them."""

from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from campaigns.queue.models import CallAssignment, Campaign, Target
from organiser.accounts.models import Account
from organiser.accounts.permissions import Permission
from organiser.accounts.queries import ids_open_to
from organiser.members.models import Member
from organiser.orgs.models import Organisation


def campaigns_open_to(account: Account) -> Select[Campaign]:
    """Campaigns of the units where ``account`` plans calls: open ones first, the newest first."""
    return (
        select(Campaign)
        .where(Campaign.organisation_id.in_(ids_open_to(account, Permission.PLAN_CALLS)))
        .options(joinedload(Campaign.organisation, innerjoin=True))
        .order_by(Campaign.closed_at.is_not(None), Campaign.created_at.desc(), Campaign.id.desc())
    )


def lists_open_to(account: Account) -> Select[CallAssignment]:
    """Call assignments of the units where ``account`` plans calls, in Swedish order of the units."""
    return (
        select(CallAssignment)
        .join(CallAssignment.organisation)
        .where(CallAssignment.organisation_id.in_(ids_open_to(account, Permission.PLAN_CALLS)))
        .options(
            joinedload(CallAssignment.organisation, innerjoin=True),
            joinedload(CallAssignment.campaign, innerjoin=True),
            joinedload(CallAssignment.responsible),
        )
        .order_by(Organisation.sort_key, CallAssignment.id)
    )


def lists_of(campaign_id: UUID) -> Select[CallAssignment]:
    """The assignments of a campaign, in Swedish order."""
    return (
        select(CallAssignment)
        .join(CallAssignment.organisation)
        .where(CallAssignment.campaign_id == campaign_id)
        .options(
            joinedload(CallAssignment.organisation, innerjoin=True), joinedload(CallAssignment.responsible)
        )
        .order_by(Organisation.sort_key, CallAssignment.id)
    )


def targets_open_to(account: Account) -> Select[Target]:
    """Places in the queues of the units where ``account`` plans calls, but those of members who have moved
    out of them.
    """
    units = ids_open_to(account, Permission.PLAN_CALLS)
    lists = select(CallAssignment.id).where(CallAssignment.organisation_id.in_(units))
    return (
        select(Target)
        .join(Target.member)
        .where(Target.assignment_id.in_(lists), Member.organisation_id.in_(units))
    )


def with_campaign(query: Select[CallAssignment]) -> Select[CallAssignment]:
    """The same lists with their campaigns, in one question."""
    return query.options(joinedload(CallAssignment.campaign, innerjoin=True))
