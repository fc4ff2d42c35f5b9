"""A caller's own evening: how many calls they have made, and when they ought to rest."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Select

from campaigns.queue.call_queries import calls_of
from campaigns.queue.hours import start_of_day
from campaigns.queue.models import Call
from campaigns.queue.outcomes import Outcome
from organiser.core.prepared import load, question
from organiser.web.filters import zone

BREAK = timedelta(minutes=10)
"""So long between two calls is a break."""
ENOUGH = timedelta(minutes=45)
LOOK_BACK = timedelta(hours=6)
LONGEST_CALL = timedelta(hours=1)


class OwnEvening(NamedTuple):
    """Calls made since midnight, and how long one has rung since one's last break; none while resting."""

    rung: int
    without_break: timedelta


def own_evening(caller_id: UUID, at: datetime) -> OwnEvening:
    """As the caller's own calls have it at ``at``."""
    midnight = start_of_day(at, zone())
    rows = load(_own_calls(caller_id, min(at - LOOK_BACK, midnight - LONGEST_CALL))).all()
    rung = sum(_is_call(outcome) and told >= midnight for _taken, told, _back, outcome in rows)
    lately = ((taken, told or back) for taken, told, back, _outcome in rows if taken > at - LOOK_BACK)
    return OwnEvening(rung, stretch(lately, at))


def _is_call(outcome: Outcome | None) -> bool:
    return outcome is not None and outcome is not Outcome.SKIPPED


@question()
def _own_calls(caller_id: UUID, since: datetime) -> Select[datetime, datetime, datetime, Outcome]:
    """When the caller's calls were taken, told of and given back, and how they went; the latest first."""
    recent = calls_of(caller_id).where(Call.taken_at > since).order_by(Call.taken_at.desc())
    return recent.with_only_columns(Call.taken_at, Call.reported_at, Call.given_back_at, Call.outcome)


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
