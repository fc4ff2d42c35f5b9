"""The numbers of those who are held: a household is rung by one caller at a time, the database sees to it."""

from collections.abc import Sequence
from datetime import date, datetime

from campaigns.queue.call_questions import may_be_rung
from campaigns.queue.models import Call, HeldNumber, Target
from organiser.core.bulk import add_rows, remove_rows_of
from organiser.core.database import db
from organiser.core.prepared import load
from organiser.members.register_changes import register_touched
from organiser.web.filters import zone

_CALL, _TARGET = ([one.key for one in model.__mapper__.column_attrs] for model in (Call, Target))


def hold_numbers(call: Call, numbers: Sequence[str]) -> None:
    """Nobody else is rung on these (E.164) while ``call`` is open: all of the member's, also those found to
    be wrong, since whoever found that may take it back. Raises ``IntegrityError`` where one is held.
    """
    add_rows(db.session(), HeldNumber, [{"call_id": call.id, "e164": e164} for e164 in numbers])


def let_go(calls: Sequence[Call], at: datetime) -> None:
    """These calls hold nobody any more; whoever has moved meanwhile, or may not be rung from now on, is put
    where they belong: while they were held their place waited.
    """
    remove_rows_of(db.session(), HeldNumber, "call_id", [call.id for call in calls])
    on = at.astimezone(zone()).date()
    register_touched(db.session(), [call.member_id for call in calls if _does_not_belong(call, on)])


def _does_not_belong(call: Call, on: date) -> bool:
    moved = call.member.organisation_id != call.target.assignment.organisation_id
    return moved or load(may_be_rung(call.member_id, on)).first() is None


def as_stored(call: Call) -> None:
    """Read a call and its member's place on the list anew, and keep them from every other writer."""
    for row, columns in ((call, _CALL), (call.target, _TARGET)):
        db.session.refresh(row, columns, with_for_update=True)
