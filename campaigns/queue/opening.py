"""When a campaign's members may be rung: hours for each weekday, and none on red days and eves.

Members are rung between nine in the morning and nine in the evening and at no other time. The one way
around it is round the clock, chosen by that name for a demo or a test.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from campaigns.queue.red_days import RedDay, red_day

EARLIEST, LATEST = time(9), time(21)
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FARTHEST = timedelta(days=366)
MIDNIGHT = time()

Span = tuple[time, time]
Week = tuple[tuple[Span, ...], ...]


class NotCallingHours(ValueError):
    """These are no hours to ring in: over midnight, too early or late, or one over the other."""


class WhyClosed(StrEnum):
    """Why nobody is rung just now."""

    RED_DAY = "red_day"
    NO_HOURS_TODAY = "no_hours_today"
    NOT_YET = "not_yet"
    PAUSE = "pause"
    OVER_FOR_TODAY = "over_for_today"


@dataclass(frozen=True, slots=True)
class Closed:
    """Why nobody is rung just now, and which day it is when it is a red one."""

    why: WhyClosed
    red_day: RedDay | None = None


@dataclass(frozen=True, slots=True)
class CallingHours:
    """For each weekday, Monday first, the spans in which calls may begin; the end of a span is outside it.

    ``red_days_off``: nobody is rung on Sweden's red days and eves. Raises ``NotCallingHours``.
    """

    week: Week
    red_days_off: bool = True

    def __post_init__(self) -> None:
        if len(self.week) != len(DAYS):
            raise NotCallingHours("a week has seven days")
        if not self.round_the_clock:
            for spans in self.week:
                _check(spans)

    @property
    def round_the_clock(self) -> bool:
        """Whether it is never closed."""
        return self.week == _WHOLE_WEEK and not self.red_days_off

    def on_day(self, day: date) -> tuple[Span, ...]:
        """The spans of a day, none on a red day off."""
        return () if self._red(day) else self.week[day.weekday()]

    def is_open(self, at: datetime, zone: ZoneInfo) -> bool:
        """Whether a call may begin at ``at``."""
        local = at.astimezone(zone)
        return self.round_the_clock or _span_at(self.on_day(local.date()), local.time()) is not None

    def opens_at(self, at: datetime, zone: ZoneInfo) -> datetime | None:
        """The first moment from ``at`` on when a call may begin, in UTC: ``at`` itself while it is open.

        None: nobody may be rung within a year.
        """
        if self.is_open(at, zone):
            return at.astimezone(UTC)
        begins = (moment for moment in self._beginnings(at.astimezone(zone).date(), zone) if moment > at)
        first = next(begins, None)
        return first if first is not None and first <= at + FARTHEST else None

    def closes_at(self, at: datetime, zone: ZoneInfo) -> datetime | None:
        """When the span that is open at ``at`` ends, in UTC; none: it is closed then, or never closes."""
        local = at.astimezone(zone)
        span = _span_at(self.on_day(local.date()), local.time())
        if span is None or self.round_the_clock:
            return None
        return datetime.combine(local.date(), span[1], zone).astimezone(UTC)

    def why_closed(self, at: datetime, zone: ZoneInfo) -> Closed | None:
        """Why nobody is rung at ``at``; none: it is open."""
        if self.is_open(at, zone):
            return None
        local = at.astimezone(zone)
        if red := self._red(local.date()):
            return Closed(WhyClosed.RED_DAY, red)
        spans = self.week[local.weekday()]
        if not spans:
            return Closed(WhyClosed.NO_HOURS_TODAY)
        if local.time() < spans[0][0]:
            return Closed(WhyClosed.NOT_YET)
        return Closed(WhyClosed.PAUSE if local.time() < spans[-1][0] else WhyClosed.OVER_FOR_TODAY)

    def _red(self, day: date) -> RedDay | None:
        return red_day(day) if self.red_days_off else None

    def _beginnings(self, first: date, zone: ZoneInfo) -> Iterator[datetime]:
        """When each span of a year's days begins, in UTC, in order."""
        for days in range(FARTHEST.days + 1):
            day = first + timedelta(days=days)
            for start, _end in self.on_day(day):
                yield datetime.combine(day, start, zone).astimezone(UTC)

    def as_json(self) -> dict[str, object]:
        """As ``read_json`` reads it: {"days": {"mon": [["17:00", "20:30"]]}, "red_days_off": true}."""
        if self.round_the_clock:
            return {"round_the_clock": True}
        days = {
            name: [[f"{start:%H:%M}", f"{end:%H:%M}"] for start, end in spans]
            for name, spans in zip(DAYS, self.week, strict=True)
            if spans
        }
        return {"days": days, "red_days_off": self.red_days_off}


def read_json(told: object) -> CallingHours:
    """Hours as ``as_json`` wrote them. Raises ``NotCallingHours`` for anything else."""
    match told:
        case {"round_the_clock": True, **rest} if not rest:
            return ALWAYS
        case {"days": dict(days), "red_days_off": bool(off), **rest} if not rest and set(days) <= set(DAYS):
            return CallingHours(_read_week(days), red_days_off=off)
        case _:
            raise NotCallingHours(repr(told))


def _read_week(days: Mapping[str, object]) -> Week:
    try:
        return tuple(
            tuple(
                (time.fromisoformat(start), time.fromisoformat(end))
                for start, end in _list(days.get(day, []))
            )
            for day in DAYS
        )
    except (TypeError, ValueError) as error:
        raise NotCallingHours(repr(days)) from error


def _list(told: object) -> list[list[str]]:
    if not isinstance(told, list):
        raise NotCallingHours(repr(told))
    return told


def _check(spans: tuple[Span, ...]) -> None:
    """Spans of one day are in order, apart from each other and within the day's decent hours."""
    last: time | None = None
    for start, end in spans:
        if start.tzinfo or end.tzinfo or start >= end:
            raise NotCallingHours(f"{start}-{end} ends before it begins")
        if start < EARLIEST or end > LATEST:
            raise NotCallingHours(f"{start}-{end} is too early or too late")
        if last is not None and start <= last:
            raise NotCallingHours(f"{start}-{end} runs into the one before")
        last = end


def _span_at(spans: tuple[Span, ...], clock: time) -> Span | None:
    return next(((start, end) for start, end in spans if start <= clock < end), None)


_WHOLE_WEEK: Week = (((MIDNIGHT, MIDNIGHT),),) * 7
_EVENING: tuple[Span, ...] = ((time(17), time(20, 30)),)
USUAL = CallingHours((_EVENING,) * 4 + ((),) * 3)
DAYTIME = CallingHours((((EARLIEST, LATEST),),) * 7, red_days_off=False)
ALWAYS = CallingHours(_WHOLE_WEEK, red_days_off=False)
