"""How dates, counts and numbers look on a page, in the reader's language and the tenant's zone."""

from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache, partial
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_time
from babel.numbers import format_decimal, format_percent
from flask import Flask, current_app, g
from flask_babel import get_locale

from organiser.core.phone import phone_display

HOURS = {"sv": "HH.mm"}  # as it is written in Swedish; elsewhere with a colon
MOMENTS = {"sv": "d MMMM y 'kl.' HH.mm"}
SWEDISH_POSTCODE = 5  # digits
KEPT = 4096
"""Numbers and days that have been written out once and are kept as they are written."""


def zone() -> ZoneInfo:
    """The tenant's time zone; the installation's where no tenant is entered."""
    return g.get("zone") or ZoneInfo(current_app.config["SETTINGS"].time_zone)


def day(value: date | None) -> str:
    """A day: 8 mars 2024."""
    return written_day(language(), value, "d MMMM y") if value else ""


def weekday(value: date | None) -> str:
    """A day with its weekday: fredag 8 mars."""
    return format_date(value, "EEEE d MMMM", locale=_locale()) if value else ""


def moment(value: datetime | None) -> str:
    """8 mars 2024 kl. 18.05."""
    pattern = MOMENTS.get(str(_locale()), "d MMMM y HH:mm")
    return format_datetime(value, pattern, tzinfo=zone(), locale=_locale()) if value else ""


def clock_time(value: datetime | None) -> str:
    """18.05, as it is said."""
    pattern = HOURS.get(str(_locale()), "HH:mm")
    return format_time(value, pattern, tzinfo=zone(), locale=_locale()) if value else ""


def postcode(value: str) -> str:
    """A Swedish one in two groups: 781 92; others as they are."""
    return f"{value[:3]} {value[3:]}" if len(value) == SWEDISH_POSTCODE and value.isdecimal() else value


def count(value: int) -> str:
    """1 180."""
    return written_count(language(), value)


def counter() -> Callable[[int], str]:
    """``count`` for a page that counts a thousand times: asks only once whose page it is."""
    return partial(written_count, language())


@lru_cache(maxsize=KEPT)
def written_count(language: str, value: int) -> str:
    """A count as it is written in a language."""
    return format_decimal(value, locale=language)


@lru_cache(maxsize=KEPT)
def written_day(language: str, value: date, pattern: str) -> str:
    """A day as it is written in a language."""
    return format_date(value, pattern, locale=language)


def share(part: int, whole: int) -> str:
    """35 %; nothing of nothing is a dash."""
    return format_percent(part / whole, locale=_locale()) if whole else "–"


def language() -> str:
    """The reader's."""
    return str(get_locale() or "sv")


def _locale() -> Any:
    return get_locale() or "sv"


def init_app(app: Flask) -> None:
    """Make them filters of every template."""
    app.jinja_env.filters.update(
        day=day,
        weekday=weekday,
        moment=moment,
        clock_time=clock_time,
        count=count,
        phone=phone_display,
        postcode=postcode,
    )
    app.jinja_env.globals.update(share=share)
