"""Dates as lists write them: 2024-03-01, 1.3.24, 1 mars 2024, 580102, a spreadsheet's 45352."""

import re
import unicodedata
from datetime import date, timedelta
from typing import NamedTuple

from organiser.roster.problems import ProblemKind
from organiser.roster.words import MONTHS, NOTHING_SAID

LONGEST_DATE = 40
"""Characters; nothing longer is a date."""


class DateRead(NamedTuple):
    """A day; or only a year; or nothing; and what is to be told."""

    day: date | None = None
    year: int | None = None
    problem: ProblemKind | None = None


NOTHING = DateRead()
NOT_A_DATE = DateRead(problem=ProblemKind.NOT_A_DATE)
NOT_REAL = DateRead(problem=ProblemKind.DATE_NOT_REAL)

_EARLIEST_YEAR, _NO_END_YEAR, _LATEST_YEAR = 1850, 2900, 2200
_DAY_ZERO = date(1899, 12, 30)  # of spreadsheets, in the 1900 system
_LAST_SERIAL = 73_050  # 31 December 2099
_CENTURY = 100
_YEARS_AHEAD = 20  # a fee may be paid for some years to come; nobody is born then
_COORDINATION = 60  # a coordination number's day of birth stands that much higher

_TIME = re.compile(r"[t ]\d{1,2}[:.]\d{2}([:.]\d{2}([.,]\d{1,9})?)?z?$")
_IDENTITY = re.compile(r"(?P<day>\d{6}|\d{8}) ?(?P<sign>[-+–]?) ?(?:\d{4}|[x*]{4})")
_PARTS = re.compile(r"(\d{1,4})([./\-– ])(\d{1,2})[./\-– ](\d{1,4})")
_YEAR_MONTH = re.compile(r"(\d{4})[./\-– ]\d{1,2}")
_NO_YEAR = re.compile(r"\d{1,2}[./\-– ]\d{1,2}\.?")
_WORDS = re.compile(r"(?:den )?(\d{1,2})[.:]?e? ([^\W\d_]{3,12})\.?,? (\d{4})")
_WORDS_FIRST = re.compile(r"([^\W\d_]{3,12})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_MONTH_YEAR = re.compile(r"[^\W\d_]{3,12}\.? (\d{4})")


def read_date(text: str, today: date, *, born: bool = False) -> DateRead:
    """The date in a cell, real in the calendar: none rolls over. Day before month where it could be either.
    ``today`` settles the century of two-digit years; nobody is ``born`` after it. 9999-12-31 means no end.
    """
    if len(text) == len("2024-03-01") and text[4] == text[7] == "-":
        try:
            return _judged(date.fromisoformat(text), today, born=born)
        except ValueError:
            pass
    if len(text) > LONGEST_DATE:
        return NOT_A_DATE
    plain = _TIME.sub("", " ".join(unicodedata.normalize("NFKC", text).casefold().split()).strip("'\" "))
    if not plain or plain in NOTHING_SAID:
        return NOTHING
    found = _read(plain, today.year if born else today.year + _YEARS_AHEAD, born=born)
    return found if found.day is None or found.problem else _judged(found.day, today, born=born)


def _read(plain: str, latest: int, *, born: bool) -> DateRead:
    digits = plain.removesuffix(".0")
    if digits.isdecimal() and len(digits) <= len("20240301"):
        return _from_digits(digits, latest)
    if parts := _PARTS.fullmatch(plain):
        return _from_parts(parts[1], parts[2], parts[3], parts[4], latest)
    if found := _IDENTITY.fullmatch(digits):
        return _from_identity(found["day"], found["sign"], latest) if born else NOT_A_DATE
    if found := _YEAR_MONTH.fullmatch(plain):
        return _year(int(found[1]))
    if _NO_YEAR.fullmatch(plain):
        return DateRead(problem=ProblemKind.DATE_WITHOUT_YEAR)
    return _from_words(plain)


def _from_digits(digits: str, latest: int) -> DateRead:
    number = int(digits)
    if not number:
        return NOTHING
    if len(digits) == len("20240301"):
        day = _day(number // 10_000, number // 100 % 100, number % 100)
        return day if day.day else _day(number % 10_000, number // 10_000 % 100, number // 1_000_000)
    if len(digits) == len("240301"):
        return _day(_full_year(number // 10_000, latest), number // 100 % 100, number % 100)
    if len(digits) == len("2024") and _EARLIEST_YEAR <= number <= _LATEST_YEAR:
        return _year(number)
    return (
        DateRead(_DAY_ZERO + timedelta(days=number)) if _LATEST_YEAR < number <= _LAST_SERIAL else NOT_A_DATE
    )


def _from_parts(first: str, gap: str, month: str, last: str, latest: int) -> DateRead:
    if not (int(first) or int(month) or int(last)):
        return NOTHING
    if len(first) == len("2024"):
        return (
            _year(int(first)) if not (int(month) and int(last)) else _day(int(first), int(month), int(last))
        )
    if len(last) == len("2024"):
        return (
            _year(int(last)) if not (int(month) and int(first)) else _day(int(last), int(month), int(first))
        )
    year, day = (first, last) if gap == "-" else (last, first)
    if len(year) != 2 or len(day) > 2:  # noqa: PLR2004 -- a year of two digits, a day of at most two
        return NOT_A_DATE
    return _day(_full_year(int(year), latest), int(month), int(day))


def _from_identity(digits: str, sign: str, latest: int) -> DateRead:
    """Only the day of birth is read out of an identity number; the number itself goes no further."""
    year = int(digits[:-4])
    if len(digits) == len("560412"):
        year = _full_year(year, latest) - (_CENTURY if sign == "+" else 0)
    month, day = int(digits[-4:-2]), int(digits[-2:])
    found = _day(year, month, day - _COORDINATION if day > _COORDINATION else day)
    return DateRead(found.day, None, ProblemKind.IDENTITY_NUMBER) if found.day else NOT_REAL


def _from_words(plain: str) -> DateRead:
    if found := _WORDS.fullmatch(plain):
        day, month, year = found[1], found[2], found[3]
    elif found := _WORDS_FIRST.fullmatch(plain):
        month, day, year = found[1], found[2], found[3]
    elif (found := _MONTH_YEAR.fullmatch(plain)) and plain[:3] in MONTHS:
        return _year(int(found[1]))
    else:
        return NOT_A_DATE
    number = MONTHS.get(month[:3])
    return _day(int(year), number, int(day)) if number else NOT_A_DATE


def _day(year: int, month: int, day: int) -> DateRead:
    try:
        return DateRead(date(year, month, day))
    except ValueError:
        return NOT_REAL


def _year(year: int) -> DateRead:
    if year >= _NO_END_YEAR:
        return NOTHING
    return DateRead(year=year) if _EARLIEST_YEAR <= year <= _LATEST_YEAR else NOT_REAL


def _full_year(two_digits: int, latest: int) -> int:
    """The last year up to ``latest`` that ends so."""
    century = latest - latest % _CENTURY
    return century + two_digits - (_CENTURY if century + two_digits > latest else 0)


def _judged(day: date, today: date, *, born: bool) -> DateRead:
    if day.year >= _NO_END_YEAR:
        return NOTHING
    if day.year < _EARLIEST_YEAR or day.year > _LATEST_YEAR or (born and day > today):
        return NOT_REAL
    return DateRead(day)
