"""What a reader plans: rows within their reach, and 404 for all others."""

from collections.abc import Sequence

from flask import abort

from campaigns.surveys.models import Survey
from campaigns.surveys.queries import surveys_usable_in
from organiser.accounts.current import current_account
from organiser.accounts.permissions import Permission
from organiser.accounts.queries import units_open_to
from organiser.core.database import db
from organiser.orgs.models import Organisation


def unit_asked(asked: str | None) -> tuple[Organisation, Sequence[Organisation]]:
    """The unit asked for, else the highest, and those to choose among; 404 without one of one's own, open."""
    query = units_open_to(current_account(), Permission.PLAN_CALLS).where(Organisation.closed_at.is_(None))
    units = db.session.scalars(query).all()
    if asked:
        return next((unit for unit in units if str(unit.id) == asked), None) or abort(404), units
    highest = min(units, key=lambda unit: (len(unit.path), unit.sort_key), default=None)
    return highest or abort(404), units


def surveys_for(unit: Organisation, asked_now: Survey | None = None) -> list[Survey]:
    """The surveys a campaign of the unit may ask, and the one it asks already."""
    found = list(db.session.scalars(surveys_usable_in(unit)))
    return found if asked_now is None or asked_now in found else [*found, asked_now]
