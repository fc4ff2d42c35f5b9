"""Report how a call went: the answer does the deed, once, and no story is lost."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime

from campaigns.queue import call_queries as calls
from campaigns.queue import call_questions
from campaigns.queue.campaign_rules import rules_of
from campaigns.queue.effects import Effect, Report, Standing, effect_of
from campaigns.queue.errands import note_errand, note_errands
from campaigns.queue.holding import as_stored, let_go
from campaigns.queue.models import Call, Target
from campaigns.queue.states import ErrandKind, TargetState, Turn
from organiser.core.database import db
from organiser.core.prepared import load
from organiser.members import services as members
from organiser.members.kinds import BlockScope, NumberState, Source
from organiser.members.models import PhoneNumber
from organiser.members.services import By


class AlreadyReported(Exception):
    """Another story was told of this call before; that one stands, this one is kept beside it."""

    def __init__(self, call: Call, told: Report) -> None:
        super().__init__(str(call.id))
        self.call = call
        self.told = told


class PassedOn(Exception):
    """The report came after the lease, and somebody else has the member: it is kept, and changes nothing but
    a block.
    """

    def __init__(self, call: Call) -> None:
        super().__init__(str(call.id))
        self.call = call


def report_call(call: Call, report: Report, at: datetime) -> Call:
    """Keep how ``call`` went and do what follows from it.

    The same story again changes nothing, nor does one that was taken back. Raises ``CallBackNeedsTime`` with
    nothing kept; ``AlreadyReported`` and ``PassedOn`` when the story has been kept: commit also then.
    """
    as_stored(call)
    if call.outcome is not None:
        return _told_again(call, report, at)
    if report.key and report.key in _taken_back(call):
        return call
    target = call.target
    numbers = load(call_questions.numbers_of(call.member_id)).scalars().all()
    effect = effect_of(report, _standing(call, target, numbers), at)
    too_late = call.given_back_at is not None and not _is_free(call, target)
    let_go([call], at)
    block = _block(call, effect.blocks, at)
    if too_late:
        call.undo = {"key": report.key, "taken_back": _taken_back(call)}
    else:
        number = next((one for one in numbers if one.e164 == call.e164), None)
        marked = _mark(call, number, effect.number, at)
        _apply(call, target, effect, at, {"number": marked, "block": block, "key": report.key})
    _keep(call, report, effect, at)
    note_errands(call, effect.errand, at)
    db.session.flush()
    if too_late:
        raise PassedOn(call)
    return call


def _told_again(call: Call, report: Report, at: datetime) -> Call:
    if _same_story(call, report):
        return call
    told: dict[str, object] = {name: str(value) for name, value in asdict(report).items() if value}
    if not any(_without_time(told) == _without_time(known) for known in call.also_told):
        call.also_told = [*call.also_told, {**told, "at": at.isoformat()}]
        note_errand(call, ErrandKind.TOLD_TWICE, report.message, at)
        db.session.flush()
    raise AlreadyReported(call, report)


def _same_story(call: Call, report: Report) -> bool:
    sent_again = report.key and report.key == (call.undo or {}).get("key")
    if sent_again and report.outcome is call.outcome:
        return True  # its words may have been added to since
    promised = report.call_back_at if report.outcome.asks_when else None
    return (call.outcome, call.call_back_at, call.note, call.message) == (
        report.outcome,
        promised,
        report.note,
        report.message,
    )


def _without_time(told: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in told.items() if name not in {"at", "key"}}


def _taken_back(call: Call) -> list[object]:
    """The keys of the pages whose story was undone."""
    kept = (call.undo or {}).get("taken_back", [])
    return kept if isinstance(kept, list) else []


def _standing(call: Call, target: Target, numbers: Sequence[PhoneNumber]) -> Standing:
    return Standing(
        numbers_left=sum(number.state.is_usable and number.e164 != call.e164 for number in numbers),
        due_at=target.due_at,
        turn=target.turn,
        tries=target.tries,
        rules=rules_of(target.assignment.campaign),
    )


def _is_free(call: Call, target: Target) -> bool:
    """Whether nothing has happened to the member since they were given back."""
    waits = target.state is TargetState.QUEUED
    return waits and db.session.scalar(calls.in_the_way_of(call).limit(1)) is None


def _keep(call: Call, report: Report, effect: Effect, at: datetime) -> None:
    call.outcome, call.reported_at, call.rests_until = report.outcome, at, effect.rests_until
    call.call_back_at = report.call_back_at if report.outcome.asks_when else None
    call.note, call.message = report.note, report.message


def _apply(call: Call, target: Target, effect: Effect, at: datetime, done: dict[str, object]) -> None:
    """Put the member where the outcome says, and note what was before and what was ``done``, for whoever
    pressed the wrong button.
    """
    call.given_back_at, before = None, place_of(target)
    target.tries += effect.counts_as_try
    target.state, target.due_at, target.turn = (
        effect.state,
        effect.due_at or at,
        turn_of(effect, target.tries),
    )
    call.undo = {
        "place": before,
        "left": place_of(target),
        "taken_back": _taken_back(call),
        **done,
    }


def turn_of(effect: Effect, tries: int) -> Turn:
    """Whose turn it is then: as the outcome says, else those never tried go first."""
    if effect.turn is not None:
        return effect.turn
    return Turn.AGAIN if tries else Turn.NEW


def place_of(target: Target) -> dict[str, object]:
    """Where a member stands in the queue, as JSON can hold it."""
    return {
        "state": target.state.value,
        "due_at": target.due_at.astimezone(UTC).isoformat(),
        "turn": int(target.turn),
        "tries": target.tries,
    }


def _mark(
    call: Call, number: PhoneNumber | None, state: NumberState | None, at: datetime
) -> dict[str, object] | None:
    """Keep what we now know of the ``number`` dialled (none: the member has it no more); gives what was known
    before, none where it is no news.
    """
    if state is None or number is None or number.state is state:
        return None
    before: dict[str, object] = {
        "id": str(number.id),
        "state": number.state.value,
        "state_at": number.state_at.isoformat() if number.state_at else None,
        "state_by": str(number.state_by) if number.state_by else None,
    }
    members.mark_number(number, state, By(call.caller_id, at))
    return before


def _block(call: Call, scope: BlockScope | None, at: datetime) -> str | None:
    """Block at once; gives the block's id where it is this call's, none where it stood before."""
    if scope is None:
        return None
    block = members.block(call.member, scope, "", Source.CALL, By(call.caller_id, at))
    return str(block.id) if block.set_at == at and block.source is Source.CALL else None
