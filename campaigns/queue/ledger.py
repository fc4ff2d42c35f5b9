"""How far the lists have come: every member of the audience in one place, and who waits for an organiser."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from campaigns.queue import ledger_queries as queries
from campaigns.queue.places import LEFT, SETTLED, Place
from organiser.core.database import db
from organiser.web.filters import zone


@dataclass(slots=True)
class Ledger:
    """Members of one list, or of several, by where they stand. ``tried``: rung at least once; ``errands``:
    members for whom an organiser has something to do.
    """

    places: Counter[Place] = field(default_factory=Counter)
    tried: int = 0
    errands: int = 0

    @property
    def audience(self) -> int:
        """Everybody; the places add up to it."""
        return sum(self.places.values())

    @property
    def left(self) -> int:
        """Still to be rung, now or later."""
        return sum(self.places[place] for place in LEFT)

    @property
    def settled(self) -> int:
        """Met, on the telephone or in another way."""
        return sum(self.places[place] for place in SETTLED)

    @property
    def aside(self) -> int:
        """Not rung: they may not be, do not want it, have no number, were tried enough, or an organiser must
        act first.
        """
        return self.audience - self.left - self.settled


def ledgers_of(assignment_ids: Collection[UUID], at: datetime) -> dict[UUID, Ledger]:
    """For each list where everybody stands at ``at``, also for those with nobody on them: three questions."""
    found = {assignment_id: Ledger() for assignment_id in assignment_ids}
    on = at.astimezone(zone()).date()
    for assignment_id, place, number in db.session.execute(queries.ledger(assignment_ids, at, on)):
        found[assignment_id].places[Place(place)] = number
    for assignment_id, number in db.session.execute(queries.tried(assignment_ids)):
        found[assignment_id].tried = number
    for assignment_id, number in db.session.execute(queries.errand_counts(assignment_ids)):
        found[assignment_id].errands = number
    return found


def summed(parts: Collection[Ledger]) -> Ledger:
    """All lists together."""
    whole = Ledger()
    for part in parts:
        whole.places.update(part.places)
        whole.tried += part.tried
        whole.errands += part.errands
    return whole
