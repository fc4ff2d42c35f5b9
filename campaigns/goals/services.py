"""Set a goal for a unit, or for it and every association below at once; take a goal away. Only flushes."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from campaigns.goals import queries
from campaigns.goals.models import Goal
from campaigns.goals.progress import Aim
from organiser.accounts.models import Account
from organiser.core.database import db
from organiser.orgs.models import Organisation


class ChangedMeanwhile(Exception):
    """Somebody set or took away the unit's goal after this form was opened."""


def set_goal(
    unit: Organisation, aim: Aim, by: Account | None, *, seen: int | None = None, below: bool = False
) -> Goal:
    """Mean to have contacted so large a share of the unit's members by that day. ``seen``: the version of
    the goal that was shown, none where there was none. ``below``: the open associations under it mean the
    same from now on, whatever they meant before. Raises ``ChangedMeanwhile``.
    """
    goal = _goal_as_seen(unit.id, seen)
    by_id = by.id if by else None
    others = db.session.scalars(queries.associations_under(unit)).all() if below else []
    kept = _kept(unit, goal, others)
    try:
        with db.session.begin_nested():
            goals = [_put(kept.get(one.id), one.id, aim, by_id) for one in (unit, *others)]
    except IntegrityError as error:
        raise ChangedMeanwhile from error
    return goals[0]


def take_away_goal(unit: Organisation, seen: int) -> None:
    """Mean nothing more of this unit; those below keep what they mean. Raises ``ChangedMeanwhile``."""
    goal = _goal_as_seen(unit.id, seen)
    if goal is not None:
        db.session.delete(goal)
        db.session.flush()


def _goal_as_seen(unit_id: UUID, seen: int | None) -> Goal | None:
    goal = db.session.scalar(queries.goal_of(unit_id).with_for_update())
    if (goal.version if goal else None) != seen:
        raise ChangedMeanwhile
    return goal


def _kept(unit: Organisation, goal: Goal | None, others: Sequence[Organisation]) -> dict[UUID, Goal]:
    """Every goal that may stand already, by its unit's id."""
    if not others:
        return {unit.id: goal} if goal else {}
    known = db.session.scalars(queries.goals_below(unit.id).with_for_update())
    return {each.organisation_id: each for each in known}


def _put(goal: Goal | None, unit_id: UUID, aim: Aim, by_id: UUID | None) -> Goal:
    if goal is None:
        goal = Goal(organisation_id=unit_id)
        db.session.add(goal)
    goal.percent, goal.due_on, goal.set_by_id = aim.percent, aim.due_on, by_id
    return goal
