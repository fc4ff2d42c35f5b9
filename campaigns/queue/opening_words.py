"""The hours of a campaign and why it is closed, as they are said aloud."""

from datetime import time
from itertools import groupby
from typing import Any

from babel.dates import format_time
from flask_babel import get_locale

from campaigns.queue.opening import CallingHours, Closed, Span, WhyClosed
from campaigns.queue.red_days import RedDay
from organiser.core.i18n import _, lazy
from organiser.web import language
from organiser.web.filters import HOURS

CLOSED: dict[WhyClosed, Any] = {
    WhyClosed.NO_HOURS_TODAY: lazy("Nobody is rung today."),
    WhyClosed.NOT_YET: lazy("It is too early to ring."),
    WhyClosed.PAUSE: lazy("Nobody is rung just now."),
    WhyClosed.OVER_FOR_TODAY: lazy("It is too late to ring today."),
}
NAMES_OF_THEIR_OWN = ("Kristi",)


def closed_in_words(closed: Closed) -> str:
    """Why nobody is rung, as in "Today is Midsummer Eve, and nobody is rung."."""
    if closed.red_day is not None:
        return str(_("Today is %(day)s, and nobody is rung.", day=_aloud(closed.red_day)))
    return str(CLOSED[closed.why])


def hours_in_words(hours: CallingHours) -> str:
    """When a campaign rings: "Monday–Thursday 17.00–20.30, not on red days and eves"."""
    if hours.round_the_clock:
        return str(_("Round the clock"))
    said = [
        f"{_days([day for day, _spans in days])} {_clock(spans)}"
        for spans, days in groupby(enumerate(hours.week), key=lambda pair: pair[1])
        if spans
    ]
    if not said:
        return str(_("Never"))
    whole = ", ".join(said)
    whole = f"{whole[:1].upper()}{whole[1:]}"
    return str(_("%(hours)s, not on red days and eves", hours=whole)) if hours.red_days_off else whole


def _days(days: list[int]) -> str:
    names: Any = get_locale().days["format"]["wide"]
    return str(names[days[0]] if len(days) == 1 else f"{names[days[0]]}–{names[days[-1]]}")


def _clock(spans: tuple[Span, ...]) -> str:
    return ", ".join(f"{_time(start)}–{_time(end)}" for start, end in spans)


def _time(clock: time) -> str:
    locale = get_locale()
    return str(format_time(clock, HOURS.get(str(locale), "HH:mm"), locale=locale))


def _aloud(red: RedDay) -> str:
    """In Swedish without a capital, but for names; in English as it stands."""
    if language.chosen() != "sv":
        return red.en
    names = red.sv.split(", ")
    said = [one if one.startswith(NAMES_OF_THEIR_OWN) else f"{one[:1].lower()}{one[1:]}" for one in names]
    return ", ".join(said)
