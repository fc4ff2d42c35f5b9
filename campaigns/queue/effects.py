"""What an outcome does: to the member's place in the queue, to the number dialled, to what is blocked."""

from dataclasses import dataclass
from datetime import datetime

from campaigns.queue.outcomes import Next, Outcome
from campaigns.queue.rules import Rules, rest_of
from campaigns.queue.states import WHATEVER_REST, ErrandKind, TargetState, Turn
from organiser.members.kinds import BlockScope, NumberState

USUAL_RULES = Rules()
FAILED = {Outcome.WRONG_NUMBER: NumberState.WRONG, Outcome.OUT_OF_SERVICE: NumberState.DEAD}


class CallBackNeedsTime(ValueError):
    """They asked to be rung again, and nobody said when."""


@dataclass(frozen=True, slots=True)
class Report:
    """How a call went, as its caller tells it. ``key`` is the page's own: each page tells one story."""

    outcome: Outcome
    call_back_at: datetime | None = None
    note: str = ""
    message: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the outcome meets: how many other numbers may reach the member, when and whose turn it was, how
    often they had been tried, and the campaign's rules.
    """

    numbers_left: int = 0
    due_at: datetime | None = None
    turn: Turn = Turn.NEW
    tries: int = 0
    rules: Rules = USUAL_RULES


@dataclass(frozen=True, slots=True)
class Effect:
    """What becomes of it.

    ``due_at``: not rung again before then; none: at once. ``turn``: whose turn it is then; none: that follows
    from the tries. ``rests_until``: no campaign rings them before then; none: they do not rest.
    ``number``: what we now know of the number dialled. ``errand``: what an organiser must do.
    """

    state: TargetState
    due_at: datetime | None = None
    turn: Turn | None = None
    rests_until: datetime | None = None
    counts_as_try: bool = True
    number: NumberState | None = None
    blocks: BlockScope | None = None
    errand: ErrandKind | None = None
    reached: bool = False


def effect_of(report: Report, standing: Standing, at: datetime) -> Effect:
    """What ``report``, given at ``at``, leads to. Raises ``CallBackNeedsTime``."""
    outcome, ending = report.outcome, report.outcome.ending
    state, due_at, turn = _place(report, standing, at)
    return Effect(
        state=state,
        due_at=due_at,
        turn=turn,
        rests_until=_rests_until(report, standing.rules, at),
        counts_as_try=ending.counts_as_try,
        number=_known_of_number(outcome),
        blocks=ending.blocks,
        errand=_errand(outcome, state),
        reached=ending.reached,
    )


def _place(
    report: Report, standing: Standing, at: datetime
) -> tuple[TargetState, datetime | None, Turn | None]:
    """Where the member stands now, from when they may be rung again, and whose turn it is then."""
    ending = report.outcome.ending
    match ending.next:
        case Next.RETRY:
            enough = standing.tries + ending.counts_as_try >= standing.rules.tries
            state = TargetState.TRIED_OUT if enough else TargetState.QUEUED
            return state, at + rest_of(ending.rest, standing.rules), None
        case Next.RETRY_AT if report.call_back_at is None:
            raise CallBackNeedsTime(report.outcome.value)
        case Next.RETRY_AT:
            return TargetState.QUEUED, report.call_back_at, Turn.PROMISED
        case Next.NEXT_NUMBER if standing.numbers_left:
            return TargetState.QUEUED, at, Turn.NEXT_NUMBER
        case Next.ANOTHER_CALLER:
            kept = standing.turn if standing.turn in WHATEVER_REST else None
            return TargetState.QUEUED, standing.due_at, kept
        case _:
            return _out_of_the_queue(report.outcome), None, None


def _rests_until(report: Report, rules: Rules, at: datetime) -> datetime | None:
    """Whoever was rung rests, and whoever was promised a call until after it; a wrong number rings nobody."""
    ending = report.outcome.ending
    if ending.next in {Next.NEXT_NUMBER, Next.ANOTHER_CALLER}:
        return None
    promised = report.call_back_at if report.outcome.asks_when else None
    return (promised or at) + rest_of(ending.rest, rules)


def _errand(outcome: Outcome, state: TargetState) -> ErrandKind | None:
    if state is TargetState.NO_NUMBER:
        return ErrandKind.NO_NUMBER
    return ErrandKind(outcome.value) if outcome.ending.flags else None


def _out_of_the_queue(outcome: Outcome) -> TargetState:
    """Somebody an organiser must act for stands with the flagged, also when they are blocked."""
    ending = outcome.ending
    if ending.next is Next.NEXT_NUMBER:
        return TargetState.NO_NUMBER
    if ending.flags:
        return TargetState.FLAGGED
    return TargetState.DONE if ending.next is Next.DONE else TargetState.BLOCKED


def _known_of_number(outcome: Outcome) -> NumberState | None:
    """A number that somebody answered works; who rings us says nothing of the number we have."""
    if outcome in FAILED:
        return FAILED[outcome]
    answered = outcome.reached or outcome is Outcome.SOMEONE_ELSE
    return NumberState.WORKS if answered and not outcome.ending.inbound else None
