"""Where the headings stand, under whatever titles and group headings somebody put above them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from organiser.roster.headings import field_of
from organiser.roster.sheets.limits import HEADING_ROWS, MAX_COLUMNS

_LONGEST = 120
_DATA = re.compile(r"[\d\s.,:;+()/-]*\d{3}[\d\s.,:;+()/-]*|[^@\s]+@[^@\s]+\.[^@\s]+")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Headings:
    """The row of the headings, counted from 0, and how many of them we know."""

    row: int
    known: int


def is_blank(row: Sequence[str]) -> bool:
    """Whether nothing but white space stands in the row."""
    return not any(row) or not any(cell.strip() for cell in row)


def find_headings(rows: Sequence[Sequence[str]]) -> Headings | None:
    """The row with most headings we know among the first thirty. Where none is known, the first row with
    anything in it, if it reads like headings; else None.
    """
    best: Headings | None = None
    first: int | None = None
    seen = 0
    for number, row in enumerate(rows):
        if is_blank(row):
            continue
        first = number if first is None else first
        known = 0 if _is_comment(row) else _known(row)
        if known and (best is None or known > best.known):
            best = Headings(number, known)
        seen += 1
        if seen == HEADING_ROWS:
            break
    if best is None and first is not None and _reads_like_headings(rows[first]):
        return Headings(first, 0)
    return best


def _is_comment(row: Sequence[str]) -> bool:
    return row[0].lstrip().startswith("#")


def _known(row: Sequence[str]) -> int:
    """How many cells are headings we know; none when most of the row reads like data (a status 'Medlem' is no
    heading of a column).
    """
    filled = [cell.strip() for cell in row[:MAX_COLUMNS] if cell and not cell.isspace()]
    known = sum(1 for cell in filled if len(cell) <= _LONGEST and field_of(cell) is not None)
    data = sum(1 for cell in filled if len(cell) <= _LONGEST and _DATA.fullmatch(cell))
    return 0 if data and known <= 2 * data else known


def _reads_like_headings(row: Sequence[str]) -> bool:
    """Two names or more, all different, none of them a number or an address."""
    filled = [cell.strip() for cell in row if cell.strip()]
    return (
        1 < len(filled) <= MAX_COLUMNS
        and len(set(filled)) == len(filled)
        and all(
            len(cell) <= _LONGEST and _LETTER.search(cell) and not _DATA.fullmatch(cell) for cell in filled
        )
    )
