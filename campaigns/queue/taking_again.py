"""A member rings back: their caller takes the call up again, whatever its turn, rest and hours."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from campaigns.queue.call_queries import calls_of
from campaigns.queue.call_questions import held_by, numbers_of
from campaigns.queue.holding import as_stored, hold_numbers
from campaigns.queue.models import Call
from campaigns.queue.taking import LEASE, give_back, give_back_run_out
from organiser.accounts.models import Account
from organiser.core.database import db
from organiser.core.ids import uuid7
from organiser.core.prepared import load
from organiser.members.rules import WhyNot, why_not_callable
from organiser.web.filters import zone

NUMBERLESS = {WhyNot.NO_NUMBER, WhyNot.NUMBERS_FAILED}
"""Whoever rings us needs no number of ours."""


class WhyNotAgain(StrEnum):
    """Why a call cannot be taken up again."""

    HELD = "held"  # somebody else rings the member, or their household, just now
    NOT_TO_BE_RUNG = "not_to_be_rung"  # blocked, left, protected, under age


class CannotTakeAgain(Exception):
    """Nothing has changed; ``why`` says what stands in the way."""

    def __init__(self, why: WhyNotAgain) -> None:
        super().__init__(why.value)
        self.why = why


def take_again(caller: Account, call: Call, at: datetime, key: UUID | None = None) -> Call:
    """A new call of ``caller`` to the member of their earlier ``call``, on the same list. Whom they hold just
    now is given back first.

    Asked twice with one ``key`` (the new call's id, made by the page), or for the member already held, it is
    the same call. Raises ``CannotTakeAgain``.
    """
    known = db.session.scalar(calls_of(caller.id).where(Call.id == key)) if key else None
    if known is not None:
        return known
    give_back_run_out(at)
    as_stored(call)
    held = load(held_by(caller.id)).scalar()
    if held is not None and held.member_id == call.member_id:
        return held
    if set(why_not_callable(call.member, at.astimezone(zone()).date())) - NUMBERLESS:
        raise CannotTakeAgain(WhyNotAgain.NOT_TO_BE_RUNG)
    again = _next_to(call, at, key)
    numbers = {number.e164 for number in load(numbers_of(call.member_id)).scalars()} | {call.e164}
    try:
        with db.session.begin_nested():
            give_back(caller, at)
            db.session.add(again)
            db.session.flush()
            hold_numbers(again, sorted(numbers))
    except IntegrityError as held_by_another:
        raise CannotTakeAgain(WhyNotAgain.HELD) from held_by_another
    return again


def _next_to(call: Call, at: datetime, key: UUID | None) -> Call:
    """Another call to the same place in the queue; the page's key is its id, unless a call has it."""
    taken = key is None or db.session.scalar(select(Call.id).where(Call.id == key)) is not None
    return Call(
        id=uuid7() if key is None or taken else key,
        target_id=call.target_id,
        member_id=call.member_id,
        caller_id=call.caller_id,
        e164=call.e164,
        taken_at=at,
        lease_until=at + LEASE,
    )
