"""Selects behind the organiser's pages: campaigns and lists in scope, who can be rung, who waits."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, exists, func, literal, or_, select
from sqlalchemy.orm import aliased, joinedload

from campaigns.calling.models import Call, CallAssignment, Campaign, Target
from campaigns.calling.states import TargetState
from organiser.accounts.models import Account, Grant
from organiser.accounts.permissions import Permission, roles_with
from organiser.accounts.queries import ids_open_to
from organiser.members.models import Member
from organiser.members.queries import callable_on, in_unit, obstacles
from organiser.orgs.models import Organisation
from organiser.orgs.queries import associations_of

WAITING = (TargetState.FLAGGED, TargetState.NO_NUMBER)
OUT = (TargetState.BLOCKED, TargetState.NO_NUMBER, TargetState.OVER)


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


def associations_without_list(campaign: Campaign) -> Select[UUID]:
    """The open associations under a campaign's unit that have no assignment in it yet."""
    listed = select(CallAssignment.organisation_id).where(CallAssignment.campaign_id == campaign.id)
    units = associations_of(campaign.organisation_id).with_only_columns(Organisation.id)
    return units.where(Organisation.id.not_in(listed))


def reach(unit_id: UUID, on: date) -> Select[UUID, str, int]:
    """For each unit with members, under ``unit_id``: how many may be rung (an empty word) or not, by the
    first reason that holds. Every member is counted once.
    """
    why = case(
        *[(holds, literal(reason.value)) for reason, holds in obstacles(on).items()], else_=literal("")
    )
    members = in_unit(select(Member), unit_id)
    each = members.with_only_columns(Member.organisation_id, cast(why, String).label("why")).subquery()
    return select(each.c.organisation_id, each.c.why, func.count()).group_by(
        each.c.organisation_id, each.c.why
    )


def newcomers(assignment_ids: Collection[UUID], on: date) -> Select[UUID, UUID]:
    """Assignment and member for each who may be rung and is not on their association's list yet."""
    listed = exists().where(
        Target.tenant_id == Member.tenant_id,
        Target.member_id == Member.id,
        Target.assignment_id == CallAssignment.id,
    )
    return (
        select(CallAssignment.id, Member.id)
        .join(Member, _of_unit())
        .where(CallAssignment.id.in_(assignment_ids), callable_on(on), ~listed)
        .order_by(Member.id)
    )


def leavers(assignment_ids: Collection[UUID], on: date) -> Select[UUID, str]:
    """Those in the queue who may not be rung any more, each with the first reason that holds; an empty word:
    they belong to another association now.
    """
    reasons = obstacles(on)
    why = case(*[(holds, literal(reason.value)) for reason, holds in reasons.items()], else_=literal(""))
    return (
        _on_lists(assignment_ids)
        .with_only_columns(Target.id, cast(why, String))
        .where(Target.state == TargetState.QUEUED, or_(~callable_on(on), ~_of_unit()))
    )


def returners(assignment_ids: Collection[UUID], on: date) -> Select[UUID]:
    """Those who were taken off the queue and may be rung again: a new number, a block lifted, moved back."""
    back = _on_lists(assignment_ids).with_only_columns(Target.id)
    return back.where(Target.state.in_(OUT), callable_on(on), _of_unit())


def _on_lists(assignment_ids: Collection[UUID]) -> Select[Target]:
    return (
        select(Target)
        .join(Target.member)
        .join(Target.assignment)
        .where(Target.assignment_id.in_(assignment_ids))
    )


def _of_unit() -> ColumnElement[bool]:
    """The member belongs to the association whose list it is."""
    return and_(
        Member.organisation_id == CallAssignment.organisation_id, Member.tenant_id == CallAssignment.tenant_id
    )


def ledger(assignment_ids: Collection[UUID] | Select[UUID]) -> Select[UUID, TargetState, int, int]:
    """For each assignment and state: how many stand so, and how many of them have been tried."""
    tried = func.count(case((or_(Target.tries > 0, Target.state == TargetState.DONE), 1)))
    return (
        select(Target.assignment_id, Target.state, func.count(), tried)
        .where(Target.assignment_id.in_(assignment_ids))
        .group_by(Target.assignment_id, Target.state)
    )


def may_answer_for(unit: Organisation) -> Select[Account]:
    """Who can be responsible for a unit's list: those who plan calls there or higher up, by name."""
    top = aliased(Organisation)
    over = (
        select(Grant.account_id)
        .join(top, and_(Grant.tenant_id == top.tenant_id, Grant.organisation_id == top.id))
        .where(Grant.role.in_(roles_with(Permission.PLAN_CALLS)), literal(unit.path).startswith(top.path))
    )
    return (
        select(Account)
        .where(Account.id.in_(over), Account.active.is_(True))
        .order_by(Account.name, Account.id)
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
