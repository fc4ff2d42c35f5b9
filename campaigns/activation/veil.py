"""What fewer than five have told us of themselves is not shown, nor what would let anybody work it out.

The whole tree is looked at, whichever page is asked for: what one page hides, no other may give away. Not
shown is a number from one to four, and where only that one would be missing from a sum, the next smallest
beside it. Nothing keeps a reader from comparing with what the same page said last week.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

FEW = 5
"""Fewer members than this are too few to show what they have done or said."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A unit in the tree, with how many members of its own it has and how many of them are counted."""

    unit_id: UUID
    path: str
    members: int
    number: int


@dataclass(eq=False, slots=True)
class _Sum:
    """A number that some page shows, and the numbers it is the sum of."""

    number: int
    few: bool = False
    hidden: bool = False
    parts: list["_Sum"] = field(default_factory=list)

    def hide(self) -> None:
        """Not shown; nor can it be added up from its parts."""
        self.hidden = True
        shown = [part for part in self.parts if part.number]
        if shown and not any(part.hidden for part in shown):
            min(shown, key=_size).hide()

    def cover(self) -> None:
        """Hide those of the parts that are too small, and as many more as keep them hidden."""
        for part in self.parts:
            if 0 < part.number < FEW or (part.few and part.number):
                part.hide()
        while 0 < sum(part.number for part in self.parts if part.hidden) < FEW:
            others = [part for part in self.parts if part.number and not part.hidden]
            if not others:
                return
            min(others, key=_size).hide()


@dataclass(frozen=True, slots=True)
class Veil:
    """The units of whose own members the number is not shown, and those of which the sum is not."""

    rows: frozenset[UUID] = frozenset()
    sums: frozenset[UUID] = frozenset()


def veil_of(cells: Iterable[Cell]) -> Veil:
    """What is not shown of one measure; ``cells`` are all units of the tenant."""
    deepest_first = sorted(cells, key=lambda cell: (-cell.path.count("/"), cell.path))
    rows = {cell.unit_id: _Sum(cell.number, few=cell.members < FEW) for cell in deepest_first}
    below: defaultdict[str, list[_Sum]] = defaultdict(list)
    sums: dict[UUID, _Sum] = {}
    for cell in deepest_first:
        parts = [rows[cell.unit_id], *below[cell.path]]
        whole = sums[cell.unit_id] = _Sum(sum(part.number for part in parts), parts=parts)
        whole.cover()
        below[_above(cell.path)].append(whole)
    everything = _Sum(0, parts=[whole for path in below if not path.strip("/") for whole in below[path]])
    everything.cover()
    return Veil(_hidden(rows), _hidden(sums))


def _above(path: str) -> str:
    return path.rstrip("/").rpartition("/")[0] + "/"


def _size(one: _Sum) -> int:
    return one.number


def _hidden(found: dict[UUID, _Sum]) -> frozenset[UUID]:
    return frozenset(unit_id for unit_id, one in found.items() if one.hidden)
