"""Why a list has nobody to ring just now: who rests until when, who was promised a call, who is held."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, and_, case, func, not_, select

from campaigns.queue.call_queries import held_by_others
from campaigns.queue.campaign_rules import rules_of
from campaigns.queue.ledger import ledgers_of, summed
from campaigns.queue.models import Call, CallAssignment, Target
from campaigns.queue.places import Place
from campaigns.queue.queue_now import QueueNow
from campaigns.queue.queue_queries import resting_targets
from campaigns.queue.states import WHATEVER_REST, TargetState, Turn
from organiser.core.database import db
from organiser.core.prepared import one_of
from organiser.web.filters import zone


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many wait for what. ``rested_at``, ``promised_at``: when the first of them may be rung, within the
    campaign's hours. ``others``: those who wait for another caller.
    """

    resting: int
    rested_at: datetime | None
    promised: int
    promised_at: datetime | None
    held: int
    others: int


def waiting_on(assignment: CallAssignment, now: QueueNow, caller_id: UUID, at: datetime) -> Waiting:
    """What stands in the way of ringing those who are left on the list, or on those rung together with it,
    where nobody is ready for this caller.
    """
    hours, ledger = rules_of(assignment.campaign).hours, summed(ledgers_of(now.list_ids, at).values())
    held = db.session.scalar(held_by_others(now.list_ids, caller_id, at)) or 0
    first = {int(turn): due for turn, due in db.session.execute(_due_later(now.list_ids, at))}
    rested = [due for turn, due in first.items() if turn not in WHATEVER_REST]
    rested += filter(None, [db.session.scalar(_rung_elsewhere(now.list_ids, at))])
    promised_at = first.get(Turn.PROMISED)
    resting, promised = ledger.places[Place.RESTING], ledger.places[Place.CALL_BACK]
    return Waiting(
        resting=resting,
        rested_at=hours.opens_at(min(rested), zone()) if rested else None,
        promised=promised,
        promised_at=hours.opens_at(promised_at, zone()) if promised_at else None,
        held=held,
        others=max(0, ledger.left - resting - promised - held),
    )


def _due_later(list_ids: Sequence[UUID], at: datetime) -> Select[int, datetime]:
    """For each turn: when the first of those whose time has not come may be rung."""
    resting = resting_targets(list_ids, at, at.astimezone(zone()).date()).order_by(None)
    rests = (
        select(func.max(Call.rests_until))
        .where(Call.tenant_id == Target.tenant_id, Call.member_id == Target.member_id)
        .correlate(Target)
        .scalar_subquery()
    )
    rest_counts = not_(one_of(Target.turn, WHATEVER_REST))
    due = case((and_(rest_counts, rests > Target.due_at), rests), else_=Target.due_at)
    return resting.with_only_columns(Target.turn, func.min(due)).group_by(Target.turn)


def _rung_elsewhere(list_ids: Sequence[UUID], at: datetime) -> Select[datetime]:
    """When the first of those whom another campaign rang lately has rested from that."""
    each = (
        select(func.max(Call.rests_until).label("until"))
        .join(Target, and_(Target.member_id == Call.member_id, Target.tenant_id == Call.tenant_id))
        .where(
            Target.assignment_id.in_(list_ids),
            Target.state == TargetState.QUEUED,
            not_(one_of(Target.turn, WHATEVER_REST)),
            Target.due_at <= at,
            Call.rests_until > at,
        )
        .group_by(Target.id)
        .subquery()
    )
    return select(func.min(each.c.until))
