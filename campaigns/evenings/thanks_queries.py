"""Selects behind the thanks: who else rang, and which shifts somebody is in."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, and_, distinct, func, select

from campaigns.evenings.models import Shift
from campaigns.queue.call_queries import Assignments
from campaigns.queue.models import Call, Target
from campaigns.queue.outcomes import Outcome


def callers_since(assignment_ids: Assignments, since: datetime) -> Select[int]:
    """How many callers have reported calls of these lists since then."""
    return (
        select(func.count(distinct(Call.caller_id)))
        .join(Target, and_(Call.target_id == Target.id, Call.tenant_id == Target.tenant_id))
        .where(
            Target.assignment_id.in_(assignment_ids),
            Call.reported_at >= since,
            Call.outcome.is_not(None),
            Call.outcome != Outcome.SKIPPED,
        )
    )


def own_shifts(account_id: UUID, at: datetime) -> Select[Shift]:
    """The shifts somebody is in just now."""
    return select(Shift).where(Shift.account_id == account_id, Shift.ended_at.is_(None), Shift.ends_at > at)
