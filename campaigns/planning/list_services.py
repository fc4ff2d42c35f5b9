"""One association's list: who answers for it, closed and opened again."""

from datetime import date, datetime

from campaigns.evenings import queries as evenings_queries
from campaigns.evenings.services import end_evening
from campaigns.queue.keeping import Refreshed, refresh_assignment
from campaigns.queue.models import CallAssignment
from organiser.accounts.models import Account
from organiser.core.database import db


def set_responsible(assignment: CallAssignment, account: Account | None) -> CallAssignment:
    """Who answers for the list; none: nobody does."""
    assignment.responsible_id = account.id if account else None
    db.session.flush()
    db.session.expire(assignment, ["responsible"])
    return assignment


def close_list(assignment: CallAssignment, at: datetime) -> CallAssignment:
    """Nobody rings it any more, whatever the campaign does: its evenings under way end now. Closing twice
    changes nothing.
    """
    if assignment.closed_at is None:
        assignment.closed_at = at
        for evening in db.session.scalars(evenings_queries.unfinished([assignment.id], at)):
            end_evening(evening, at)
        db.session.flush()
    return assignment


def reopen_list(assignment: CallAssignment, at: datetime, on: date) -> Refreshed:
    """It may be rung again, and stands as the register has it by now."""
    assignment.closed_at = None
    db.session.flush()
    return refresh_assignment(assignment, at, on)
