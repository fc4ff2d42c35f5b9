"""What the organiser's pages count: who can be rung, why others cannot, how far each list has come."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from campaigns.calling import campaigns_queries as queries
from campaigns.calling.models import Call, Target
from campaigns.calling.states import TargetState
from organiser.core.database import db
from organiser.members.rules import WhyNot
from organiser.orgs.models import Organisation
from organiser.orgs.queries import associations_of


@dataclass(slots=True)
class Reach:
    """Members of one unit: how many may be rung, and how many not, for which reason. They add up."""

    unit: Organisation | None
    callable: int = 0
    why_not: Counter[WhyNot] = field(default_factory=Counter)

    @property
    def others(self) -> int:
        return sum(self.why_not.values())

    @property
    def members(self) -> int:
        return self.callable + self.others

    def count(self, why: str, number: int) -> None:
        """Add so many, of whom ``why`` says the reason; an empty one: they may be rung."""
        if why:
            self.why_not[WhyNot(why)] += number
        else:
            self.callable += number


@dataclass(frozen=True, slots=True)
class Reachable:
    """A unit's associations with what can be rung there, their sum, and the members outside of them all."""

    rows: list[Reach]
    total: Reach
    outside: int


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


def reachable(unit_id: UUID, on: date) -> Reachable:
    """Whom a campaign of the unit would ring, made on the day ``on``."""
    units = db.session.scalars(associations_of(unit_id)).all()
    rows = {unit.id: Reach(unit) for unit in units}
    total, outside = Reach(None), 0
    for organisation_id, why, number in db.session.execute(queries.reach(unit_id, on)):
        if organisation_id in rows:
            rows[organisation_id].count(why, number)
            total.count(why, number)
        else:
            outside += number
    return Reachable(list(rows.values()), total, outside)


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
