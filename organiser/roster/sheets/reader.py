"""Read a member list: first what the file is, then its cells, then which of its rows are members."""

from organiser.roster.sheets.csv_rows import split_rows
from organiser.roster.sheets.damage import signs_in
from organiser.roster.sheets.delimiters import choose_delimiter, instruction
from organiser.roster.sheets.limits import MAX_BYTES
from organiser.roster.sheets.refusals import Refusal, Unreadable
from organiser.roster.sheets.shape import shape
from organiser.roster.sheets.sniff import is_workbook, refuse_other_text
from organiser.roster.sheets.table import Grid, Sheet
from organiser.roster.sheets.text import decode


def read_sheet(
    content: bytes, name: str = "", *, sheet: str | None = None, encoding: str | None = None
) -> Sheet:
    """The list in a file's bytes. `name` is the file's, a hint and no more; `sheet` picks one of a workbook;
    `encoding` (one of ENCODINGS, else ValueError) says better than our guess. Raises Unreadable.
    """
    if not content:
        raise Unreadable(Refusal.EMPTY)
    if len(content) > MAX_BYTES:
        raise Unreadable(Refusal.TOO_LARGE)
    if is_workbook(content):
        from organiser.roster.sheets.xlsx import read_workbook

        return read_workbook(content, sheet)
    return shape(_grid(content, name, encoding))


def _grid(content: bytes, name: str, encoding: str | None) -> Grid:
    decoded = decode(content, encoding)
    refuse_other_text(decoded.text)
    asked_for, text = instruction(decoded.text)
    delimiter = asked_for or choose_delimiter(text, name)
    rows = split_rows(text, delimiter)
    return Grid(
        rows=rows.cells,
        encoding=decoded.encoding,
        delimiter=delimiter,
        signs=signs_in(text),
        odd_rows=rows.odd,
    )
