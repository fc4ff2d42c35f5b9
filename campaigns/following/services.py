"""Deal with what callers told: a member goes back to the queue or is done, and the message is laid aside."""

from datetime import date, datetime

from sqlalchemy import select

from campaigns.queue import ledger_queries as queries
from campaigns.queue.models import Target
from campaigns.queue.states import TargetState
from organiser.core.database import db
from organiser.members.models import Member
from organiser.members.queries import in_full
from organiser.members.rules import WhyNot, why_not_callable


class CannotBeRung(ValueError):
    """The member may not be rung yet; ``why`` says the first reason."""

    def __init__(self, why: WhyNot) -> None:
        super().__init__(why.value)
        self.why = why


def handle(target: Target, *, ring_again: bool, at: datetime, on: date) -> Target:
    """An organiser has dealt with it: the messages are laid aside, and whoever was set aside is done, or with
    ``ring_again`` back in the queue. Twice changes nothing. Raises ``CannotBeRung``.
    """
    db.session.refresh(target, with_for_update=True)
    if ring_again:
        _may_be_rung(target, on)
    for call in db.session.scalars(queries.unread_of(target.id)):
        call.handled_at = at
    if target.state in queries.WAITING:
        target.state = TargetState.QUEUED if ring_again else TargetState.DONE
        target.due_at = None
    db.session.flush()
    return target


def _may_be_rung(target: Target, on: date) -> None:
    member = db.session.scalars(in_full(select(Member).where(Member.id == target.member_id))).one()
    reasons = why_not_callable(member, on)
    if reasons:
        raise CannotBeRung(reasons[0])
