"""Tell how far a unit has come, from its kept totals: as many questions however much there is to count."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from functools import cache, partial
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from campaigns.activation import queries
from campaigns.activation.figures import Counts, Figures, Row, totals_of, trend_of
from campaigns.activation.veil import Cell, Veil, veil_of
from campaigns.goals.progress import Aim
from campaigns.totals.measures import Measure
from campaigns.totals.reading import Kept, stood, units_as_known, weeks_before
from organiser.core.database import db
from organiser.core.prepared import ask
from organiser.orgs.kinds import OrgKind
from organiser.orgs.models import Organisation
from organiser.web.filters import zone

WEEKS = 12
"""How far the trend goes: so many weeks' ends, the last is now."""
SHOWN = tuple(one.name for one in fields(Counts))
Aims = Mapping[UUID, Mapping[Measure, Aim]]


def figures_of(
    unit: Organisation, at: datetime, known_on: date | None = None, also: Collection[date] = ()
) -> Figures:
    """The numbers of ``unit`` and of the associations below it at the moment ``at``: six questions.

    ``known_on``: as they were known at the end of that earlier day where the tenant is; goals and people are
    those of now, and nothing is foretold. ``also``: more days of which to tell how the whole stood.
    """
    where = zone()
    today = at.astimezone(where).date()
    on = min(known_on or today, today)
    everywhere = units_as_known(unit, on)
    ours = [each for each in everywhere if each.path.startswith(unit.path)]
    session = db.session()
    aims = _aims(ask(session, queries.aims_below(), path=unit.path))
    people = {row[0]: row[1] for row in ask(session, queries.responsible_people(), path=unit.path)}
    rows = [
        _row(each, aims, people, where if on == today else None)
        for each in ours
        if (each.is_open and each.kind is OrgKind.ASSOCIATION) or each.numbers["members"]
    ]
    totals, past = totals_of(rows), weeks_before(on, WEEKS - 1)
    known = stood(unit.path, [*past, *also])
    return Figures(
        unit_id=unit.id,
        slug=unit.slug,
        name=unit.name,
        kind=unit.kind,
        at=at,
        on=on,
        rows=rows,
        totals=totals,
        trend=trend_of([known[day] for day in past], totals),
        stood=known,
        aims=aims.get(unit.id, {}),
        read_in_at=ask(session, queries.last_list_read_in(), path=unit.path).scalar(),
        known_on=on if on != today else None,
        veil=cache(partial(_veil, everywhere)),
    )


def _aims(goals: Iterable[Any]) -> Aims:
    found: defaultdict[UUID, dict[Measure, Aim]] = defaultdict(dict)
    for unit_id, measure, *aim in goals:
        found[unit_id][measure] = Aim(*aim)
    return found


def _row(unit: Kept, aims: Aims, people: Mapping[UUID, str], where: ZoneInfo | None) -> Row:
    """``where``: the zone in which to say when the last sign of life was; none: of an earlier day, not kept.

    The goal of a district is not the goal of those who stand in no association.
    """
    own = unit.kind is OrgKind.ASSOCIATION
    return Row(
        id=unit.id,
        slug=unit.slug,
        name=unit.name,
        kind=unit.kind,
        aims=aims.get(unit.id, {}) if own else {},
        responsible=people.get(unit.id, ""),
        rung=bool(unit.numbers["rung"]),
        last_on=unit.last_at.astimezone(where).date() if unit.last_at and where else None,
        **{name: unit.numbers[name] for name in SHOWN},
    )


def _veil(units: Sequence[Kept], measure: Measure) -> Veil:
    return veil_of(
        Cell(each.id, each.path, each.numbers["members"], each.numbers[measure.value]) for each in units
    )
