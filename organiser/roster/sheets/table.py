"""What is left when a file has been read: headings, records, what was passed over and what looks odd."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class SkipReason(StrEnum):
    """Why a row is no record."""

    TITLE = "title"
    BLANK = "blank"
    COMMENT = "comment"
    SUBTOTAL = "subtotal"
    REPEATED_HEADING = "repeated_heading"


class CautionKind(StrEnum):
    """What looks odd but does not stop the reading."""

    DAMAGED_LETTERS = "damaged_letters"  # Ã…sa: read with the wrong encoding before it came to us
    LOST_LETTERS = "lost_letters"  # Ma?gorzata: a letter the file's encoding does not have
    UNDECODABLE = "undecodable"  # bytes that are no letters in the file's encoding, shown as U+FFFD
    NUL_REMOVED = "nul_removed"
    BROKEN_QUOTE = "broken_quote"  # a quotation mark that is never closed: the row is read as it stands
    FORMULA_WITHOUT_VALUE = "formula_without_value"
    ERROR_VALUE = "error_value"  # #N/A and its kin
    LOST_ZERO = "lost_zero"  # a phone number kept as a number, so that its first zero may be gone
    HIDDEN_COLUMN = "hidden_column"  # left out
    HIDDEN_ROWS = "hidden_rows"  # read all the same; `text` says how many
    OTHER_SHEET = "other_sheet"  # another sheet that looks like a list too, not read; `text` is its name
    STRAY_CELL = "stray_cell"  # far outside the list, left out


SIGNS = ("\N{REPLACEMENT CHARACTER}", "?", "\0", "Ã", "Â", "â€", "√", "├")
"""Where none of these is, no letter was damaged on the way to us."""


@dataclass(frozen=True, slots=True)
class Caution:
    """Something odd at a row (`line`, as the spreadsheet counts) and under a heading ('' when in none)."""

    kind: CautionKind
    line: int
    column: str
    text: str


@dataclass(frozen=True, slots=True)
class Record:
    """One row of data: as many cells as headings, what stood beyond them, and if any were missing."""

    line: int
    cells: tuple[str, ...]
    extra: tuple[str, ...] = ()
    short: bool = False


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that is no record, and why."""

    line: int
    why: SkipReason


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list as it was read. `line` and `header_line` are rows as their spreadsheet counts them, blank ones
    counted, a record with line breaks inside counted once.
    """

    encoding: str | None
    delimiter: str | None
    sheet_name: str | None
    header_line: int
    headings: tuple[str, ...]
    records: tuple[Record, ...]
    skipped: tuple[Skipped, ...] = ()
    warnings: tuple[Caution, ...] = ()


@dataclass(slots=True)
class Grid:
    """A file's cells before it is known which row holds the headings. Row 0 is the spreadsheet's row 1."""

    rows: list[list[str]]
    hidden: frozenset[int] = frozenset()
    encoding: str | None = None
    delimiter: str | None = None
    sheet_name: str | None = None
    signs: tuple[str, ...] = SIGNS
    is_number: Callable[[int, int], bool] | None = None
    odd_rows: Mapping[int, CautionKind] = field(default_factory=dict)
    odd_cells: Mapping[tuple[int, int], CautionKind] = field(default_factory=dict)
    notes: tuple[Caution, ...] = ()
