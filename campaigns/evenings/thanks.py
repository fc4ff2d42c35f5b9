"""What to thank for: what a caller and those who rang beside them did, and when they may ring again."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from campaigns.evenings import queries, thanks_queries
from campaigns.evenings.models import Evening
from campaigns.queue.call_queries import Assignments
from campaigns.queue.queue_now import RungToday, rung_today
from organiser.core.database import db


@dataclass(frozen=True, slots=True)
class Thanks:
    """``did``: calls and members, everybody's and the caller's own; ``callers``: how many rang, the caller
    among them; ``next``: the next evening of these lists, if one is planned.
    """

    did: RungToday
    callers: int
    next: Evening | None


def signs_out(account_id: UUID, at: datetime) -> bool:
    """Whether somebody is in by a link, and is signed out when they stop."""
    shifts = db.session.scalars(thanks_queries.own_shifts(account_id, at))
    return any(shift.invitation_id is not None for shift in shifts)


def thanks_for(assignments: Assignments, caller_id: UUID, since: datetime, at: datetime) -> Thanks:
    """What was done on these lists from ``since`` to now, ``at``."""
    planned = queries.unfinished(assignments, at).where(Evening.starts_at > at).limit(1)
    return Thanks(
        did=rung_today(assignments, caller_id, since),
        callers=db.session.scalar(thanks_queries.callers_since(assignments, since)) or 0,
        next=db.session.scalar(planned),
    )
