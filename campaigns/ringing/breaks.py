"""When somebody who rings ought to rest: after three quarters of an hour without a break."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, func

from campaigns.queue.call_queries import calls_of
from campaigns.queue.models import Call
from organiser.core.prepared import load, question

BREAK = timedelta(minutes=10)
"""So long between two calls is a break."""
ENOUGH = timedelta(minutes=45)
LOOK_BACK = timedelta(hours=6)


def rung_without_break(caller_id: UUID, at: datetime) -> timedelta:
    """How long somebody has rung since their last break, as their own calls have it; none while resting."""
    return stretch(((taken, told) for taken, told in load(_times(caller_id, at - LOOK_BACK))), at)


@question()
def _times(caller_id: UUID, since: datetime) -> Select[datetime, datetime]:
    """When the caller's calls were taken and when they were over, the latest first."""
    over = func.coalesce(Call.reported_at, Call.given_back_at)
    recent = calls_of(caller_id).where(Call.taken_at > since).order_by(Call.taken_at.desc())
    return recent.with_only_columns(Call.taken_at, over)


def stretch(calls: Iterable[tuple[datetime, datetime | None]], at: datetime) -> timedelta:
    """From the first to the last of an unbroken row of calls, each taken and (perhaps) over, the latest
    first. Nothing where the last of them ended long before ``at``.
    """
    begun = ended = None
    for taken_at, reported_at in calls:
        over = reported_at or taken_at
        if (begun or at) - over >= BREAK:
            break
        begun, ended = taken_at, ended or over
    return ended - begun if begun and ended else timedelta()
