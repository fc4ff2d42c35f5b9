"""Selects that count an audience: where everybody stands at a moment, and who waits for an organiser."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, exists, func, literal, or_, select
from sqlalchemy.orm import joinedload

from campaigns.queue.call_queries import Assignments, is_open
from campaigns.queue.models import Call, CallAssignment, FollowUp, Target
from campaigns.queue.places import BY_OBSTACLE, BY_STATE, Place
from campaigns.queue.states import TargetState, Turn
from organiser.members.models import Member
from organiser.members.queries import obstacles


def ledger(assignment_ids: Assignments, at: datetime, on: date) -> Select[UUID, str, int]:
    """For each list and place: how many members of its audience stand there at ``at``, on the day ``on``. One
    question, so that they add up at every instant.
    """
    each = (
        audience_of(assignment_ids)
        .with_only_columns(Target.assignment_id, place(at, on).label("place"))
        .subquery()
    )
    return select(each.c.assignment_id, each.c.place, func.count()).group_by(
        each.c.assignment_id, each.c.place
    )


def audience_of(assignment_ids: Assignments) -> Select[Target]:
    """Everybody on these lists but those the campaign does not mean any more."""
    return (
        select(Target)
        .join(Target.member)
        .join(Target.assignment)
        .where(Target.assignment_id.in_(assignment_ids), Target.state != TargetState.OUTSIDE)
    )


def place(at: datetime, on: date) -> ColumnElement[str]:
    """Where a member of the audience stands; asks for target, member and assignment in the select's FROM."""
    said = [(Target.state == state, _word(where)) for state, where in BY_STATE.items() if where]
    in_the_way = [(holds, _word(BY_OBSTACLE[why])) for why, holds in obstacles(on).items()]
    rests = or_(Target.due_at > at, _rung_lately(at))
    found = case(
        (_held(at), _word(Place.ON_PHONE)),
        *said,
        *in_the_way,
        (~of_its_unit(), _word(Place.CANNOT)),
        (Target.turn == Turn.PROMISED, _word(Place.CALL_BACK)),
        (Target.turn == Turn.NEXT_NUMBER, _word(Place.READY)),
        (rests, _word(Place.RESTING)),
        (Target.turn == Turn.NEW, _word(Place.NOT_TRIED)),
        else_=_word(Place.READY),
    )
    return cast(found, String)


def why_cannot(assignment_ids: Assignments, on: date) -> Select[str, int]:
    """Of those who may not be rung: how many for each reason; an empty word: they have moved away."""
    reasons = [(holds, literal(why.value)) for why, holds in obstacles(on).items()]
    each = (
        audience_of(assignment_ids)
        .with_only_columns(cast(case(*reasons, else_=literal("")), String).label("why"))
        .where(Target.state.in_((TargetState.OVER, TargetState.QUEUED)))
        .subquery()
    )
    return select(each.c.why, func.count()).group_by(each.c.why)


def of_its_unit() -> ColumnElement[bool]:
    """The member belongs to the association whose list it is."""
    return and_(
        Member.organisation_id == CallAssignment.organisation_id, Member.tenant_id == CallAssignment.tenant_id
    )


def tried(assignment_ids: Assignments) -> Select[UUID, int]:
    """For each list: how many of its members have been tried or talked to."""
    rung = or_(Target.tries > 0, Target.state == TargetState.DONE)
    return (
        select(Target.assignment_id, func.count())
        .where(Target.assignment_id.in_(assignment_ids), rung)
        .group_by(Target.assignment_id)
    )


def call_backs(assignment_ids: Assignments) -> Select[Target]:
    """Those who were promised a call, the first promise first."""
    return (
        select(Target)
        .where(
            Target.assignment_id.in_(assignment_ids),
            Target.state == TargetState.QUEUED,
            Target.turn == Turn.PROMISED,
        )
        .order_by(Target.due_at, Target.id)
    )


def open_errands(assignment_ids: Assignments) -> Select[FollowUp]:
    """What is left to do for members of these lists, the most pressing first."""
    return (
        select(FollowUp)
        .where(FollowUp.assignment_id.in_(assignment_ids), FollowUp.done_at.is_(None))
        .options(joinedload(FollowUp.owner))
        .order_by(FollowUp.due_on, FollowUp.created_at, FollowUp.id)
    )


def errand_counts(assignment_ids: Assignments) -> Select[UUID, int]:
    """For each list where something is left to do, for how many members."""
    return (
        select(FollowUp.assignment_id, func.count(func.distinct(FollowUp.target_id)))
        .where(FollowUp.assignment_id.in_(assignment_ids), FollowUp.done_at.is_(None))
        .group_by(FollowUp.assignment_id)
    )


def told_of(target_ids: Collection[UUID]) -> Select[Call]:
    """What callers told of these members, the latest first."""
    return (
        select(Call)
        .where(Call.target_id.in_(target_ids), Call.outcome.is_not(None))
        .options(joinedload(Call.caller, innerjoin=True))
        .order_by(Call.reported_at.desc(), Call.id.desc())
    )


def _held(at: datetime) -> ColumnElement[bool]:
    return exists().where(
        Call.tenant_id == Target.tenant_id, Call.target_id == Target.id, is_open(), Call.lease_until > at
    )


def _rung_lately(at: datetime) -> ColumnElement[bool]:
    return exists().where(
        Call.tenant_id == Target.tenant_id, Call.member_id == Target.member_id, Call.rests_until > at
    )


def _word(found: Place | None) -> ColumnElement[str]:
    return literal(found.value if found else "")
