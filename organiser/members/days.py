"""Days as they are written into a field: 1961-03-08, 19610308, or of a birth only the year."""

import re
from datetime import date
from enum import StrEnum
from typing import NamedTuple

EARLIEST_YEAR = 1850
_DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")
_YEAR = re.compile(r"\d{4}")
_IDENTITY = re.compile(r"(\d{6}|\d{8})[-+ ]?\d{4}")


class DayFault(StrEnum):
    """Why a text is no day."""

    NOT_A_DAY = "not_a_day"
    NOT_REAL = "not_real"
    TOO_EARLY = "too_early"
    AHEAD = "ahead"
    IDENTITY = "identity"


class NotADay(ValueError):
    """The text is no day; ``fault`` says why."""

    def __init__(self, fault: DayFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


class Birth(NamedTuple):
    """A day, or only a year, or neither."""

    day: date | None = None
    year: int | None = None

    def __str__(self) -> str:
        return str(self.day or self.year or "")


def read_day(text: str) -> date | None:
    """The day written in ``text``; none where it is empty. Raises ``NotADay``."""
    plain = text.strip()
    if not plain:
        return None
    found = _DAY.fullmatch(plain)
    if found is None:
        raise NotADay(DayFault.IDENTITY if _IDENTITY.fullmatch(plain) else DayFault.NOT_A_DAY)
    try:
        day = date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError as error:
        raise NotADay(DayFault.NOT_REAL) from error
    if day.year < EARLIEST_YEAR:
        raise NotADay(DayFault.TOO_EARLY)
    return day


def read_birth(text: str, today: date) -> Birth:
    """The day or year somebody was born, not after ``today``. Raises ``NotADay``."""
    plain = text.strip()
    if not _YEAR.fullmatch(plain):
        day = read_day(plain)
        if day is not None and day > today:
            raise NotADay(DayFault.AHEAD)
        return Birth(day, day.year if day else None)
    year = int(plain)
    if year < EARLIEST_YEAR:
        raise NotADay(DayFault.TOO_EARLY)
    if year > today.year:
        raise NotADay(DayFault.AHEAD)
    return Birth(None, year)
