"""Whom a campaign would ring: who can be, and why the others cannot, association by association."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from campaigns.planning import queries
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
