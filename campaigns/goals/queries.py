"""Selects over goals; built here, run by services and by whoever shows them."""

from uuid import UUID

from sqlalchemy import Select, select

from campaigns.goals.models import Goal, GoalChange
from campaigns.totals.measures import Measure
from organiser.orgs.models import Organisation
from organiser.orgs.queries import associations_of, below


def goals_below(unit_id: UUID) -> Select[Goal]:
    """Every goal of a unit and of the units under it."""
    units = below(unit_id).with_only_columns(Organisation.id).order_by(None)
    return select(Goal).where(Goal.organisation_id.in_(units))


def goal_of(unit_id: UUID, measure: Measure) -> Select[Goal]:
    """The unit's own goal of a measure: one, or none."""
    return select(Goal).where(Goal.organisation_id == unit_id, Goal.measure == measure)


def changes_of(unit_id: UUID, act_id: UUID) -> Select[GoalChange]:
    """What an act did to the goals of a unit and of the units under it."""
    units = below(unit_id).with_only_columns(Organisation.id).order_by(None)
    return select(GoalChange).where(GoalChange.act_id == act_id, GoalChange.organisation_id.in_(units))


def associations_under(unit: Organisation) -> Select[Organisation]:
    """The open associations below a unit, itself left out; in Swedish order."""
    return associations_of(unit.id).where(Organisation.id != unit.id)
