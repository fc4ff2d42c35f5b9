"""What the callers know: which outcomes they were told are kept, and how long the next person took."""

from collections import Counter
from dataclasses import dataclass, field
from uuid import UUID


@dataclass(slots=True)
class Ledger:
    """Written by all callers; held against the database at the end.

    ``kept``: for each call the outcome that was acknowledged last; none: its undoing was. ``unsure``: calls
    of which a story was sent and never answered. ``next_ms``: press to page, what broke in between included.
    """

    kept: dict[UUID, str | None] = field(default_factory=dict)
    unsure: set[UUID] = field(default_factory=set)
    dealt: set[UUID] = field(default_factory=set)
    next_ms: list[float] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)

    def acknowledge(self, call_id: UUID, outcome: str | None) -> None:
        """The server has said that this is stored."""
        self.kept[call_id] = outcome
        self.unsure.discard(call_id)

    def doubt(self, call_id: UUID) -> None:
        """Something was sent of this call; until it is acknowledged nobody knows."""
        self.unsure.add(call_id)

    def percentile(self, share: float) -> float:
        """Milliseconds within which that share of the next persons came."""
        ranked = sorted(self.next_ms)
        return round(ranked[min(len(ranked) - 1, int(share * len(ranked)))], 1) if ranked else 0.0
