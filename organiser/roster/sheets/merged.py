"""A merged cell says the same of every row it covers, so its text is written in each of them."""

from collections.abc import Sequence

from organiser.roster.sheets.headings_row import is_blank
from organiser.roster.sheets.skipping import is_subtotal


def fill_merged(rows: list[list[str]], merged: Sequence[tuple[int, int, int]]) -> None:
    """Fill each (column, first row, last row), counted from 0: not in blank rows, nor in sums among them.
    Ranges that overlap, as no spreadsheet makes them, are filled once.
    """
    reached: dict[int, int] = {}
    for column, first, last in sorted(merged):
        if first <= reached.get(column, -1):
            continue
        reached[column] = last
        if first < len(rows) and column < len(rows[first]):
            _fill(rows[first + 1 : last + 1], column, rows[first][column])


def _fill(rows: list[list[str]], column: int, text: str) -> None:
    if not text.strip():
        return
    for row in rows:
        if not row[column] and not is_blank(row) and not is_subtotal(row):
            row[column] = text
