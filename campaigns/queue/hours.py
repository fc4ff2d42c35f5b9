"""The times a caller is offered for ringing somebody back, and which times may be promised."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from campaigns.queue.opening import DAYTIME, EARLIEST, LATEST, CallingHours

EVENING = time(17, 30)
AFTERNOON_ENDS = time(17)
SOON = timedelta(hours=2)
HALF_HOUR = timedelta(minutes=30)
FARTHEST = timedelta(days=90)


class When(StrEnum):
    """What an offered time is called aloud; ``ON_DAY`` by its day, as neither tomorrow nor a week fits."""

    TODAY = "today"
    TONIGHT = "tonight"
    TOMORROW = "tomorrow"
    NEXT_WEEK = "next_week"
    ON_DAY = "on_day"


class WhyNotThen(StrEnum):
    """Why a time cannot be promised."""

    PAST = "past"
    TOO_FAR = "too_far"
    TOO_EARLY_OR_LATE = "too_early_or_late"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Offer:
    """A time to ring back, aware, in UTC."""

    when: When
    at: datetime


def offers(at: datetime, zone: ZoneInfo, hours: CallingHours = DAYTIME) -> list[Offer]:
    """Later today (in two hours or so, or when it opens), the next evening of the campaign's ``hours``, and
    the first one a week from today or later. Each time once, and only times that may be promised.
    """
    today = at.astimezone(zone).date()
    soon = hours.opens_at(_on_the_half_hour(at.astimezone(zone) + SOON), zone)
    offered = []
    if soon is not None and soon.astimezone(zone).date() == today:
        tonight = soon.astimezone(zone).time() >= AFTERNOON_ENDS
        offered.append(Offer(When.TONIGHT if tonight else When.TODAY, soon))
    for days, when in ((1, When.TOMORROW), (7, When.NEXT_WEEK)):
        named = today + timedelta(days=days)
        moment = next(_evenings(named, zone, hours), None)
        if moment is not None and moment not in [offer.at for offer in offered]:
            offered.append(Offer(when if moment.astimezone(zone).date() == named else When.ON_DAY, moment))
    return [offer for offer in offered if offer.at <= at + FARTHEST]


def why_not_then(
    promised: datetime, at: datetime, zone: ZoneInfo, hours: CallingHours = DAYTIME
) -> WhyNotThen | None:
    """Why ``promised`` is no time to ring somebody back in a campaign of these ``hours``; none: it is one."""
    if promised <= at:
        return WhyNotThen.PAST
    if promised > at + FARTHEST:
        return WhyNotThen.TOO_FAR
    if hours.is_open(promised, zone):
        return None
    decent = EARLIEST <= promised.astimezone(zone).time() < LATEST
    return WhyNotThen.CLOSED if decent else WhyNotThen.TOO_EARLY_OR_LATE


def start_of_day(at: datetime, zone: ZoneInfo) -> datetime:
    """Midnight before ``at``, as the zone's clocks have it; in UTC."""
    return datetime.combine(at.astimezone(zone).date(), time(), zone).astimezone(UTC)


def _evenings(first: date, zone: ZoneInfo, hours: CallingHours) -> Iterator[datetime]:
    """For each open day from ``first`` on: half past five, or where that is closed the day's last opening."""
    for days in range(FARTHEST.days + 1):
        day = first + timedelta(days=days)
        evening = datetime.combine(day, EVENING, zone)
        if hours.is_open(evening, zone):
            yield evening.astimezone(UTC)
        elif spans := hours.on_day(day):
            yield datetime.combine(day, spans[-1][0], zone).astimezone(UTC)


def _on_the_half_hour(local: datetime) -> datetime:
    """The half-hour that comes next."""
    whole = local.replace(minute=0, second=0, microsecond=0)
    while whole < local:
        whole += HALF_HOUR
    return whole
