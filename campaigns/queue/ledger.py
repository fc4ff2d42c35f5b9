"""How far the lists have come: members by state, and those who wait for an organiser."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from campaigns.queue import ledger_queries as queries
from campaigns.queue.models import Call, Target
from campaigns.queue.states import TargetState
from organiser.core.database import db


@dataclass(slots=True)
class Progress:
    """How far a list has come: members by state, how many have been tried or talked to, and how many wait
    for an organiser, set aside or not.
    """

    states: Counter[TargetState] = field(default_factory=Counter)
    rung: int = 0
    waiting: int = 0

    @property
    def on_list(self) -> int:
        return sum(self.states.values())

    @property
    def left(self) -> int:
        return self.states[TargetState.QUEUED]

    @property
    def set_aside(self) -> int:
        return sum(self.states[state] for state in queries.WAITING)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A member an organiser must do something for, with what callers told, the latest first."""

    target: Target
    told: Sequence[Call]

    @property
    def may_return(self) -> bool:
        return self.target.state in queries.WAITING


def progress_of(assignment_ids: Collection[UUID]) -> dict[UUID, Progress]:
    """For each list how far it has come, also for those with nobody on them."""
    found = {assignment_id: Progress() for assignment_id in assignment_ids}
    for assignment_id, state, number, rung in db.session.execute(queries.ledger(assignment_ids)):
        found[assignment_id].states[state] = number
        found[assignment_id].rung += rung
    for assignment_id, number in db.session.execute(queries.waiting_counts(assignment_ids)):
        found[assignment_id].waiting = number
    return found


def summed(parts: Collection[Progress]) -> Progress:
    """All lists together."""
    whole = Progress()
    for part in parts:
        whole.states.update(part.states)
        whole.rung += part.rung
        whole.waiting += part.waiting
    return whole


def waiting(targets: Sequence[Target]) -> list[Waiting]:
    """These members with what was told of them."""
    told: dict[UUID, list[Call]] = defaultdict(list)
    for call in db.session.scalars(queries.told_of([target.id for target in targets])):
        told[call.target_id].append(call)
    return [Waiting(target, told[target.id]) for target in targets]
