"""Take the next member to ring, hold them for twenty minutes, give them back."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from campaigns.queue import call_questions as calls
from campaigns.queue.call_queries import calls_of
from campaigns.queue.campaign_rules import rung_now
from campaigns.queue.due_questions import FIRST, THEN, Asking, asking_of, next_due
from campaigns.queue.holding import hold_numbers, let_go
from campaigns.queue.models import Call, CallAssignment, Target
from campaigns.queue.states import WHATEVER_REST
from organiser.accounts.models import Account
from organiser.core.database import db
from organiser.core.ids import uuid7
from organiser.core.prepared import load
from organiser.web.filters import zone

LEASE = timedelta(minutes=20)


class Resting(Exception):
    """Somebody rang the member while we chose them."""


def take_next_call(
    caller: Account,
    assignment_ids: Collection[UUID],
    at: datetime,
    key: UUID | None = None,
    own_numbers: Collection[str] = (),
) -> Call | None:
    """Give ``caller`` the next member of these lists to ring, or nobody; out of hours nobody. Promised calls
    go first, then members never tried, then the longest rested.

    Whoever holds somebody already gets the same one, and so does whoever asks twice with one ``key`` (the
    call's id, made by the page): an answer that was lost on its way costs nobody a member. Nobody is given
    themselves: whoever has the caller's e-mail address or one of ``own_numbers`` (E.164).
    """
    give_back_run_out(at)
    known = load(calls.held_by(caller.id)).scalar() or _asked_before(caller, key)
    if known is not None:
        return known
    lists = rung_now(assignment_ids, at, zone())
    return _first_of(lists, caller, asking_of(caller, at, zone(), own_numbers), key) if lists else None


def _first_of(
    lists: Sequence[CallAssignment], caller: Account, asking: Asking, key: UUID | None
) -> Call | None:
    """Whoever comes first of those who are free."""
    passed: list[UUID] = []
    for turns in (FIRST, THEN):
        while True:
            target = load(next_due(lists, asking, turns, but=passed)).scalar()
            if target is None:
                break
            call = _deal(target, caller, asking.at, key)
            if call is not None:
                return call
            if (known := load(calls.held_by(caller.id)).scalar()) is not None:
                return known
            passed.append(target.id)
    return None


def give_back(caller: Account, at: datetime) -> Call | None:
    """Put back whom ``caller`` holds, untried, for anybody to ring; gives the call, if there was one."""
    call = load(calls.held_to_give_back(caller.id)).scalar()
    if call is not None:
        call.given_back_at = at
        let_go([call], at)
        db.session.flush()
    return call


def give_back_run_out(at: datetime) -> None:
    """Put back everybody whose caller has not been heard of within the lease."""
    over = load(calls.run_out(at)).scalars().all()
    for call in over:
        call.given_back_at = call.lease_until
    if over:
        let_go(over, at)
        db.session.flush()


def _asked_before(caller: Account, key: UUID | None) -> Call | None:
    return db.session.scalar(calls_of(caller.id).where(Call.id == key)) if key else None


def _deal(target: Target, caller: Account, at: datetime, key: UUID | None) -> Call | None:
    """A call of ``target``; none where the database knows of another open one that we could not see, or the
    member has been rung since we looked.
    """
    numbers = load(calls.numbers_of(target.member_id)).scalars().all()
    to_dial = next((number.e164 for number in numbers if number.state.is_usable), None)
    if to_dial is None:
        return None
    call = Call(
        id=_own_id(key),
        target_id=target.id,
        member_id=target.member_id,
        caller_id=caller.id,
        e164=to_dial,
        taken_at=at,
        lease_until=at + LEASE,
    )
    try:
        with db.session.begin_nested():
            db.session.add(call)
            db.session.flush()
            hold_numbers(call, [number.e164 for number in numbers])
            _still_rested(target, at)
    except (IntegrityError, Resting):
        return None
    return call


def _still_rested(target: Target, at: datetime) -> None:
    """Asked once more now that nobody else can take the member. Raises ``Resting``."""
    if target.turn in WHATEVER_REST:
        return
    if load(calls.rung_lately(target.member_id, at)).scalar() is not None:
        raise Resting


def _own_id(key: UUID | None) -> UUID:
    """The page's key, unless somebody else's call has that id: a key opens nothing."""
    taken = key is None or db.session.scalar(select(Call.id).where(Call.id == key)) is not None
    return uuid7() if key is None or taken else key
