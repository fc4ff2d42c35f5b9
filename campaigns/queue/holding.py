"""The numbers of those who are held: a household is rung by one caller at a time, the database sees to it."""

from collections.abc import Sequence
from uuid import UUID

from campaigns.queue.models import Call, HeldNumber, Target
from organiser.core.bulk import add_rows, remove_rows_of
from organiser.core.database import db
from organiser.members.register_changes import register_touched

_CALL, _TARGET = ([one.key for one in model.__mapper__.column_attrs] for model in (Call, Target))


def hold_numbers(call: Call, numbers: Sequence[str]) -> None:
    """Nobody else is rung on these (E.164) while ``call`` is open: all of the member's, also those found to
    be wrong, since whoever found that may take it back. Raises ``IntegrityError`` where one is held.
    """
    add_rows(db.session(), HeldNumber, [{"call_id": call.id, "e164": e164} for e164 in numbers])


def let_go(calls: Sequence[Call]) -> None:
    """These calls hold nobody any more; whoever has moved to another association meanwhile may go there."""
    remove_rows_of(db.session(), HeldNumber, "call_id", [call.id for call in calls])
    moved = [call.member_id for call in calls if call.member.organisation_id != _unit_of(call)]
    register_touched(db.session(), moved)


def _unit_of(call: Call) -> UUID:
    return call.target.assignment.organisation_id


def as_stored(call: Call) -> None:
    """Read a call and its member's place on the list anew, and keep them from every other writer."""
    for row, columns in ((call, _CALL), (call.target, _TARGET)):
        db.session.refresh(row, columns, with_for_update=True)
