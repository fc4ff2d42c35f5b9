"""The rows of a text file. A quotation mark that is never closed becomes a sign; it swallows no rows."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from io import StringIO
from itertools import islice

from organiser.roster.sheets.limits import MAX_BROKEN_QUOTES, MAX_CELL, MAX_LINES
from organiser.roster.sheets.refusals import Refusal, Unreadable
from organiser.roster.sheets.table import CautionKind

_RECORD_LINES = 200
_RECORD_CHARACTERS = 1_000_000
_FEWEST_SIGNS = 2


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of cells as they are written, and which of them had a quotation mark that was never closed."""

    cells: list[list[str]]
    odd: Mapping[int, CautionKind]


def split_rows(text: str, delimiter: str) -> Rows:
    """Rows of a text; lines end with LF, CRLF or CR and with nothing else."""
    csv.field_size_limit(MAX_CELL)
    text = text.rstrip("\r\n\x1a")
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        cells = list(islice(reader, MAX_LINES + 1))
    except csv.Error:
        return _Careful(text, delimiter).rows()
    if len(cells) > MAX_LINES:
        raise Unreadable(Refusal.TOO_MANY_ROWS)
    if reader.line_num != len(cells) and _may_swallow(cells, delimiter):
        return _Careful(text, delimiter).rows()
    return Rows(cells, {})


def _may_swallow(rows: list[list[str]], delimiter: str) -> bool:
    signs = _signs_of_a_row(rows)
    return any(_swallows(row, delimiter, signs) for row in rows)


def _signs_of_a_row(rows: list[list[str]]) -> int:
    """How many delimiters a line must hold to look like a row of this file."""
    widest = max((len(row) for row in rows[:50]), default=0)
    return max(widest - 1, _FEWEST_SIGNS)


def _swallows(row: list[str], delimiter: str, signs: int) -> bool:
    """Whether a cell with line breaks holds a line that looks like a whole row."""
    return any(
        line.count(delimiter) >= signs
        for cell in row
        if "\n" in cell or "\r" in cell
        for line in cell.replace("\r", "\n").split("\n")[1:]
    )


class _Careful:
    """Reads record by record, and starts again after the first line of one that goes wrong."""

    def __init__(self, text: str, delimiter: str) -> None:
        self._lines = list(islice(StringIO(text, newline=""), MAX_LINES + 1))
        if len(self._lines) > MAX_LINES:
            raise Unreadable(Refusal.TOO_MANY_ROWS)
        self._delimiter = delimiter
        self._cells: list[list[str]] = []
        self._odd: dict[int, CautionKind] = {}
        self._mended = 0

    def rows(self) -> Rows:
        at = 0
        while at < len(self._lines):
            at += self._record(at)
        return Rows(self._cells, self._odd)

    def _record(self, at: int) -> int:
        """Take the record that starts at a line; how many lines it had."""
        reader = csv.reader(self._ahead(at), delimiter=self._delimiter, strict=True)
        try:
            cells = next(reader)
        except csv.Error:
            self._mend(at)
            return 1
        if reader.line_num > 1 and _swallows(cells, self._delimiter, _signs_of_a_row(self._cells)):
            self._mend(at)
            return 1
        self._cells.append(cells)
        return reader.line_num

    def _ahead(self, at: int) -> list[str]:
        """The lines that a record starting here may take."""
        if '"' not in self._lines[at]:
            return self._lines[at : at + 1]
        ahead, size = [], 0
        for line in self._lines[at : at + _RECORD_LINES]:
            ahead.append(line)
            size += len(line)
            if size > _RECORD_CHARACTERS:
                break
        return ahead

    def _mend(self, at: int) -> None:
        """One line by itself: marks escaped by a backslash if that makes a row, else marks as text."""
        self._mended += 1
        if self._mended > MAX_BROKEN_QUOTES:
            raise Unreadable(Refusal.BROKEN_QUOTES)
        line = self._lines[at]
        cells = self._escaped(line)
        if cells is None:
            self._odd[len(self._cells)] = CautionKind.BROKEN_QUOTE
            cells = line.rstrip("\r\n").split(self._delimiter)
            if max(map(len, cells)) > MAX_CELL:
                raise Unreadable(Refusal.CELL_TOO_LONG)
        self._cells.append(cells)

    def _escaped(self, line: str) -> list[str] | None:
        if '\\"' not in line:
            return None
        try:
            cells = next(csv.reader([line], delimiter=self._delimiter, escapechar="\\", strict=True))
        except csv.Error:
            return None
        return cells if len(cells) == _signs_of_a_row(self._cells) + 1 else None
