"""The numbers of those who are held: a household is rung by one caller at a time, the database sees to it."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import select

from campaigns.queue.models import Call, HeldNumber
from organiser.core.bulk import add_rows, remove_rows
from organiser.core.database import db


def hold_numbers(call: Call, numbers: Sequence[str]) -> None:
    """Nobody else is rung on these (E.164) while ``call`` is open. Raises ``IntegrityError`` where one is
    held.
    """
    add_rows(db.session(), HeldNumber, [{"call_id": call.id, "e164": e164} for e164 in numbers])


def let_go(call_ids: Collection[UUID]) -> None:
    """These calls hold nobody any more."""
    held = db.session.scalars(select(HeldNumber.id).where(HeldNumber.call_id.in_(call_ids))).all()
    remove_rows(db.session(), HeldNumber, held)
