"""What stories of following up begin with: calls that were told of, today and before, and what they left."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from campaigns.queue.effects import Report
from campaigns.queue.models import Call, CallAssignment, FollowUp, Target
from campaigns.queue.outcomes import Outcome
from campaigns.queue.reporting import report_call
from organiser.accounts.models import Account
from organiser.core.database import db
from organiser.core.ids import uuid7
from organiser.members.models import Member, PhoneNumber
from tests.builders import Builders

LEASE = timedelta(minutes=20)


def hold(target: Target, caller: Account, at: datetime, e164: str = "+46701740605") -> Call:
    """A member of a list on a caller's telephone since ``at``; in the tenant we are in."""
    call = Call(
        id=uuid7(),
        target_id=target.id,
        member_id=target.member_id,
        caller_id=caller.id,
        e164=e164,
        taken_at=at,
        lease_until=at + LEASE,
    )
    db.session.add(call)
    db.session.flush()
    return call


def tell(target: Target, caller: Account, outcome: Outcome, at: datetime, message: str = "") -> Call:
    """A call of a member's first number that was told of, with all that follows from it."""
    number = db.session.scalars(select(PhoneNumber).where(PhoneNumber.member_id == target.member_id)).first()
    call = hold(target, caller, at - timedelta(minutes=3), number.e164 if number else "+46701740605")
    later = at + timedelta(days=1) if outcome.asks_when else None
    return report_call(call, Report(outcome, call_back_at=later, message=message), at)


def tell_many(
    make: Builders,
    assignment: CallAssignment,
    caller: Account,
    told: Sequence[tuple[Target, Outcome, datetime]],
) -> None:
    """Calls with nothing but their outcome, stored at once: for pages that count them."""
    with make.storing(assignment.tenant_id):
        db.session.add_all(
            Call(
                target_id=target.id,
                member_id=target.member_id,
                caller_id=caller.id,
                e164="+46701740605",
                taken_at=at - timedelta(minutes=2),
                lease_until=at + LEASE,
                outcome=outcome,
                reported_at=at,
            )
            for target, outcome, at in told
        )


def follow_up_of(target_id: UUID) -> FollowUp:
    """The one thing left to do for a member of a list."""
    found: FollowUp = db.session.scalars(select(FollowUp).where(FollowUp.target_id == target_id)).one()
    return found


def member_of(target: Target) -> Member:
    """The member, as the database has them now."""
    found: Member = db.session.scalars(
        select(Member).where(Member.id == target.member_id).execution_options(populate_existing=True)
    ).one()
    return found
