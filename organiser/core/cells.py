"""Tables as files that are safe to open in a spreadsheet: nothing in a cell is run as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

WIDEST = 500
"""Pixels that a column of a workbook is made wide at most."""
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def as_csv(lines: Iterable[Sequence[object]]) -> bytes:
    """UTF-8 with its mark, semicolons, decimal commas and Windows line ends, as a Swedish spreadsheet opens
    it.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    for line in lines:
        cells = [str(cell).replace(".", ",") if isinstance(cell, float) else cell for cell in line]
        writer.writerow([harmless(cell) for cell in cells])
    return text.getvalue().encode("utf-8-sig")


def harmless(cell: object) -> str:
    """The cell as text; what a spreadsheet would run as a formula gets an apostrophe before it."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(BEGINS_A_FORMULA) else text


def as_xlsx(sheets: Iterable[tuple[str, Iterable[Sequence[object]]]]) -> bytes:
    """A workbook of named sheets; a number stays one, all else is text, and each first line a heading."""
    import xlsxwriter  # heavy, and only needed here

    store = io.BytesIO()
    with xlsxwriter.Workbook(store, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True})
        for name, lines in sheets:
            sheet = book.add_worksheet(_sheet_name(name))
            sheet.freeze_panes(1, 0)
            for row, line in enumerate(lines):
                for column, cell in enumerate(line):
                    style = [] if row else [bold]
                    if isinstance(cell, int | float) and not isinstance(cell, bool):
                        sheet.write_number(row, column, cell, *style)
                    elif cell is not None:
                        sheet.write_string(row, column, str(cell), *style)
            sheet.autofit(WIDEST)
    return store.getvalue()


def _sheet_name(name: str) -> str:
    """What Excel takes: at most 31 characters, and none that it uses itself."""
    return "".join(sign for sign in name if sign not in "[]:*?/\\'")[:31] or "1"
