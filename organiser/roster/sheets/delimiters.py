"""Which sign stands between the cells: the one that makes headings we know, and rows of one length."""

import csv
import re
from io import StringIO

from organiser.roster.sheets.headings_row import Headings, find_headings, is_blank
from organiser.roster.sheets.limits import HEADING_ROWS, MAX_CELL

DELIMITERS = (";", ",", "\t", "|")

_INSTRUCTION = re.compile(r"\ufeff?\s*\"?sep=([;,\t|])\"?[ ;,\t|]*(?:\r\n|\r|\n|$)", re.IGNORECASE)
_SAMPLE = 65_536


def instruction(text: str) -> tuple[str | None, str]:
    """The delimiter that a first line like `sep=;` asks for, and the text without that line. Spreadsheet
    programs obey the line and do not show it, so it has no row number.
    """
    match = _INSTRUCTION.match(text)
    return (match.group(1), text[match.end() :]) if match else (None, text)


def choose_delimiter(text: str, name: str = "") -> str:
    """The delimiter of a text, out of `; , TAB |`. The file's name decides only when nothing else does."""
    sample = text[:_SAMPLE]
    if len(sample) < len(text):
        sample = sample[: max(sample.rfind("\n"), sample.rfind("\r")) + 1] or sample
    order = ("\t", *DELIMITERS) if name.lower().endswith((".tsv", ".tab")) else DELIMITERS
    return max(order, key=lambda sign: _fitness(sample, sign))


def _fitness(sample: str, sign: str) -> tuple[int, float, int]:
    csv.field_size_limit(MAX_CELL)
    try:
        rows = [
            row
            for row, _ in zip(
                csv.reader(StringIO(sample, newline=""), delimiter=sign), range(200), strict=False
            )
        ]
    except csv.Error:
        return (0, 0.0, 0)
    found = find_headings(rows[: HEADING_ROWS * 2])
    if found is None:
        return (0, _evenness(rows, _commonest_length(rows)), _commonest_length(rows))
    return (found.known, _evenness(rows[found.row + 1 :], _length(rows, found)), _length(rows, found))


def _length(rows: list[list[str]], found: Headings) -> int:
    return len(rows[found.row])


def _commonest_length(rows: list[list[str]]) -> int:
    lengths = [len(row) for row in rows if not is_blank(row)]
    return max(lengths, key=lengths.count, default=0)


def _evenness(rows: list[list[str]], length: int) -> float:
    """The share of rows, blank ones left out, with as many cells as the headings; one cell proves nothing."""
    filled = [len(row) for row in rows if not is_blank(row)]
    return round(filled.count(length) / len(filled), 2) if filled and length > 1 else 0.0
