"""Read the kept totals: as they are now, or as they were known at the end of an earlier day. A few questions,
none of which meets a call or loads a member.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from campaigns.totals import reading_queries as queries
from campaigns.totals.models import COUNTS
from organiser.core.database import db
from organiser.core.prepared import ask
from organiser.orgs.kinds import OrgKind
from organiser.orgs.models import Organisation

Numbers = Counter[str]
"""By the columns of ``Total`` that count."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A unit of the tenant and the totals of its own members. ``last_at``: the last call or contact, where
    the unit is among those that were asked for.
    """

    id: UUID
    slug: str
    name: str
    kind: OrgKind
    path: str
    is_open: bool
    numbers: Numbers
    last_at: datetime | None


def units_as_known(unit: Organisation, on: date) -> list[Kept]:
    """Every unit of the tenant in Swedish order, with what was known at the end of the day ``on``; the last
    signs of life are those of ``unit`` and below it. Two questions.
    """
    session = db.session()
    turned = {row[0]: row[1:] for row in ask(session, queries.turned(), on=on)}
    return [
        Kept(
            row.id,
            row.slug,
            row.name,
            row.kind,
            row.path,
            row.closed_at is None,
            _numbers(row[6:-1], turned.get(row.id)),
            row.last_at,
        )
        for row in ask(session, queries.units_with_totals(), path=unit.path, on=on)
    ]


def _numbers(kept: Sequence[int | None], turned: Sequence[int] | None) -> Numbers:
    """The kept numbers, and what has turned by itself since they were kept."""
    numbers: Numbers = Counter()
    for name, number in zip(COUNTS, kept, strict=True):
        numbers[name] = number or 0
    if turned:
        numbers.update(dict(zip(queries.TURNING, turned, strict=True)))
    return numbers


def weekly(path: str, on: date, weeks: int) -> list[Numbers]:
    """What was known of the unit with that path and of those below it, together, at the end of each of the
    ``weeks`` weeks before ``on``, the earliest first: one question. Of those who turn by themselves as it was
    kept.
    """
    days = weeks_before(on, weeks)
    found = stood(path, days)
    return [found[day] for day in days]


def weeks_before(on: date, weeks: int) -> list[date]:
    """The days so many weeks before ``on``, the earliest first."""
    return [on - timedelta(weeks=back) for back in range(weeks, 0, -1)]


def stood(path: str, days: Collection[date]) -> dict[date, Numbers]:
    """What was known of the unit with that path and of those below it, together, at the end of each of at
    least one day: one question.
    """
    asked = sorted(set(days))
    named = {f"day_{place}": day for place, day in enumerate(asked)}
    session = db.session()
    query = queries.stood_on(len(asked), lateral=session.connection().dialect.name == "postgresql")
    rows = ask(session, query, path=path, **named)
    found: dict[date, Any] = {row[0]: row[1:] for row in rows}
    return {day: _numbers(found.get(day, [0] * len(COUNTS)), None) for day in asked}
