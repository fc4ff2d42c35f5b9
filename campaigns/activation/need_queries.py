"""Selects behind what needs the board: lists under way, what is late on them; what members want and can."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, case, func, not_, select
from sqlalchemy.orm import aliased

from campaigns.activation.needs import SOON
from campaigns.queue.models import CallAssignment, Campaign, FollowUp, Target
from campaigns.queue.states import TargetState, Turn
from organiser.members.kinds import TagKind
from organiser.members.models import Member
from organiser.members.queries import is_over
from organiser.members.tag_models import MemberTag, Tag
from organiser.orgs.models import Organisation
from organiser.orgs.queries import below


def open_lists(unit_id: UUID, today: date, midnight: datetime) -> Select[*tuple[Any, ...]]:
    """The open lists of the associations below a unit, in the order of ``needs.OpenList``; first made first.
    ``midnight``: when today began.
    """
    units = below(unit_id).with_only_columns(Organisation.id).order_by(None)
    owner = aliased(Organisation)
    soon = Campaign.ends_on <= today + SOON
    queued = Target.state == TargetState.QUEUED
    late = and_(queued, Target.turn == Turn.PROMISED, Target.due_at < midnight)
    return (
        select(
            CallAssignment.id,
            CallAssignment.campaign_id,
            Campaign.title,
            Campaign.ends_on,
            owner.path,
            CallAssignment.organisation_id,
            CallAssignment.responsible_id.is_not(None),
            case((soon, _targets(queued)), else_=0),
            _targets(late),
            _errands(FollowUp.due_on < today),
        )
        .join(CallAssignment.campaign)
        .join(owner, and_(owner.tenant_id == Campaign.tenant_id, owner.id == Campaign.organisation_id))
        .where(
            CallAssignment.organisation_id.in_(units),
            CallAssignment.closed_at.is_(None),
            Campaign.closed_at.is_(None),
        )
        .order_by(CallAssignment.created_at, CallAssignment.id)
    )


def _targets(condition: Any) -> Any:
    here = Target.tenant_id == CallAssignment.tenant_id, Target.assignment_id == CallAssignment.id
    return (
        select(func.count())
        .select_from(Target)
        .where(*here, condition)
        .correlate(CallAssignment)
        .scalar_subquery()
    )


def _errands(condition: Any) -> Any:
    here = FollowUp.tenant_id == CallAssignment.tenant_id, FollowUp.assignment_id == CallAssignment.id
    return (
        select(func.count())
        .select_from(FollowUp)
        .where(*here, FollowUp.done_at.is_(None), condition)
        .correlate(CallAssignment)
        .scalar_subquery()
    )


def wishes(unit_id: UUID, fewest: int) -> Select[TagKind, str, int]:
    """What the members below a unit have said that they can, like or want to learn: its kind, its word and
    how many, the most first; only what at least ``fewest`` have said.
    """
    units = below(unit_id).with_only_columns(Organisation.id).order_by(None)
    heads = func.count(func.distinct(MemberTag.member_id))
    return (
        select(Tag.kind, Tag.name, heads)
        .join(MemberTag, and_(MemberTag.tenant_id == Tag.tenant_id, MemberTag.tag_id == Tag.id))
        .join(Member, and_(Member.tenant_id == MemberTag.tenant_id, Member.id == MemberTag.member_id))
        .where(Tag.kind != TagKind.TAG, Member.organisation_id.in_(units), not_(is_over()))
        .group_by(Tag.id, Tag.kind, Tag.name, Tag.sort_key)
        .having(heads >= fewest)
        .order_by(heads.desc(), Tag.sort_key)
    )
