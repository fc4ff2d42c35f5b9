"""Rows under the headings that are no members: blank lines, sums, comments, headings printed again."""

import re
from collections.abc import Sequence

from organiser.roster.sheets.headings_row import is_blank
from organiser.roster.sheets.table import SkipReason

_SUM = re.compile(
    r"(summa|delsumma|slutsumma|s:a|totalt?|totalsumma|antal|(sub|grand)[ -]?total|sum|count"
    r"|yhteensä|i alt|gesamt)"
    r"(?![\w@-])[^@]{0,80}",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"[-+]?\d{1,3}([\s.,]?\d{3})?([.,]\d{1,2})?\s?(%|kr|sek|st|medlemmar|personer|rader|members|rows)?\.?|"
    r"medlemmar|personer|st|kr|members|-|=.{0,80}",
    re.IGNORECASE,
)
_FEW = 3
_SAME = 0.6
_TWO = 2


def is_subtotal(row: Sequence[str]) -> bool:
    """Whether a row says a sum or a count: few cells, the first a word for it, the others small numbers."""
    filled = [cell.strip() for cell in row if cell and not cell.isspace()]
    if not filled or len(filled) > max(_FEW, len(row) // 2) or len(filled[0]) > 100:  # noqa: PLR2004  # a phrase
        return False
    if not _SUM.fullmatch(filled[0]):
        return False
    return all(len(cell) < 100 and _COUNT.fullmatch(cell) for cell in filled[1:])  # noqa: PLR2004  # as above


class Sieve:
    """Says why a row is no record, knowing the headings and what stood above them."""

    def __init__(self, headings: Sequence[str], above: Sequence[Sequence[str]]) -> None:
        self.exact = frozenset(heading for heading in headings if heading)
        self._folded = [heading.strip().casefold() for heading in headings]
        self._titles = {_filled(row) for row in above if not is_blank(row)}

    def why(self, row: Sequence[str]) -> SkipReason | None:
        """The reason to pass the row over; None for a record."""
        if is_blank(row):
            return SkipReason.BLANK
        if self._repeats(row):
            return SkipReason.REPEATED_HEADING
        filled = _filled(row)
        if filled in self._titles:
            return SkipReason.TITLE
        if len(filled) == 1 and filled[0].startswith("#") and len(self._folded) > 1:
            return SkipReason.COMMENT
        return SkipReason.SUBTOTAL if is_subtotal(row) else None

    def _repeats(self, row: Sequence[str]) -> bool:
        pairs = [(cell.strip().casefold(), heading) for cell, heading in zip(row, self._folded, strict=False)]
        same = sum(1 for cell, heading in pairs if cell and cell == heading)
        filled = sum(1 for cell, _ in pairs if cell)
        return same >= min(_TWO, len(self.exact)) and same >= _SAME * filled


def _filled(row: Sequence[str]) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in row if cell and not cell.isspace())
