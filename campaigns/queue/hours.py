"""When a member may be rung, and the times a caller is offered for ringing back."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

EARLIEST, LATEST = time(9), time(21)
EVENING = time(17, 30)
AFTERNOON_ENDS = time(17)
SOON = timedelta(hours=2)
HALF_HOUR = timedelta(minutes=30)
FARTHEST = timedelta(days=90)


class When(StrEnum):
    """What an offered time is called aloud."""

    TODAY = "today"
    TONIGHT = "tonight"
    TOMORROW = "tomorrow"
    NEXT_WEEK = "next_week"


class WhyNotThen(StrEnum):
    """Why a time cannot be promised."""

    PAST = "past"
    TOO_FAR = "too_far"
    TOO_EARLY_OR_LATE = "too_early_or_late"


@dataclass(frozen=True, slots=True)
class Offer:
    """A time to ring back, aware, in UTC."""

    when: When
    at: datetime


def offers(at: datetime, zone: ZoneInfo) -> list[Offer]:
    """Later today (in two hours or so, unless that is too late), tomorrow evening, a week from today."""
    today = at.astimezone(zone).date()
    soon = _on_the_half_hour(at.astimezone(zone) + SOON)
    offered = []
    if soon.date() == today and EARLIEST <= soon.time() < LATEST:
        when = When.TODAY if soon.time() < AFTERNOON_ENDS else When.TONIGHT
        offered.append(Offer(when, soon.astimezone(UTC)))
    offered.append(Offer(When.TOMORROW, _evening(today + timedelta(days=1), zone)))
    offered.append(Offer(When.NEXT_WEEK, _evening(today + timedelta(days=7), zone)))
    return offered


def why_not_then(promised: datetime, at: datetime, zone: ZoneInfo) -> WhyNotThen | None:
    """Why ``promised`` is no time to ring somebody back; none: it is one."""
    if promised <= at:
        return WhyNotThen.PAST
    if promised > at + FARTHEST:
        return WhyNotThen.TOO_FAR
    if not EARLIEST <= promised.astimezone(zone).time() < LATEST:
        return WhyNotThen.TOO_EARLY_OR_LATE
    return None


def start_of_day(at: datetime, zone: ZoneInfo) -> datetime:
    """Midnight before ``at``, as the zone's clocks have it; in UTC."""
    return datetime.combine(at.astimezone(zone).date(), time(), zone).astimezone(UTC)


def _evening(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, EVENING, zone).astimezone(UTC)


def _on_the_half_hour(local: datetime) -> datetime:
    """The half-hour that comes next."""
    whole = local.replace(minute=0, second=0, microsecond=0)
    while whole < local:
        whole += HALF_HOUR
    return whole
