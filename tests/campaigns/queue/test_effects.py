"""What each outcome does, one row each: the table a board could read."""

from dataclasses import replace
from datetime import timedelta

import pytest

from campaigns.queue.effects import CallBackNeedsTime, Effect, Report, Standing, effect_of
from campaigns.queue.outcomes import Next, Outcome
from campaigns.queue.rules import Rules
from campaigns.queue.states import ErrandKind, TargetState, Turn
from organiser.members.kinds import BlockScope, NumberState
from tests.builders import NOON

QUEUED, DONE, FLAGGED = TargetState.QUEUED, TargetState.DONE, TargetState.FLAGGED
BLOCKED, NO_NUMBER = TargetState.BLOCKED, TargetState.NO_NUMBER
WORKS, WRONG, DEAD = NumberState.WORKS, NumberState.WRONG, NumberState.DEAD
PROMISE = NOON + timedelta(hours=5)


def rest(hours: int) -> Effect:
    until = NOON + timedelta(hours=hours)
    return Effect(QUEUED, due_at=until, rests_until=until)


def reached(state: TargetState, errand: ErrandKind | None = None) -> Effect:
    return Effect(state, rests_until=A_DAY, number=WORKS, reached=True, errand=errand)


A_DAY = NOON + timedelta(hours=20)
PROMISED = Effect(
    QUEUED, due_at=PROMISE, turn=Turn.PROMISED, rests_until=PROMISE + timedelta(hours=20), number=WORKS
)
TABLE = {
    Outcome.TALKED: reached(DONE),
    Outcome.TALKED_CALL_BACK: replace(PROMISED, reached=True),
    Outcome.TALKED_DECLINED: reached(DONE),
    Outcome.NO_ANSWER: rest(20),
    Outcome.VOICEMAIL: rest(20),
    Outcome.LEFT_MESSAGE: rest(48),
    Outcome.SENT_TEXT: rest(48),
    Outcome.BUSY: rest(1),
    Outcome.SOMEONE_ELSE: PROMISED,
    Outcome.WRONG_NUMBER: Effect(NO_NUMBER, number=WRONG, errand=ErrandKind.NO_NUMBER),
    Outcome.OUT_OF_SERVICE: Effect(NO_NUMBER, number=DEAD, errand=ErrandKind.NO_NUMBER),
    Outcome.LANGUAGE: reached(FLAGGED, ErrandKind.LANGUAGE),
    Outcome.NO_CALLS: replace(reached(BLOCKED), blocks=BlockScope.CALLS),
    Outcome.NO_CONTACT: replace(reached(BLOCKED), blocks=BlockScope.CONTACT),
    Outcome.WANTS_TO_LEAVE: reached(FLAGGED, ErrandKind.WANTS_TO_LEAVE),
    Outcome.SAYS_LEFT: reached(FLAGGED, ErrandKind.SAYS_LEFT),
    Outcome.DECEASED: Effect(
        FLAGGED, rests_until=A_DAY, blocks=BlockScope.CONTACT, errand=ErrandKind.DECEASED
    ),
    Outcome.CALLED_BACK: Effect(DONE, rests_until=A_DAY, reached=True),
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
    assert (effect.state, effect.due_at, effect.turn, effect.errand) == (QUEUED, NOON, Turn.NEXT_NUMBER, None)
    assert effect.number is TABLE[outcome].number


@pytest.mark.parametrize("outcome", [outcome for outcome in Outcome if TABLE[outcome].state is not NO_NUMBER])
def test_other_numbers_change_nothing_for_any_other_outcome(outcome: Outcome) -> None:
    assert effect_of(report(outcome), Standing(numbers_left=3), NOON) == TABLE[outcome]


def test_a_skipped_member_keeps_the_place_and_the_promise_they_had() -> None:
    effect = effect_of(report(Outcome.SKIPPED), Standing(due_at=PROMISE, turn=Turn.PROMISED), NOON)
    assert (effect.due_at, effect.turn, effect.counts_as_try) == (PROMISE, Turn.PROMISED, False)


@pytest.mark.parametrize("outcome", [Outcome.TALKED_CALL_BACK, Outcome.SOMEONE_ELSE])
def test_ringing_back_needs_a_time(outcome: Outcome) -> None:
    with pytest.raises(CallBackNeedsTime):
        effect_of(Report(outcome), Standing(), NOON)


def test_the_time_of_a_promise_is_heard_only_where_it_is_asked_for() -> None:
    told = Report(Outcome.NO_ANSWER, call_back_at=PROMISE)
    assert effect_of(told, Standing(), NOON) == TABLE[Outcome.NO_ANSWER]


def test_only_what_deceased_means_is_asked_twice() -> None:
    assert [outcome for outcome in Outcome if outcome.ending.confirms] == [Outcome.DECEASED]


UNANSWERED = [outcome for outcome in Outcome if outcome.ending.next is Next.RETRY]


@pytest.mark.parametrize("outcome", UNANSWERED)
def test_the_last_try_the_campaign_allows_ends_the_trying(outcome: Outcome) -> None:
    rules = Rules(tries=3)
    states = [effect_of(report(outcome), Standing(tries=n, rules=rules), NOON).state for n in range(4)]
    assert states == [QUEUED, QUEUED, TargetState.TRIED_OUT, TargetState.TRIED_OUT]


def test_a_member_rests_as_long_as_the_campaign_says_unless_the_outcome_says_otherwise() -> None:
    rules = Rules(rest_hours=72)
    hours = {
        outcome: (effect_of(report(outcome), Standing(rules=rules), NOON).due_at or NOON) - NOON
        for outcome in UNANSWERED
    }
    assert hours == {
        Outcome.NO_ANSWER: timedelta(hours=72),
        Outcome.VOICEMAIL: timedelta(hours=72),
        Outcome.LEFT_MESSAGE: timedelta(hours=48),
        Outcome.SENT_TEXT: timedelta(hours=48),
        Outcome.BUSY: timedelta(hours=1),
    }
