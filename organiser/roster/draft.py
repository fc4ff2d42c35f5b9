"""A row while its cells are being read: what they said so far, and what was odd."""

from collections.abc import Callable
from typing import Any, NamedTuple

from organiser.core.text import squeeze
from organiser.roster.problems import LONGEST_SHOWN, Problem, ProblemKind
from organiser.roster.values import without_identity_numbers


class ReadPhone(NamedTuple):
    """A number of a row: ``kind`` is the column (mobile, home, work, phone), ``note`` the words beside it."""

    e164: str
    kind: str
    note: str


class Draft:
    """What the cells of one row have said so far."""

    __slots__ = ("extra", "line", "phones", "problems", "values")

    def __init__(self, line: int) -> None:
        self.line = line
        self.values: dict[str, Any] = {}
        self.phones: list[ReadPhone] = []
        self.problems: list[Problem] = []
        self.extra: dict[str, str] = {}

    def tell(self, column: str, kind: ProblemKind, text: str) -> None:
        """Remember something odd, in one line and without identity numbers."""
        self.problems.append(Problem(self.line, column, kind, shown(text)))


def shown(text: str) -> str:
    """Text of a cell as it may be told: one line, not endless, identity numbers masked."""
    return without_identity_numbers(squeeze(text[:LONGEST_SHOWN]))


Put = Callable[[str, Draft], None]
"""What reads the cell of one column into the draft; never raises."""
