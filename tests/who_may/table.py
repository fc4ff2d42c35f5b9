"""Reads docs/who-may.md: which page, at which address, opens to whom."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

PATH = Path(__file__).parents[2] / "docs" / "who-may.md"
ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")


class Who(StrEnum):
    """The table's columns of people, by their headings."""

    ADMINISTRATOR = "Administratör"
    ORGANISER = "Organisatör"
    CALLER = "Ringare"
    VIEWER = "Styrelse"
    NOBODY = "Utan inloggning"


class Cell(StrEnum):
    """What may stand in a cell."""

    YES = "ja"  # in the unit of one's role and below it
    OWN = "egen"  # only what is one's own
    TOP = "överst"  # only who holds the role at the top of the organisation
    NO = "nej"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    page: str
    rule: str
    method: str
    cells: dict[Who, Cell]

    def __str__(self) -> str:
        return f"{self.method} {self.rule}"

    @property
    def arguments(self) -> list[str]:
        """The names in the address, in order."""
        return ARGUMENT.findall(self.rule)

    @property
    def public(self) -> bool:
        return self.cells[Who.NOBODY] is Cell.YES

    @property
    def unsafe(self) -> bool:
        return self.method != "GET"


def _lines() -> Iterator[list[str]]:
    """The cells of every line of every table, headings and rules left out."""
    for line in PATH.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not line.startswith("|") or not set(cells[0]) - set("-:"):
            continue
        if cells[1] == "Adress":
            assert cells[3:] == [who.value for who in Who], cells
        else:
            yield cells


def read_table() -> list[Row]:
    """Every row; a heading that is not ours or a word that may not stand in a cell is an error."""
    return [
        Row(page, rule.strip("`"), method, dict(zip(Who, map(Cell, cells), strict=True)))
        for page, rule, method, *cells in _lines()
    ]


TABLE = read_table()
