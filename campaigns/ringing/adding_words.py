"""What a caller adds to a call they have told of: a word to the next caller, one to the organiser, and that
it was unpleasant. Only flushes.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import select

from campaigns.queue.errands import note_errand
from campaigns.queue.models import Call, FollowUp
from campaigns.queue.states import ErrandKind
from organiser.core.database import db

APART = (ErrandKind.TOLD_TWICE, ErrandKind.UNPLEASANT)
"""Errands of a call that its message is not about."""


class Unpleasant(StrEnum):
    """What made a call unpleasant."""

    THREAT = "threat"
    INSULT = "insult"
    ADVANCES = "advances"
    OTHER = "other"


def add_words(call: Call, note: str, message: str, at: datetime) -> None:
    """``note`` is for whoever rings next, ``message`` for the organiser, with the errand the call has already
    or one of its own. They take the place of what was written before; an errand that was only the message
    goes when there is none.
    """
    call.note, call.message = note, message
    errand = db.session.scalar(
        select(FollowUp).where(FollowUp.call_id == call.id, FollowUp.kind.not_in(APART))
    )
    if message:
        note_errand(call, errand.kind if errand else ErrandKind.MESSAGE, message, at)
    elif errand is not None and errand.kind is ErrandKind.MESSAGE:
        db.session.delete(errand)
    db.session.flush()


def tell_of_unpleasant(call: Call, words: str, at: datetime) -> None:
    """The organiser looks into it; ``words`` say what it was."""
    note_errand(call, ErrandKind.UNPLEASANT, words, at)
