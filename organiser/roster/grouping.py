"""Problems gathered by what can be done about them: seven hundred rows never make seven hundred lines."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from organiser.roster.reading import Told
from organiser.roster.repairs import REPAIR, Repair, Weight

LINES_SHOWN = 20
EXAMPLES = 3


@dataclass(slots=True)
class Group:
    """Problems of one kind: how many, on which rows of the spreadsheet, and some of the texts."""

    repair: Repair
    kind: str
    n: int = 0
    lines: list[int] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    examples: list[str] = field(default_factory=list)
    example_lines: list[int] = field(default_factory=list)

    @property
    def shown_lines(self) -> Sequence[int]:
        return self.lines[:LINES_SHOWN]

    @property
    def more(self) -> int:
        return len(self.lines) - len(self.shown_lines)

    def add(self, one: Told) -> None:
        self.n += 1
        if one.line not in self.lines[-1:]:
            self.lines.append(one.line)
        if one.column and one.column not in self.columns:
            self.columns.append(one.column)
        if one.text and one.text not in self.examples and len(self.examples) < EXAMPLES:
            self.examples.append(one.text)
            self.example_lines.append(one.line)


def grouped(told: Iterable[Told]) -> dict[Weight, list[Group]]:
    """The groups of each weight, the heaviest first, the largest first within it."""
    groups: dict[str, Group] = {}
    for one in told:
        groups.setdefault(one.kind, Group(REPAIR[one.kind], one.kind)).add(one)
    ordered = sorted(groups.values(), key=lambda group: -group.n)
    return {weight: [one for one in ordered if one.repair.weight is weight] for weight in Weight}
