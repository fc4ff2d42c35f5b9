"""What a sheet's values do not tell: hidden columns, merged cells, formulas without a value, and cells so far
out that they are a slip of the hand.
"""

from organiser.roster.sheets.limits import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_STRAYS
from organiser.roster.sheets.places import column_letters, counted, first_column_of, row_and_column
from organiser.roster.sheets.refusals import Refusal, Unreadable
from organiser.roster.sheets.table import CautionKind
from organiser.roster.sheets.xml_walk import walk, walker


class Layout:
    """One walk through the XML of a sheet; rows and columns count from 0."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.merged: list[tuple[int, int, int]] = []  # column, first row, last row
        self.hidden_rows: list[int] = []
        self.odd_cells: dict[tuple[int, int], CautionKind] = {}
        self.strays: list[tuple[int, str]] = []  # line and name
        self.shared_cells = 0
        self._hidden: list[tuple[int, int]] = []
        self._cuts: list[tuple[int, int]] = []
        self._row = self._column = -1
        self._rows = self._columns = 0
        self._begins = 0
        self._filled = self._formula = self._valued = self._far = False
        self._parser = walker()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        walk(self._parser, content)
        if self._rows * self._columns > MAX_CELLS:
            raise Unreadable(Refusal.TOO_MANY_ROWS)

    @property
    def hidden(self) -> frozenset[int]:
        """The hidden columns that a list can have."""
        return frozenset(n for low, high in self._hidden for n in range(low, min(high, MAX_COLUMNS)))

    def without_strays(self) -> bytes:
        """The sheet's XML without the cells far outside, so that nobody lays out a million cells for one."""
        kept, at = [], 0
        for begins, ends in self._cuts:
            kept.append(self.content[at:begins])
            at = ends
        return b"".join((*kept, self.content[at:])) if kept else self.content

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "c":
            self._cell(attributes)
        elif name == "v":
            self._filled = True
            if self._formula:
                self._parser.CharacterDataHandler = self._value
        elif name == "is":
            self._filled = True
        elif name == "f":
            self._formula = self._filled = True
        elif name == "row":
            self._start_row(attributes)
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            self._hidden.append((counted(attributes.get("min")) - 1, counted(attributes.get("max"))))
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._row = counted(attributes["r"]) - 1 if "r" in attributes else self._row + 1
        self._column = -1
        if attributes.get("hidden") in ("1", "true"):
            self.hidden_rows.append(self._row)

    def _cell(self, attributes: dict[str, str]) -> None:
        self._begins = self._parser.CurrentByteIndex
        kind, place = attributes.get("t"), attributes.get("r")
        self._filled = self._formula = False
        self._valued = kind == "str"  # a formula whose text is empty has a value
        if place is None:
            self._column += 1
        else:
            self._row, self._column = row_and_column(place)
        self._far = self._column >= MAX_COLUMNS or self._row >= MAX_ROWS
        if kind == "s":
            self.shared_cells += 1
        elif kind == "e" and not self._far:
            self.odd_cells[self._row, self._column] = CautionKind.ERROR_VALUE

    def _value(self, text: str) -> None:
        self._valued = self._valued or bool(text)

    def _end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name == "v":
            self._parser.CharacterDataHandler = None
        elif name == "c" and self._filled:
            self._end_cell()

    def _end_cell(self) -> None:
        if self._far:
            self._stray()
            return
        if self._formula and not self._valued:
            self.odd_cells[self._row, self._column] = CautionKind.FORMULA_WITHOUT_VALUE
        self._rows = max(self._rows, self._row + 1)
        self._columns = max(self._columns, self._column + 1)

    def _stray(self) -> None:
        if len(self.strays) == MAX_STRAYS:
            far_down = self._row >= MAX_ROWS
            raise Unreadable(Refusal.TOO_MANY_ROWS if far_down else Refusal.TOO_MANY_COLUMNS)
        self.strays.append((self._row + 1, f"{column_letters(self._column)}{self._row + 1}"))
        ends = self.content.index(b">", self._parser.CurrentByteIndex) + 1
        self._cuts.append((self._begins, ends))

    def _merge(self, reference: str) -> None:
        span = first_column_of(reference)
        if span is not None and span[1] < span[2] and span[0] < MAX_COLUMNS:
            self.merged.append(span)
