"""An evening as its organiser sees it: who rings, what today has come to, what is odd. No member's name."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from campaigns.evenings import queries as evenings
from campaigns.following import live_queries as queries
from campaigns.following.oddities import Oddity, Told, oddities
from campaigns.following.tempo import HalfHour, half_hours, mix_of
from campaigns.queue.campaign_rules import Shut, why_shut
from campaigns.queue.hours import start_of_day
from campaigns.queue.ledger import Ledger, ledgers_of, summed
from campaigns.queue.models import CallAssignment, Campaign
from campaigns.queue.outcomes import Outcome
from organiser.core.database import db
from organiser.core.tenancy import here
from organiser.members.page_queries import names_of
from organiser.web.filters import zone

STALE = 300
"""Seconds after which the page is drawn anew though nothing was written: rest ends by itself."""
Row = tuple[UUID, UUID, Outcome, datetime]
TALKED = (Outcome.TALKED, Outcome.CALLED_BACK)


@dataclass(frozen=True, slots=True)
class Scope:
    """The lists of one campaign that are followed, and when it is."""

    campaign: Campaign
    lists: Sequence[CallAssignment]
    at: datetime

    @property
    def ids(self) -> list[UUID]:
        return [one.id for one in self.lists]

    @property
    def since(self) -> datetime:
        """When the day began."""
        return start_of_day(self.at, zone())


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who rings: since when they hold somebody (none: they do not) and since when they are let in
    (none: they are no more, or ring without a shift), their calls today, and what to look at.
    """

    name: str
    holds_since: datetime | None
    came_at: datetime | None
    calls: int
    odd: Sequence[Oddity]

    @property
    def inside(self) -> bool:
        return self.holds_since is not None or self.came_at is not None


@dataclass(frozen=True, slots=True)
class Live:
    """All of it. ``promised``: calls promised for today, and when the first of them is."""

    scope: Scope
    callers: Sequence[Caller]
    ledger: Ledger
    mix: Sequence[tuple[Outcome, int]]
    tempo: Sequence[HalfHour]
    promised: int
    promised_at: datetime | None
    shut: Shut | None

    @property
    def inside(self) -> list[Caller]:
        """Those who ring now."""
        return [caller for caller in self.callers if caller.inside]

    @property
    def holding(self) -> int:
        return sum(caller.holds_since is not None for caller in self.callers)

    @property
    def rung(self) -> int:
        return sum(n for _outcome, n in self.mix)

    @property
    def reached(self) -> int:
        return sum(n for outcome, n in self.mix if outcome.reached)

    @property
    def odd(self) -> list[tuple[Caller, Oddity]]:
        """What to look at, caller by caller."""
        return [(caller, oddity) for caller in self.callers for oddity in caller.odd]


def live_of(scope: Scope) -> Live:
    """How these lists stand: as many questions however many calls there are, and none about other days."""
    told = _told_today(scope)
    ended = [(outcome, at) for _call, _caller, outcome, at in told]
    tomorrow = start_of_day(scope.since + timedelta(hours=36), zone())
    promised, promised_at = db.session.execute(queries.promised_until(scope.ids, tomorrow)).one()
    return Live(
        scope=scope,
        callers=_callers(scope, told),
        ledger=summed(list(ledgers_of(scope.ids, scope.at).values())),
        mix=mix_of(ended),
        tempo=half_hours(ended, zone()),
        promised=promised,
        promised_at=promised_at,
        shut=why_shut(scope.lists[0], scope.at, zone()) if scope.lists else None,
    )


def version_of(scope: Scope, language: str) -> str:
    """A mark that is another one as soon as something on the page is: from a few counts."""
    marks = (
        queries.told_mark(scope.ids, scope.since),
        queries.held_mark(scope.ids, scope.at),
        queries.shift_mark(scope.ids, scope.at),
        queries.errand_mark(scope.ids),
        queries.due_mark(scope.ids, scope.at),
    )
    told = [tuple(db.session.execute(mark).one()) for mark in marks]
    known = [here(), language, scope.ids, scope.since, int(scope.at.timestamp()) // STALE]
    written = repr([known, scope.campaign.version, told])
    return hashlib.sha256(written.encode()).hexdigest()[:32]


def _told_today(scope: Scope) -> list[Row]:
    rows = db.session.execute(queries.told_since(scope.ids, scope.since))
    return [(call, caller, outcome, at) for call, caller, outcome, at in rows if outcome and at]


def _callers(scope: Scope, told: Sequence[Row]) -> list[Caller]:
    """Everybody who is in, holds somebody, or has told of a call today; by when they came, then by name."""
    holds = dict(db.session.execute(queries.holding(scope.ids, scope.at)).all())
    came: dict[UUID, datetime] = {}
    for shift in db.session.scalars(evenings.running_shifts(scope.ids, scope.at)):
        came.setdefault(shift.account_id, shift.starts_at)
    calls = _told_by_each(scope, told)
    ids = {*holds, *came, *calls}
    names = dict(db.session.execute(names_of(ids)).all())
    leases: Counter[UUID] = Counter(
        dict(db.session.execute(queries.whole_leases(scope.ids, ids, scope.since)).all())
    )
    with_survey = scope.campaign.survey_id is not None
    found = [
        Caller(
            name=names.get(one, ""),
            holds_since=holds.get(one),
            came_at=came.get(one),
            calls=len(calls[one]),
            odd=oddities(calls[one], leases[one], with_survey=with_survey),
        )
        for one in ids
    ]
    return sorted(found, key=lambda caller: (not caller.inside, caller.holds_since is None, caller.name))


def _told_by_each(scope: Scope, told: Sequence[Row]) -> dict[UUID, list[Told]]:
    answered: set[UUID | None] = set()
    if scope.campaign.survey_id is not None:
        answered = set(db.session.scalars(queries.answered_since(scope.ids, scope.since)))
    found: dict[UUID, list[Told]] = defaultdict(list)
    for call_id, caller_id, outcome, at in told:
        found[caller_id].append(Told(at, outcome.reached, outcome in TALKED, call_id in answered))
    return found
