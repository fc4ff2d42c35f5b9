"""Take a report back: queue, number and block become what they were, and the call is open again."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from campaigns.queue import call_queries as calls
from campaigns.queue.call_questions import numbers_of
from campaigns.queue.errands import forget_errands
from campaigns.queue.holding import as_stored, hold_numbers
from campaigns.queue.models import Call, Target
from campaigns.queue.reporting import place_of
from campaigns.queue.states import TargetState, Turn
from campaigns.queue.taking import LEASE, give_back
from organiser.core.database import db
from organiser.core.prepared import load
from organiser.members.kinds import NumberState
from organiser.members.models import Block, PhoneNumber


class CannotUndo(Exception):
    """The report is not among the caller's last five, or something has happened to the member since; for an
    organiser: the member was rung again afterwards.
    """


def undo_report(call: Call, at: datetime) -> Call:
    """Make it as if ``call`` had not been reported, and give it to its caller again: whom they hold just now
    is given back first. Where somebody else is ringing the member or the number, the call is given back too.

    Undoing twice changes nothing. Raises ``CannotUndo``.
    """
    as_stored(call)
    if call.outcome is None:
        return call
    recent = db.session.scalars(calls.recent_calls(call.caller_id)).all()
    kept: dict[str, Any] = call.undo or {}
    target = call.target
    if call not in recent or place_of(target) != kept.get("left"):
        raise CannotUndo(str(call.id))
    give_back(call.caller, at)
    _restore(call, target, kept)
    _reopen(call, kept, at)
    return call


def undo_as_organiser(call: Call, at: datetime) -> Call:
    """The same, whoever made the call and however long ago, also when somebody has dealt with it since. The
    member goes back to the queue and nobody holds them. Twice changes nothing. Raises ``CannotUndo``.
    """
    as_stored(call)
    if call.outcome is None:
        return call
    kept: dict[str, Any] = call.undo or {}
    target = call.target
    if "place" not in kept or db.session.scalar(calls.later_than(call).limit(1)) is not None:
        raise CannotUndo(str(call.id))
    _restore(call, target, kept)
    _forget(call, kept)
    call.given_back_at = at
    db.session.flush()
    return call


def _restore(call: Call, target: Target, kept: dict[str, Any]) -> None:
    place = kept["place"]
    target.state, target.tries = TargetState(place["state"]), place["tries"]
    target.due_at, target.turn = datetime.fromisoformat(place["due_at"]), Turn(place["turn"])
    if kept["number"]:
        _restore_number(call, kept["number"])
    if kept["block"]:
        _remove_block(UUID(kept["block"]))
    forget_errands(call)
    db.session.flush()


def _restore_number(call: Call, known: dict[str, Any]) -> None:
    """What was known of the number before, unless somebody has learnt more since."""
    number = db.session.scalar(select(PhoneNumber).where(PhoneNumber.id == UUID(known["id"])))
    if number is not None and number.state_at == call.reported_at:
        number.state, number.state_at = NumberState(known["state"]), _moment(known["state_at"])
        number.state_by = UUID(known["state_by"]) if known["state_by"] else None


def _remove_block(block_id: UUID) -> None:
    """It was never asked for; the log of changes keeps that it stood for a while."""
    block = db.session.scalar(select(Block).where(Block.id == block_id))
    if block is not None and block.is_standing:
        db.session.delete(block)


def _reopen(call: Call, kept: dict[str, Any], at: datetime) -> None:
    free = db.session.scalar(calls.in_the_way_of(call).limit(1)) is None
    _forget(call, kept)
    call.lease_until, call.given_back_at = at + LEASE, at
    db.session.flush()
    if free:
        _hold_again(call)


def _forget(call: Call, kept: dict[str, Any]) -> None:
    call.outcome = call.reported_at = call.call_back_at = call.rests_until = None
    call.note = call.message = ""
    call.undo = {"taken_back": [*kept["taken_back"], kept["key"]]}


def _hold_again(call: Call) -> None:
    """The caller holds the member once more, unless somebody who shares a number is being rung."""
    numbers = {number.e164 for number in load(numbers_of(call.member_id)).scalars()} | {call.e164}
    try:
        with db.session.begin_nested():
            call.given_back_at = None
            db.session.flush()
            hold_numbers(call, sorted(numbers))
    except IntegrityError:
        db.session.refresh(call)


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
