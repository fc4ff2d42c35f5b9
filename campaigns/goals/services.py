"""Set a goal for a unit, or for it and every association below at once; take a goal away; take either back.
Only flushes.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from campaigns.goals import queries
from campaigns.goals.models import Goal, GoalChange
from campaigns.goals.progress import Aim, Base
from campaigns.totals.measures import Measure
from organiser.accounts.models import Account
from organiser.core.database import db
from organiser.core.ids import uuid7
from organiser.orgs.models import Organisation


class ChangedMeanwhile(Exception):
    """Somebody set or took away the unit's goal after this form was opened."""


class Act(NamedTuple):
    """What was done, to take it back by; and the unit's goal since, none where it was taken away."""

    id: UUID
    goal: Goal | None


def set_goal(
    unit: Organisation,
    aim: Aim,
    by: Account | None,
    *,
    measure: Measure = Measure.CONTACTED,
    seen: int | None = None,
    below: bool = False,
) -> Act:
    """Mean so many of the unit's members to come to the measure by that day. ``seen``: the version of the
    goal that was shown, none where there was none. ``below``: the open associations under it mean the same
    from now on, whatever they meant before. Raises ``ChangedMeanwhile``.
    """
    goal = _goal_as_seen(unit.id, measure, seen)
    others = db.session.scalars(queries.associations_under(unit)).all() if below else []
    kept = _kept(unit, measure, goal, others)
    act_id, by_id = uuid7(), by.id if by else None
    try:
        with db.session.begin_nested():
            goals = [_put(kept.get(one.id), one.id, measure, aim, by_id, act_id) for one in (unit, *others)]
    except IntegrityError as error:
        raise ChangedMeanwhile from error
    return Act(act_id, goals[0])


def take_away_goal(unit: Organisation, seen: int, *, measure: Measure = Measure.CONTACTED) -> Act:
    """Mean nothing more of this unit; those below keep what they mean. Raises ``ChangedMeanwhile``."""
    act = Act(uuid7(), None)
    goal = _goal_as_seen(unit.id, measure, seen)
    if goal is not None:
        _note(act.id, unit.id, measure, goal)
        db.session.delete(goal)
        db.session.flush()
    return act


def take_back(unit: Organisation, act_id: UUID) -> bool:
    """Let every goal be what it was before the act, in the unit and below it; whether there was anything to
    take back. Raises ``ChangedMeanwhile`` where one of them has been changed since: then all stays.
    """
    changes = db.session.scalars(queries.changes_of(unit.id, act_id)).all()
    goals = {
        (goal.organisation_id, goal.measure): goal
        for goal in db.session.scalars(queries.goals_below(unit.id).with_for_update())
    }
    for change in changes:
        goal = goals.get((change.organisation_id, change.measure))
        if (goal.version if goal else None) != change.version:
            raise ChangedMeanwhile
    for change in changes:
        _put_back(change, goals.get((change.organisation_id, change.measure)))
        db.session.delete(change)
    db.session.flush()
    return bool(changes)


def _goal_as_seen(unit_id: UUID, measure: Measure, seen: int | None) -> Goal | None:
    goal = db.session.scalar(queries.goal_of(unit_id, measure).with_for_update())
    if (goal.version if goal else None) != seen:
        raise ChangedMeanwhile
    return goal


def _kept(
    unit: Organisation, measure: Measure, goal: Goal | None, others: Sequence[Organisation]
) -> dict[UUID, Goal]:
    """Every goal of the measure that may stand already, by its unit's id."""
    if not others:
        return {unit.id: goal} if goal else {}
    known = db.session.scalars(queries.goals_below(unit.id).where(Goal.measure == measure).with_for_update())
    return {each.organisation_id: each for each in known}


def _put(
    goal: Goal | None, unit_id: UUID, measure: Measure, aim: Aim, by_id: UUID | None, act_id: UUID
) -> Goal:
    before = goal
    if goal is None:
        goal = Goal(organisation_id=unit_id, measure=measure)
        db.session.add(goal)
    change = _note(act_id, unit_id, measure, before)
    _aim_at(goal, aim)
    goal.set_by_id = by_id
    db.session.flush()
    change.version = goal.version
    return goal


def _aim_at(goal: Goal, aim: Aim) -> None:
    goal.percent, goal.number, goal.base, goal.due_on = aim.percent, aim.number, aim.base, aim.due_on


def _note(act_id: UUID, unit_id: UUID, measure: Measure, before: Goal | None) -> GoalChange:
    change = GoalChange(
        act_id=act_id,
        organisation_id=unit_id,
        measure=measure,
        before=_written(before.aim) if before else None,
        version=None,
    )
    db.session.add(change)
    return change


def _written(aim: Aim) -> dict[str, object]:
    return {
        "percent": aim.percent,
        "number": aim.number,
        "base": aim.base.value,
        "due_on": aim.due_on.isoformat(),
    }


def _read(kept: dict[str, Any]) -> Aim:
    return Aim(kept["percent"], date.fromisoformat(kept["due_on"]), kept["number"], Base(kept["base"]))


def _put_back(change: GoalChange, goal: Goal | None) -> None:
    if change.before is None:
        if goal is not None:
            db.session.delete(goal)
        return
    if goal is None:
        goal = Goal(organisation_id=change.organisation_id, measure=change.measure)
        db.session.add(goal)
    _aim_at(goal, _read(change.before))
