"""What each outcome does, one row each: the table a board could read."""

from dataclasses import replace
from datetime import timedelta

import pytest

from campaigns.queue.effects import CallBackNeedsTime, Effect, Report, Standing, effect_of
from campaigns.queue.outcomes import Outcome
from campaigns.queue.states import TargetState
from organiser.members.kinds import BlockScope, NumberState
from tests.builders import NOON

QUEUED, DONE, FLAGGED = TargetState.QUEUED, TargetState.DONE, TargetState.FLAGGED
BLOCKED, NO_NUMBER = TargetState.BLOCKED, TargetState.NO_NUMBER
WORKS, WRONG, DEAD = NumberState.WORKS, NumberState.WRONG, NumberState.DEAD
PROMISE = NOON + timedelta(hours=5)


def rest(hours: int) -> Effect:
    return Effect(QUEUED, due_at=NOON + timedelta(hours=hours))


def reached(state: TargetState) -> Effect:
    return Effect(state, number=WORKS, reached=True, flagged=state is FLAGGED)


TABLE = {
    Outcome.TALKED: reached(DONE),
    Outcome.TALKED_CALL_BACK: Effect(QUEUED, due_at=PROMISE, promised=True, number=WORKS, reached=True),
    Outcome.TALKED_DECLINED: reached(DONE),
    Outcome.NO_ANSWER: rest(20),
    Outcome.VOICEMAIL: rest(20),
    Outcome.LEFT_MESSAGE: rest(48),
    Outcome.SENT_TEXT: rest(48),
    Outcome.BUSY: rest(1),
    Outcome.SOMEONE_ELSE: Effect(QUEUED, due_at=PROMISE, promised=True, number=WORKS),
    Outcome.WRONG_NUMBER: Effect(NO_NUMBER, number=WRONG, flagged=True),
    Outcome.OUT_OF_SERVICE: Effect(NO_NUMBER, number=DEAD, flagged=True),
    Outcome.LANGUAGE: reached(FLAGGED),
    Outcome.NO_CALLS: replace(reached(BLOCKED), blocks=BlockScope.CALLS),
    Outcome.NO_CONTACT: replace(reached(BLOCKED), blocks=BlockScope.CONTACT),
    Outcome.WANTS_TO_LEAVE: reached(FLAGGED),
    Outcome.SAYS_LEFT: reached(FLAGGED),
    Outcome.DECEASED: Effect(FLAGGED, blocks=BlockScope.CONTACT, flagged=True),
    Outcome.CALLED_BACK: Effect(DONE, reached=True),
    Outcome.SKIPPED: Effect(QUEUED, counts_as_try=False),
}


def report(outcome: Outcome) -> Report:
    return Report(outcome, call_back_at=PROMISE if outcome.asks_when else None)


@pytest.mark.parametrize("outcome", Outcome)
def test_an_outcome_does_what_the_table_says(outcome: Outcome) -> None:
    assert effect_of(report(outcome), Standing(), NOON) == TABLE[outcome]


@pytest.mark.parametrize("outcome", [Outcome.WRONG_NUMBER, Outcome.OUT_OF_SERVICE])
def test_a_bad_number_leaves_the_member_first_in_line_while_another_number_is_left(outcome: Outcome) -> None:
    effect = effect_of(report(outcome), Standing(numbers_left=1), NOON)
    assert (effect.state, effect.due_at, effect.promised, effect.flagged) == (QUEUED, NOON, True, False)
    assert effect.number is TABLE[outcome].number


@pytest.mark.parametrize("outcome", [outcome for outcome in Outcome if TABLE[outcome].state is not NO_NUMBER])
def test_other_numbers_change_nothing_for_any_other_outcome(outcome: Outcome) -> None:
    assert effect_of(report(outcome), Standing(numbers_left=3), NOON) == TABLE[outcome]


def test_a_skipped_member_keeps_the_place_and_the_promise_they_had() -> None:
    effect = effect_of(report(Outcome.SKIPPED), Standing(due_at=PROMISE, promised=True), NOON)
    assert (effect.due_at, effect.promised, effect.counts_as_try) == (PROMISE, True, False)


@pytest.mark.parametrize("outcome", [Outcome.TALKED_CALL_BACK, Outcome.SOMEONE_ELSE])
def test_ringing_back_needs_a_time(outcome: Outcome) -> None:
    with pytest.raises(CallBackNeedsTime):
        effect_of(Report(outcome), Standing(), NOON)


def test_the_time_of_a_promise_is_heard_only_where_it_is_asked_for() -> None:
    told = Report(Outcome.NO_ANSWER, call_back_at=PROMISE)
    assert effect_of(told, Standing(), NOON) == TABLE[Outcome.NO_ANSWER]


def test_only_what_deceased_means_is_asked_twice() -> None:
    assert [outcome for outcome in Outcome if outcome.ending.confirms] == [Outcome.DECEASED]
