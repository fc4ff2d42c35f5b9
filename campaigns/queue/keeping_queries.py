"""Selects that keep the lists true: who came to an association, who may not be rung any more, who may again."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, exists, literal, or_, select

from campaigns.queue.models import CallAssignment, Campaign, Target
from campaigns.queue.states import TargetState
from organiser.members.models import Member
from organiser.members.queries import callable_on, obstacles
from organiser.orgs.models import Organisation
from organiser.orgs.queries import associations_of

OUT = (TargetState.BLOCKED, TargetState.NO_NUMBER, TargetState.OVER)


def associations_without_list(campaign: Campaign) -> Select[UUID]:
    """The open associations under a campaign's unit that have no assignment in it yet."""
    listed = select(CallAssignment.organisation_id).where(CallAssignment.campaign_id == campaign.id)
    units = associations_of(campaign.organisation_id).with_only_columns(Organisation.id)
    return units.where(Organisation.id.not_in(listed))


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
