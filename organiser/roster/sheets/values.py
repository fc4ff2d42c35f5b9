"""A cell of a workbook as text: 701740605 and never 701740605.0 or 7.0E+8, dates as 2024-01-31."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite

Value = int | float | str | bool | time | date | datetime | timedelta | None

_EXACT = 10**15
_MIDNIGHT = time()


def as_text(value: Value) -> str:  # noqa: PLR0911  # one line per kind of value
    """The text of a value. A date with a time of day other than midnight keeps it: 2024-01-31 13:05:00."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, datetime):
        day = value.date().isoformat()
        return day if value.time() == _MIDNIGHT else f"{day} {value.time().isoformat('seconds')}"
    if isinstance(value, timedelta):
        return _duration(value)
    return value.isoformat()


def _number(value: float) -> str:
    """Whole numbers in all their digits; others in the fifteen a spreadsheet shows."""
    if not isfinite(value):
        return str(value)
    if value == int(value) and abs(value) <= _EXACT:
        return str(int(value))
    return f"{Decimal(f'{value:.15g}'):f}"


def _duration(value: timedelta) -> str:
    minutes, seconds = divmod(round(value.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}"
