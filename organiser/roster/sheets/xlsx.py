"""Read a workbook: the sheet with most headings we know, merged cells filled, hidden columns left out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook

from organiser.roster.sheets.archive import SHARED_TEXTS, Parts
from organiser.roster.sheets.headings_row import Headings, find_headings, is_blank
from organiser.roster.sheets.layout import Layout
from organiser.roster.sheets.limits import HEADING_ROWS, MAX_SHARED_TEXT, MAX_SHEETS
from organiser.roster.sheets.merged import fill_merged
from organiser.roster.sheets.refusals import Refusal, Unreadable
from organiser.roster.sheets.shape import shape
from organiser.roster.sheets.table import Caution, CautionKind, Grid, Sheet
from organiser.roster.sheets.values import Value, as_text
from organiser.roster.sheets.workbook import SheetPart, sheets_of

_TEXT_ENDS = re.compile(rb"</(?:\w{1,20}:)?si>")
_A_LIST = 2


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A sheet that has headings: what its maker did to it, its values, and the same as text."""

    name: str
    layout: Layout
    values: Sequence[Sequence[Value]]
    rows: list[list[str]]
    found: Headings


def read_workbook(content: bytes, name: str | None = None) -> Sheet:
    """The list in a workbook's bytes: on the sheet of that name, else on the visible one with most headings.
    Raises Unreadable.
    """
    parts = Parts(content)
    layouts = [(part, Layout(parts.read(part.part))) for part in _wanted(sheets_of(parts), name)]
    _refuse_swelling(parts, [layout for _, layout in layouts])
    clean = parts.copy({part.part: layout.without_strays() for part, layout in layouts}).getvalue()
    found = [_candidate(part.name, layout, _values(clean, part.name)) for part, layout in layouts]
    candidates = [candidate for candidate in found if candidate is not None]
    if not candidates:
        raise Unreadable(Refusal.NO_HEADINGS)
    best = max(candidates, key=lambda candidate: candidate.found.known)
    return shape(_grid(best, candidates), best.found)


def _wanted(sheets: list[SheetPart], name: str | None) -> list[SheetPart]:
    if not sheets:
        raise Unreadable(Refusal.DAMAGED)
    if name is None:
        return [sheet for sheet in sheets if not sheet.hidden][:MAX_SHEETS]
    named = [sheet for sheet in sheets if sheet.name == name][:1]
    if not named:
        raise Unreadable(Refusal.NO_SUCH_SHEET)
    return named


def _refuse_swelling(parts: Parts, layouts: Sequence[Layout]) -> None:
    """A text kept once and used by every cell becomes as many texts when it is read."""
    if SHARED_TEXTS in parts:
        longest = max(map(len, _TEXT_ENDS.split(parts.read(SHARED_TEXTS))))
        if longest * max((layout.shared_cells for layout in layouts), default=0) > MAX_SHARED_TEXT:
            raise Unreadable(Refusal.BOMB)


def _values(clean: bytes, name: str) -> Sequence[Sequence[Value]]:
    try:
        sheet = CalamineWorkbook.from_filelike(BytesIO(clean)).get_sheet_by_name(name)
        return sheet.to_python(skip_empty_area=False)
    except (CalamineError, ValueError, OverflowError, OSError) as error:
        raise Unreadable(Refusal.DAMAGED) from error


def _candidate(name: str, layout: Layout, values: Sequence[Sequence[Value]]) -> _Candidate | None:
    rows = [[cell if isinstance(cell, str) else as_text(cell) for cell in row] for row in values]
    fill_merged(rows, layout.merged)
    visible = [_without(row, layout.hidden) for row in rows[: HEADING_ROWS * 4]]
    found = find_headings(visible)
    return _Candidate(name, layout, values, rows, found) if found else None


def _without(row: list[str], hidden: frozenset[int]) -> list[str]:
    return [cell for column, cell in enumerate(row) if column not in hidden] if hidden else row


def _grid(best: _Candidate, candidates: Sequence[_Candidate]) -> Grid:
    layout, values = best.layout, best.values
    others = [other.name for other in candidates if other is not best and other.found.known >= _A_LIST]
    return Grid(
        rows=best.rows,
        hidden=layout.hidden,
        sheet_name=best.name,
        is_number=lambda row, column: type(values[row][column]) in (int, float),
        odd_cells={place: kind for place, kind in layout.odd_cells.items() if place[0] > best.found.row},
        notes=(
            *(Caution(CautionKind.OTHER_SHEET, best.found.row + 1, "", name) for name in others),
            *(Caution(CautionKind.STRAY_CELL, line, "", place) for line, place in layout.strays),
            *_hidden(best),
        ),
    )


def _hidden(best: _Candidate) -> list[Caution]:
    """Hidden columns with something in them, and rows that a filter hides but that are read all the same."""
    layout, head, rows = best.layout, best.found.row, best.rows
    told = [
        Caution(CautionKind.HIDDEN_COLUMN, head + 1, rows[head][column].strip(), "")
        for column in sorted(layout.hidden)
        if any(row[column].strip() for row in rows[head:] if column < len(row))
    ]
    filtered = [row for row in layout.hidden_rows if head < row < len(rows) and not is_blank(rows[row])]
    if filtered:
        told.append(Caution(CautionKind.HIDDEN_ROWS, filtered[0] + 1, "", str(len(filtered))))
    return told
