"""From a grid of cells to a sheet: every row under the headings a record or passed over, none forgotten."""

from collections.abc import Sequence
from dataclasses import dataclass

from organiser.roster.sheets.damage import cautions_of
from organiser.roster.sheets.headings_row import Headings, find_headings, is_blank
from organiser.roster.sheets.limits import MAX_COLUMNS, MAX_ROWS
from organiser.roster.sheets.refusals import Refusal, Unreadable
from organiser.roster.sheets.skipping import Sieve
from organiser.roster.sheets.table import Grid, Record, Sheet, Skipped, SkipReason


def shape(grid: Grid, found: Headings | None = None) -> Sheet:
    """The sheet that a grid holds. `found` are its headings when somebody has looked already."""
    found = found or find_headings(grid.rows)
    if found is None:
        raise Unreadable(Refusal.NO_HEADINGS)
    columns = _columns(grid, found.row)
    above = grid.rows[: found.row]
    body = _Body(tuple(grid.rows[found.row][column].strip() for column in columns.kept), above, columns)
    body.take(grid.rows, found.row + 1)
    sheet = Sheet(
        encoding=grid.encoding,
        delimiter=grid.delimiter,
        sheet_name=grid.sheet_name,
        header_line=found.row + 1,
        headings=body.headings,
        records=tuple(body.records),
        skipped=(*_above(above), *body.skipped),
    )
    return cautions_of(grid, columns.kept, sheet)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which columns of the file become columns of the sheet; `plain` when all are, from the first."""

    kept: tuple[int, ...]
    width: int
    plain: bool
    hidden: frozenset[int]


def _columns(grid: Grid, row: int) -> _Columns:
    headings = grid.rows[row]
    named = [number for number, heading in enumerate(headings) if heading.strip()]
    width = named[-1] + 1
    unnamed = set(range(width)).difference(named)
    used = {number for number in unnamed if _is_used(grid.rows, row + 1, number)}
    kept = tuple(n for n in range(width) if n not in grid.hidden and (n in used or n not in unnamed))
    if not kept:
        raise Unreadable(Refusal.NO_HEADINGS)
    if len(kept) > MAX_COLUMNS:
        raise Unreadable(Refusal.TOO_MANY_COLUMNS)
    return _Columns(kept, width, len(kept) == width, grid.hidden)


def _is_used(rows: Sequence[Sequence[str]], start: int, column: int) -> bool:
    return any(len(row) > column and row[column].strip() for row in rows[start:])


def _above(rows: Sequence[Sequence[str]]) -> list[Skipped]:
    return [Skipped(line, _why_above(row)) for line, row in enumerate(rows, start=1)]


def _why_above(row: Sequence[str]) -> SkipReason:
    if is_blank(row):
        return SkipReason.BLANK
    return SkipReason.COMMENT if row[0].lstrip().startswith("#") else SkipReason.TITLE


class _Body:
    """Sorts the rows under the headings into records and skipped ones."""

    def __init__(self, headings: tuple[str, ...], above: Sequence[Sequence[str]], columns: _Columns) -> None:
        self.headings = headings
        self.records: list[Record] = []
        self.skipped: list[Skipped] = []
        self._columns = columns
        self._sieve = Sieve(headings, above)

    def take(self, rows: Sequence[Sequence[str]], start: int) -> None:
        """Sort the rows from `start` on. A full row of plain text costs next to nothing."""
        width, records, exact = self._columns.width, self.records, self._sieve.exact
        crowded = width // 2 if self._columns.plain and width > 6 else -1  # noqa: PLR2004  # fewer need a closer look
        for line in range(start + 1, self._end(rows, start) + 1):
            row = rows[line - 1]
            if len(row) == width and row.count("") < crowded and exact.isdisjoint(row):
                records.append(Record(line, tuple(row)))
            else:
                self._consider(line, row)
        if len(records) > MAX_ROWS:
            raise Unreadable(Refusal.TOO_MANY_ROWS)

    def _end(self, rows: Sequence[Sequence[str]], start: int) -> int:
        """Blank rows at the end are no rows."""
        end = len(rows)
        while end > start and is_blank(rows[end - 1]):
            end -= 1
        return end

    def _consider(self, line: int, row: Sequence[str]) -> None:
        cells = self._cells(row)
        beyond = range(self._columns.width, len(row))
        extra = tuple(row[n] for n in beyond if row[n].strip() and n not in self._columns.hidden)
        why = self._sieve.why((*cells, *extra))
        if why is None:
            short = len(row) < self._columns.width
            self.records.append(Record(line, cells, extra, short))
        else:
            self.skipped.append(Skipped(line, why))

    def _cells(self, row: Sequence[str]) -> tuple[str, ...]:
        if self._columns.plain:
            cells = tuple(row[: self._columns.width])
            return cells + ("",) * (self._columns.width - len(cells))
        return tuple(row[column] if column < len(row) else "" for column in self._columns.kept)
