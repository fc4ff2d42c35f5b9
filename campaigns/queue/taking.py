"""Take the next member to ring, hold them for twenty minutes, give them back."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from campaigns.queue import call_queries as calls
from campaigns.queue import queue_queries as queue
from campaigns.queue.call_queries import Assignments
from campaigns.queue.models import Call, Target
from organiser.accounts.models import Account
from organiser.core.database import db
from organiser.core.ids import uuid7

LEASE = timedelta(minutes=20)


def take_next_call(
    caller: Account, assignment_ids: Assignments, at: datetime, key: UUID | None = None
) -> Call | None:
    """Give ``caller`` the next member of these assignments to ring, or nobody.

    Whoever holds somebody already gets the same one, and so does whoever asks twice with one ``key`` (the
    call's id, made by the page): an answer that was lost on its way costs nobody a member.
    """
    give_back_run_out(at)
    passed: list[UUID] = []
    while True:
        known = db.session.scalar(calls.held_by(caller.id)) or _asked_before(caller, key)
        if known is not None:
            return known
        free = queue.due_targets(assignment_ids, caller.id, at).where(Target.id.not_in(passed)).limit(1)
        target = db.session.scalar(free.with_for_update(of=Target, skip_locked=True))
        if target is None:
            return None
        call = _deal(target, caller, at, key)
        if call is not None:
            return call
        passed.append(target.id)


def give_back(caller: Account, at: datetime) -> Call | None:
    """Put back whom ``caller`` holds, untried, for anybody to ring; gives the call, if there was one."""
    call = db.session.scalar(calls.held_by(caller.id).with_for_update(of=Call))
    if call is not None:
        call.given_back_at = at
        db.session.flush()
    return call


def give_back_run_out(at: datetime) -> None:
    """Put back everybody whose caller has not been heard of within the lease."""
    for call in db.session.scalars(calls.run_out(at).with_for_update(of=Call, skip_locked=True)):
        call.given_back_at = at
    db.session.flush()


def _asked_before(caller: Account, key: UUID | None) -> Call | None:
    return db.session.scalar(calls.calls_of(caller.id).where(Call.id == key)) if key else None


def _deal(target: Target, caller: Account, at: datetime, key: UUID | None) -> Call | None:
    """A call of ``target``; none where the database knows of another open one that we could not see."""
    number = db.session.scalar(queue.numbers_to_ring(target.member_id).limit(1))
    if number is None:
        return None
    call = Call(
        id=_own_id(key),
        target_id=target.id,
        member_id=target.member_id,
        caller_id=caller.id,
        e164=number.e164,
        taken_at=at,
        lease_until=at + LEASE,
    )
    try:
        with db.session.begin_nested():
            db.session.add(call)
    except IntegrityError:
        return None
    return call


def _own_id(key: UUID | None) -> UUID:
    """The page's key, unless somebody else's call has that id: a key opens nothing."""
    taken = key is None or db.session.scalar(select(Call.id).where(Call.id == key)) is not None
    return uuid7() if key is None or taken else key
