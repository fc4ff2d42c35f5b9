"""What the board is needed for: associations nobody answers for, that have not begun, or are not read in."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from campaigns.activation.figures import Row


class Kind(StrEnum):
    """What is missing."""

    NOT_READ_IN = "not_read_in"
    NO_ASSOCIATION = "no_association"
    NOBODY_RESPONSIBLE = "nobody_responsible"
    NOT_BEGUN = "not_begun"


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that is missing, where, and for how many members."""

    kind: Kind
    rows: Sequence[Row]

    @property
    def names(self) -> list[str]:
        return [row.name for row in self.rows]

    @property
    def members(self) -> int:
        return sum(row.members for row in self.rows)


def needs_of(rows: Sequence[Row]) -> list[Need]:
    """What is missing in these rows, the most pressing first; of a veiled row not what was done."""
    associations = [row for row in rows if row.is_association]
    peopled = [row for row in associations if row.members]
    found = {
        Kind.NOT_READ_IN: [row for row in associations if not row.members],
        Kind.NOBODY_RESPONSIBLE: [row for row in peopled if not row.responsible],
        Kind.NOT_BEGUN: [row for row in peopled if not row.rung and not row.hidden],
        Kind.NO_ASSOCIATION: [row for row in rows if not row.is_association],
    }
    return [Need(kind, where) for kind, where in found.items() if where]
