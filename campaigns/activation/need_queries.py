"""Selects behind what needs the board: lists under way, what is late on them; what members want and can."""

from functools import cache
from typing import Any

from sqlalchemy import Integer, Select, String, and_, bindparam, case, func, not_, select
from sqlalchemy.orm import aliased

from campaigns.queue.models import CallAssignment, Campaign, FollowUp, Target
from campaigns.queue.states import TargetState, Turn
from organiser.core.prepared import prepared
from organiser.members.kinds import TagKind
from organiser.members.models import Member
from organiser.members.queries import is_over
from organiser.members.tag_models import MemberTag, Tag
from organiser.orgs.models import Organisation

BELOW = Organisation.path.startswith(bindparam("path", type_=String()))


@cache
def open_lists() -> Select[*tuple[Any, ...]]:
    """The open lists of the unit whose path is ``path`` and of those below it, in the order of
    ``needs.OpenList``; first made first. ``soon``: the last day that is near; ``midnight``: when ``today``
    began.
    """
    owner = aliased(Organisation)
    soon = Campaign.ends_on <= bindparam("soon")
    queued = Target.state == TargetState.QUEUED
    late = and_(queued, Target.turn == Turn.PROMISED, Target.due_at < bindparam("midnight"))
    query = (
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
            _errands(FollowUp.due_on < bindparam("today")),
        )
        .join(CallAssignment.campaign)
        .join(CallAssignment.organisation)
        .join(owner, and_(owner.tenant_id == Campaign.tenant_id, owner.id == Campaign.organisation_id))
        .where(BELOW, CallAssignment.closed_at.is_(None), Campaign.closed_at.is_(None))
        .order_by(CallAssignment.created_at, CallAssignment.id)
    )
    return prepared(query)


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


@cache
def wishes() -> Select[TagKind, str, int]:
    """What the members of the unit whose path is ``path`` and of those below it have said that they can, like
    or want to learn: its kind, its word and how many, the most first; only what ``fewest`` or more have said.
    """
    heads = func.count(func.distinct(MemberTag.member_id))
    return prepared(
        select(Tag.kind, Tag.name, heads)
        .join(MemberTag, and_(MemberTag.tenant_id == Tag.tenant_id, MemberTag.tag_id == Tag.id))
        .join(Member, and_(Member.tenant_id == MemberTag.tenant_id, Member.id == MemberTag.member_id))
        .join(Member.organisation)
        .where(BELOW, Tag.kind != TagKind.TAG, not_(is_over()))
        .group_by(Tag.id, Tag.kind, Tag.name, Tag.sort_key)
        .having(heads >= bindparam("fewest", type_=Integer))
        .order_by(heads.desc(), Tag.sort_key)
    )
