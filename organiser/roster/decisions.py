"""What becomes of each row of a file, and of the file as a whole."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from organiser.roster.known import Id
from organiser.roster.problems import Problem
from organiser.roster.rows import ReadPhone, Row


class DecisionKind(StrEnum):
    """What becomes of a row; every row is exactly one of these."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class Decision:
    """One row and what becomes of it. ``organisation_id`` is where the member is afterwards (None for a row
    that is not taken in); ``changes`` maps a field to (old, new); ``moved`` is (from, to) for one who moves.
    """

    row: Row
    kind: DecisionKind
    member_id: Id | None = None
    organisation_id: Id | None = None
    changes: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    add_phones: tuple[ReadPhone, ...] = ()
    drop_phones: tuple[str, ...] = ()
    moved: tuple[Id, Id] | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def line(self) -> int:
        """The spreadsheet's row."""
        return self.row.line

    @property
    def counts(self) -> bool:
        """The row stands for a member after the import."""
        return self.kind in (DecisionKind.CREATED, DecisionKind.UPDATED, DecisionKind.UNCHANGED)


@dataclass(frozen=True, slots=True)
class Plan:
    """All decisions, in the file's order, and who in scope the file does not mention."""

    decisions: tuple[Decision, ...]
    absent: tuple[Id, ...]

    def counts(self) -> dict[str, int]:
        """Rows are created + updated + unchanged + refused + duplicates; ``moved`` is part of updated."""
        kinds = Counter(decision.kind for decision in self.decisions)
        return {
            "rows": len(self.decisions),
            "created": kinds[DecisionKind.CREATED],
            "updated": kinds[DecisionKind.UPDATED],
            "unchanged": kinds[DecisionKind.UNCHANGED],
            "refused": kinds[DecisionKind.REFUSED],
            "duplicates": kinds[DecisionKind.DUPLICATE],
            "moved": sum(decision.moved is not None for decision in self.decisions),
            "absent": len(self.absent),
            "phones_valid": sum(d.counts and "phones" in d.row.values for d in self.decisions),
        }

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything told about any row, in the file's order."""
        return tuple(problem for decision in self.decisions for problem in decision.problems)
