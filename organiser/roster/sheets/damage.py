"""What looks odd in a sheet: damaged letters, formulas without a value, numbers that lost a zero."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from organiser.roster.headings import field_of
from organiser.roster.sheets.table import SIGNS, Caution, CautionKind, Grid, Record, Sheet

_NAMES = frozenset({"first_name", "last_name", "full_name"})
_PHONES = frozenset({"phone", "mobile", "home_phone", "work_phone"})

# UTF-8 read as cp1252, as Mac Roman, as cp850
_MISREAD = (
    "[ÃÂ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹Œ\u017d‘’“”•–—˜™š›œ\u017eŸ]"
    "|â€[\u0080-\u00bf™œ\u009d˜“”¦]|√[\u00a0-\u00ff∂•Öñ§©Ñ]|├[\u00a0-\u00ffÑñÑÂ╢╜╝ûàä]"
)
_DAMAGED = re.compile(_MISREAD)
_LOST = re.compile(r"[\w?'’ .,-]{0,80}(\w\?|\?\w)[\w?'’ .,-]{0,80}")
_REPLACED = "\N{REPLACEMENT CHARACTER}"
_SHOWN = 200


def signs_in(text: str) -> tuple[str, ...]:
    """The signs of damage in a whole text; a text without any need not be looked through cell by cell."""
    return tuple(sign for sign in SIGNS if sign in text)


def cautions_of(grid: Grid, kept: Sequence[int], sheet: Sheet) -> Sheet:
    """The sheet with all that looks odd in it, by line. NUL, which no database keeps, is taken out."""
    found = [*grid.notes, *_marked(grid, kept, sheet)]
    if grid.signs:
        found.extend(_letters(sheet, grid.signs))
    if "\0" in grid.signs:
        sheet = _without_nul(sheet)
    found.extend(_lost_zeros(grid, kept, sheet))
    found.sort(key=lambda caution: caution.line)
    return replace(sheet, warnings=tuple(found))


def _marked(grid: Grid, kept: Sequence[int], sheet: Sheet) -> Iterator[Caution]:
    """What the reader of the file noticed, at the headings where it stands."""
    for row, kind in grid.odd_rows.items():
        yield Caution(kind, row + 1, "", _first(grid.rows[row]))
    heading = dict(zip(kept, sheet.headings, strict=True))
    for (row, column), kind in grid.odd_cells.items():
        if column in heading:
            yield Caution(kind, row + 1, heading[column], "")


def _first(row: Sequence[str]) -> str:
    return next((cell.strip()[:_SHOWN] for cell in row if cell.strip()), "")


def _letters(sheet: Sheet, signs: Sequence[str]) -> Iterator[Caution]:
    names = [field_of(heading) in _NAMES for heading in sheet.headings]
    yield from _letters_in(Record(sheet.header_line, sheet.headings), sheet.headings, names)
    for record in sheet.records:
        whole = "\n".join(record.cells)
        if any(sign in whole for sign in signs):
            yield from _letters_in(record, sheet.headings, names)


def _letters_in(record: Record, headings: Sequence[str], names: Sequence[bool]) -> Iterator[Caution]:
    for cell, heading, is_name in zip(record.cells, headings, names, strict=True):
        kind = _kind(cell, is_name=is_name)
        if kind is not None:
            yield Caution(kind, record.line, _clean(heading), _clean(cell)[:_SHOWN])


def _kind(cell: str, *, is_name: bool) -> CautionKind | None:
    if "\0" in cell:
        return CautionKind.NUL_REMOVED
    if _REPLACED in cell:
        return CautionKind.UNDECODABLE
    if _DAMAGED.search(cell):
        return CautionKind.DAMAGED_LETTERS
    return CautionKind.LOST_LETTERS if is_name and _LOST.fullmatch(cell) else None


def _clean(cell: str) -> str:
    return cell.replace("\0", "")


def _without_nul(sheet: Sheet) -> Sheet:
    headings = tuple(map(_clean, sheet.headings))
    return replace(sheet, headings=headings, records=tuple(map(_clean_record, sheet.records)))


def _clean_record(record: Record) -> Record:
    if not any("\0" in cell for cell in (*record.cells, *record.extra)):
        return record
    return replace(record, cells=tuple(map(_clean, record.cells)), extra=tuple(map(_clean, record.extra)))


def _lost_zeros(grid: Grid, kept: Sequence[int], sheet: Sheet) -> Iterator[Caution]:
    phones = [
        (place, column, sheet.headings[place])
        for place, column in enumerate(kept)
        if field_of(sheet.headings[place]) in _PHONES
    ]
    is_number = grid.is_number
    for record in sheet.records if phones and is_number else ():
        for place, column, heading in phones:
            if is_number and is_number(record.line - 1, column):
                yield Caution(CautionKind.LOST_ZERO, record.line, heading, record.cells[place])
