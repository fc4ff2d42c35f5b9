"""What a day's calls came to: how they ended, and how many in each half-hour."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from campaigns.queue.outcomes import Outcome

HALF_HOUR = timedelta(minutes=30)
Ended = tuple[Outcome, datetime]


@dataclass(frozen=True, slots=True)
class HalfHour:
    """From ``begins`` (aware) on: calls told, and how many of them reached the member."""

    begins: datetime
    calls: int
    reached: int


def mix_of(ended: Iterable[Ended]) -> list[tuple[Outcome, int]]:
    """How many calls ended in each way, the usual order of outcomes; none that nobody chose."""
    found = Counter(outcome for outcome, _at in ended)
    return [(outcome, found[outcome]) for outcome in Outcome if found[outcome]]


def half_hours(ended: Sequence[Ended], zone: ZoneInfo) -> list[HalfHour]:
    """Every half-hour from the first call to the last, also those in which nobody rang; in order."""
    if not ended:
        return []
    calls, reached = Counter[datetime](), Counter[datetime]()
    for outcome, at in ended:
        begins = begin_of(at, zone)
        calls[begins] += 1
        reached[begins] += outcome.reached
    found, at = [], min(calls)
    while at <= max(calls):
        found.append(HalfHour(at, calls[at], reached[at]))
        at += HALF_HOUR
    return found


def begin_of(at: datetime, zone: ZoneInfo) -> datetime:
    """When the half-hour began that ``at`` lies in, as the zone's clocks have it."""
    local = at.astimezone(zone)
    over = timedelta(minutes=local.minute % 30, seconds=local.second, microseconds=local.microsecond)
    return at - over
