"""The names of cells, A1 to XFD1048576, and the rows and columns they stand for, counted from 0."""

import re
from functools import cache

from organiser.roster.sheets.limits import MAX_LINES
from organiser.roster.sheets.refusals import Refusal, Unreadable

_LETTERS = 26
_LAST_COLUMN = 16_384
_PLACE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_RANGE = re.compile(rf"{_PLACE.pattern}:{_PLACE.pattern}")


@cache
def column_number(letters: str) -> int:
    """The column of its letters: A is 0, XFD is 16383."""
    number = 0
    for letter in letters.upper():
        number = number * _LETTERS + ord(letter) - ord("A") + 1
    return number - 1


def column_letters(column: int) -> str:
    """The letters of a column: 0 is A, 16383 is XFD."""
    letters = ""
    while column >= 0:
        column, rest = divmod(column, _LETTERS)
        letters = chr(ord("A") + rest) + letters
        column -= 1
    return letters


def row_and_column(reference: str) -> tuple[int, int]:
    """Where a cell stands, by its name. Raises Unreadable for a place no spreadsheet has."""
    match = _PLACE.fullmatch(reference)
    if match is None:
        raise Unreadable(Refusal.DAMAGED)
    row, column = int(match[2]) - 1, column_number(match[1])
    if not (0 <= row < MAX_LINES and column < _LAST_COLUMN):
        raise Unreadable(Refusal.DAMAGED)
    return row, column


def first_column_of(reference: str) -> tuple[int, int, int] | None:
    """The first column of a range, with the first and the last row; None for what is no range."""
    match = _RANGE.fullmatch(reference)
    return (column_number(match[1]), int(match[2]) - 1, int(match[4]) - 1) if match else None


def counted(text: str | None) -> int:
    """A row's or column's number in XML, from 1. Raises Unreadable for what is none."""
    if text is None or not re.fullmatch("[0-9]{1,7}", text) or int(text) < 1:
        raise Unreadable(Refusal.DAMAGED)
    return int(text)
