"""Selects over goals; built here, run by services and by whoever shows them."""

from uuid import UUID

from sqlalchemy import Select, select

from campaigns.goals.models import Goal, Measure
from organiser.orgs.models import Organisation
from organiser.orgs.queries import associations_of, below


def goals_below(unit_id: UUID) -> Select[Goal]:
    """The goals of a unit and of every unit under it."""
    units = below(unit_id).with_only_columns(Organisation.id).order_by(None)
    return select(Goal).where(Goal.organisation_id.in_(units), Goal.measure == Measure.CONTACTED)


def goal_of(unit_id: UUID) -> Select[Goal]:
    """The unit's own goal: one, or none."""
    return select(Goal).where(Goal.organisation_id == unit_id, Goal.measure == Measure.CONTACTED)


def associations_under(unit: Organisation) -> Select[Organisation]:
    """The open associations below a unit, itself left out; in Swedish order."""
    return associations_of(unit.id).where(Organisation.id != unit.id)
