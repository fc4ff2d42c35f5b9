"""Show a caller the number of the member they hold: once asked for, and logged."""

from datetime import datetime

from campaigns.queue.call_questions import may_be_rung
from campaigns.queue.models import Call
from organiser.core.database import db
from organiser.core.prepared import load
from organiser.members.rules import WhyNot, why_not_callable
from organiser.web.filters import zone


def reveal(call: Call, at: datetime) -> bool:
    """Note that the number of ``call`` was asked for at ``at``; gives whether this was the first time."""
    db.session.refresh(call, with_for_update=True)
    if call.revealed_at is not None:
        return False
    call.revealed_at = at
    db.session.flush()
    return True


def why_not_now(call: Call, at: datetime) -> WhyNot | None:
    """Why the member may not be rung any more, where that was learnt later; none: they may."""
    on = at.astimezone(zone()).date()
    if load(may_be_rung(call.member_id, on)).first() is not None:
        return None
    return next(iter(why_not_callable(call.member, on)), None)
