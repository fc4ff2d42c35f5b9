"""Whom a campaign would ring just now: who can be, and why the others cannot, association by association."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from campaigns.queue.audience import Audience, WhyNotNow
from campaigns.queue.audience_queries import reach
from organiser.core.database import db
from organiser.members.rules import WhyNot
from organiser.orgs.models import Organisation
from organiser.orgs.queries import associations_of


@dataclass(slots=True)
class Reach:
    """Members of one unit: how many may be rung, and how many not, for which reason. They add up."""

    unit: Organisation | None
    callable: int = 0
    why_not: Counter[WhyNot | WhyNotNow] = field(default_factory=Counter)

    @property
    def others(self) -> int:
        return sum(self.why_not.values())

    @property
    def members(self) -> int:
        return self.callable + self.others

    def count(self, why: str, number: int) -> None:
        """Add so many, of whom ``why`` says the reason; an empty one: they may be rung."""
        if why:
            self.why_not[WhyNotNow(why) if why in set(WhyNotNow) else WhyNot(why)] += number
        else:
            self.callable += number


@dataclass(frozen=True, slots=True)
class Reachable:
    """A unit's associations with what can be rung there, their sum, and the members outside of them all."""

    rows: list[Reach]
    total: Reach
    outside: int


def reachable(
    unit_id: UUID,
    at: datetime,
    zone: ZoneInfo,
    audience: Audience | None = None,
    survey_id: UUID | None = None,
) -> Reachable:
    """Whom a campaign of the unit would ring at ``at``; no ``audience``: it is for everybody. ``survey_id``:
    what it asks; whoever has answered that is not rung for it again.
    """
    told = reach(unit_id, audience or Audience(), at, zone, survey_id)
    units = db.session.scalars(associations_of(unit_id)).all()
    rows = {unit.id: Reach(unit) for unit in units}
    total, outside = Reach(None), 0
    for organisation_id, why, number in db.session.execute(told):
        if organisation_id in rows:
            rows[organisation_id].count(why, number)
            total.count(why, number)
        else:
            outside += number
    return Reachable(list(rows.values()), total, outside)
