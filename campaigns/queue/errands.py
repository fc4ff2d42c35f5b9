"""What a call leaves for the organiser: a follow-up for each thing to do, owned by whoever leads the list."""

from datetime import datetime, timedelta

from sqlalchemy import select

from campaigns.queue.models import Call, FollowUp
from campaigns.queue.states import ErrandKind
from organiser.core.database import db
from organiser.core.ids import uuid7
from organiser.web.filters import zone

USUAL_DAYS = 7
"""Within a week: so long a member waits at most for an organiser's answer."""


def note_errands(call: Call, kind: ErrandKind | None, at: datetime) -> None:
    """What ``call`` calls for: the outcome's own errand, or its message where that is all there is."""
    if kind is None and call.message:
        kind = ErrandKind.MESSAGE
    if kind is not None:
        note_errand(call, kind, call.message, at)


def note_errand(call: Call, kind: ErrandKind, words: str, at: datetime) -> FollowUp:
    """One follow-up of a kind for a call; told again, the words are the latest and it is open once more."""
    found = db.session.scalar(select(FollowUp).where(FollowUp.call_id == call.id, FollowUp.kind == kind))
    if found is None:
        assignment = call.target.assignment
        found = FollowUp(
            id=uuid7(),
            assignment_id=assignment.id,
            target_id=call.target_id,
            member_id=call.member_id,
            call_id=call.id,
            kind=kind,
            words=words,
            owner_id=assignment.responsible_id,
            due_on=at.astimezone(zone()).date() + timedelta(days=USUAL_DAYS),
            created_at=at,
            deed="",
        )
        db.session.add(found)
    elif words and words != found.words:
        found.words, found.done_at, found.done_by_id, found.deed = words, None, None, ""
    db.session.flush()
    return found


def forget_errands(call: Call) -> None:
    """The call was taken back, and so is what it asked for, done or not; but an unpleasant call was one."""
    told = select(FollowUp).where(FollowUp.call_id == call.id, FollowUp.kind != ErrandKind.UNPLEASANT)
    for errand in db.session.scalars(told):
        db.session.delete(errand)
    db.session.flush()
