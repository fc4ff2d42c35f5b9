"""What a caller may open: the lists they ring just now, and the calls that were dealt to them."""

from uuid import UUID

from sqlalchemy import Select

from campaigns.evenings import queries as evenings
from campaigns.queue import call_queries as calls
from campaigns.queue.models import Call, CallAssignment
from organiser.accounts.current import current_account
from organiser.core import clock
from organiser.core.database import db


def lists_open() -> Select[CallAssignment]:
    """The lists whoever asks may ring now."""
    return evenings.assignments_open_to(current_account(), clock.now())


def list_open(assignment_id: UUID) -> CallAssignment:
    """A list open to whoever asks; 404 for any other."""
    found: CallAssignment = db.one_or_404(lists_open().where(CallAssignment.id == assignment_id))
    return found


def own_call(call_id: UUID) -> Call:
    """A call dealt to whoever asks; 404 for anybody else's."""
    own = calls.calls_of(current_account().id).where(Call.id == call_id)
    found: Call = db.one_or_404(calls.in_full(own))
    return found
