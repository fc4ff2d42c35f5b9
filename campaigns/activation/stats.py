"""Count how far a unit has come, with as many questions however much there is to count."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Row as Answer

from campaigns.activation import queries
from campaigns.activation.figures import Figures, Row, Totals, Trend, totals_of
from campaigns.goals.models import Goal
from campaigns.goals.progress import LATELY, Aim, Progress, pace_of
from campaigns.goals.queries import goals_below
from organiser.core.database import db
from organiser.orgs.kinds import OrgKind
from organiser.orgs.models import Organisation
from organiser.orgs.queries import below
from organiser.web.filters import zone

WEEKS = 12
"""How far back the trend goes."""
LATELY_WEEKS = LATELY // 7
Answers = Mapping[UUID, Sequence[Answer[Any]]]


def figures_of(unit: Organisation, at: datetime) -> Figures:
    """The numbers of ``unit`` and of the associations below it at the moment ``at``: five questions."""
    where = zone()
    today = at.astimezone(where).date()
    units = db.session.scalars(below(unit.id)).all()
    answers = _answers([each.id for each in units], at, where)
    goals = {goal.organisation_id: _aim(goal) for goal in db.session.scalars(goals_below(unit.id))}
    people = {row[0]: row[1] for row in db.session.execute(queries.responsible_people(unit.id))}
    rows = [
        _row(each, answers.get(each.id, ()), _own_aim(each, goals), people.get(each.id, ""), where)
        for each in units
        if (each.is_open and each.kind is OrgKind.ASSOCIATION) or each.id in answers
    ]
    everything = [answer for found in answers.values() for answer in found]
    totals = totals_of(rows, both=sum(each.contacted for each in everything if each.callable))
    trend = _trend(everything, totals)
    return Figures(
        unit_id=unit.id,
        slug=unit.slug,
        name=unit.name,
        kind=unit.kind,
        at=at,
        rows=rows,
        totals=totals,
        progress=_progress(totals, trend, goals.get(unit.id), today, _first_day(everything, where)),
        trend=trend,
        read_in_at=db.session.scalar(queries.last_list_read_in(unit.id)),
    )


def _answers(unit_ids: Sequence[UUID], at: datetime, where: ZoneInfo) -> Answers:
    marks = [at - timedelta(weeks=back) for back in range(WEEKS - 1, 0, -1)]
    weeks = [(mark, mark.astimezone(where).date()) for mark in marks]
    found: defaultdict[UUID, list[Answer[Any]]] = defaultdict(list)
    for answer in db.session.execute(queries.tallies(unit_ids, at.astimezone(where).date(), weeks)):
        found[answer.organisation_id].append(answer)
    return found


def _own_aim(unit: Organisation, goals: Mapping[UUID, Aim]) -> Aim | None:
    """An association's; the goal of a district is not the goal of those who stand in no association."""
    return goals.get(unit.id) if unit.kind is OrgKind.ASSOCIATION else None


def _aim(goal: Goal) -> Aim:
    return Aim(goal.percent, goal.due_on)


def _row(
    unit: Organisation, answers: Sequence[Answer[Any]], aim: Aim | None, responsible: str, where: ZoneInfo
) -> Row:
    return Row(
        id=unit.id,
        slug=unit.slug,
        name=unit.name,
        kind=unit.kind,
        members=sum(answer.members for answer in answers),
        callable=sum(answer.members for answer in answers if answer.callable),
        contacted=sum(answer.contacted for answer in answers),
        talked=sum(answer.talked for answer in answers),
        aim=aim,
        responsible=responsible,
        rung=any(answer.last_at is not None for answer in answers),
        last_on=max(_days(answers, "last", where), default=None),
    )


def _days(answers: Iterable[Answer[Any]], which: str, where: ZoneInfo) -> Iterable[date]:
    """The days of the ``first`` or the ``last`` call and other contact, those there are."""
    for answer in answers:
        moment, day = getattr(answer, f"{which}_at"), getattr(answer, f"{which}_on")
        if moment is not None:
            yield moment.astimezone(where).date()
        if day is not None:
            yield day


def _first_day(answers: Iterable[Answer[Any]], where: ZoneInfo) -> date | None:
    return min(_days(answers, "first", where), default=None)


def _trend(answers: Sequence[Answer[Any]], totals: Totals) -> Trend:
    def weekly(name: str) -> list[int]:
        return [sum(getattr(each, f"{name}_{week}") for each in answers) for week in range(WEEKS - 1)]

    return Trend([*weekly("contacted"), totals.contacted], [*weekly("talked"), totals.talked])


def _progress(totals: Totals, trend: Trend, aim: Aim | None, today: date, first: date | None) -> Progress:
    lately = totals.contacted - trend.contacted[-1 - LATELY_WEEKS]
    pace = pace_of(lately, (today - first).days) if first else 0.0
    return Progress(totals.contacted, totals.members, aim, today, pace)
