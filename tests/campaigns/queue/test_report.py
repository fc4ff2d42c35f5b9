"""Telling how a call went: once, late, twice otherwise, and taking it back."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from campaigns.queue.effects import CallBackNeedsTime, Report
from campaigns.queue.ledger import ledgers_of
from campaigns.queue.models import Call, FollowUp, Target
from campaigns.queue.outcomes import Outcome
from campaigns.queue.places import Place
from campaigns.queue.reporting import AlreadyReported, PassedOn, report_call
from campaigns.queue.states import TargetState
from campaigns.queue.taking import LEASE, give_back, take_next_call
from campaigns.queue.undoing import CannotUndo, undo_report
from organiser.accounts.models import Account
from organiser.core.database import db
from organiser.core.tenancy import inside
from organiser.members.kinds import BlockScope, NumberState, Source
from organiser.members.models import Block, Member, PhoneNumber
from organiser.web.frame import Framed
from tests.builders import NOON, Builders
from tests.campaigns.builders import make_target, make_targets
from tests.campaigns.conftest import Night

MINUTE = timedelta(minutes=1)
SOON = NOON + MINUTE
LATE = NOON + LEASE + MINUTE
PROMISE = NOON + timedelta(hours=5)


@pytest.fixture(autouse=True)
def _in_falun(app: Framed, night: Night) -> Iterator[None]:
    with app.app_context(), inside(night.tree.tenant_id):
        yield
        db.session.rollback()


def take(night: Night, caller: Account | None = None, at: Any = NOON) -> Call:
    call = take_next_call(caller or night.anton, night.list, at)
    assert call is not None
    return call


def told(outcome: Outcome, **values: Any) -> Report:
    return Report(outcome, call_back_at=PROMISE if outcome.asks_when else None, **values)


def everything() -> list[tuple[Any, ...]]:
    """All that a report may touch: places, numbers, blocks."""
    db.session.flush()
    return [
        *db.session.execute(
            select(Target.id, Target.state, Target.due_at, Target.turn, Target.tries).order_by(Target.id)
        ),
        *db.session.execute(
            select(PhoneNumber.id, PhoneNumber.state, PhoneNumber.state_at).order_by(PhoneNumber.id)
        ),
        *db.session.execute(select(Block.scope, Block.lifted_at)),
    ]


def all_that_follows() -> list[tuple[Any, ...]]:
    """And what waits for an organiser, and who rests."""
    return [
        *everything(),
        *db.session.execute(select(FollowUp.kind, FollowUp.words)),
        *db.session.execute(select(Call.rests_until).where(Call.rests_until.is_not(None))),
    ]


def test_no_answer_rests_a_day_and_counts_as_a_try(make: Builders, night: Night) -> None:
    make_targets(make, night.assignment, 1)
    call = report_call(take(night), told(Outcome.NO_ANSWER, note="Prova efter sex"), SOON)
    target = call.target
    assert (call.outcome, call.reported_at, call.note) == (Outcome.NO_ANSWER, SOON, "Prova efter sex")
    assert (target.state, target.tries) == (TargetState.QUEUED, 1)
    assert target.due_at == SOON + timedelta(hours=20)


def test_saving_twice_saves_once(make: Builders, night: Night) -> None:
    make_targets(make, night.assignment, 1)
    call = take(night)
    report_call(call, told(Outcome.BUSY), SOON)
    once = everything()
    report_call(call, told(Outcome.BUSY), SOON + MINUTE)
    assert everything() == once
    assert call.reported_at == SOON


def test_another_story_of_the_same_call_is_refused_and_kept_beside_the_first(
    make: Builders, night: Night
) -> None:
    make_targets(make, night.assignment, 1)
    call = take(night)
    report_call(call, told(Outcome.TALKED), SOON)
    once = everything()
    for _ in range(2):
        with pytest.raises(AlreadyReported) as refusal:
            report_call(call, told(Outcome.NO_CALLS, note="Sa nej"), SOON + MINUTE)
    assert refusal.value.told.outcome is Outcome.NO_CALLS
    assert call.outcome is Outcome.TALKED
    assert everything() == once
    assert [(story["outcome"], story["note"]) for story in call.also_told] == [("no_calls", "Sa nej")]


def test_the_same_page_sent_again_is_the_same_story_also_when_words_were_added_since(
    make: Builders, night: Night
) -> None:
    make_targets(make, night.assignment, 1)
    call = report_call(take(night), told(Outcome.TALKED, key="page"), SOON)
    call.note = "Gärna efter fem"
    db.session.flush()
    assert report_call(call, told(Outcome.TALKED, key="page"), SOON + MINUTE) is call
    assert (call.note, call.also_told) == ("Gärna efter fem", [])
    with pytest.raises(AlreadyReported):
        report_call(call, told(Outcome.NO_ANSWER, key="page"), SOON + MINUTE)


def test_a_promise_without_a_time_keeps_nothing(make: Builders, night: Night) -> None:
    make_targets(make, night.assignment, 1)
    call = take(night)
    before = everything()
    with pytest.raises(CallBackNeedsTime):
        report_call(call, Report(Outcome.TALKED_CALL_BACK), SOON)
    assert everything() == before
    assert call.is_open


def test_a_promised_call_back_comes_first_when_it_is_due(make: Builders, night: Night) -> None:
    make_targets(make, night.assignment, 3)
    first = take(night)
    report_call(first, told(Outcome.TALKED_CALL_BACK), SOON)
    assert take(night, night.britta, PROMISE - MINUTE).target_id != first.target_id
    again = take(night, night.anton, PROMISE)
    assert (again.target_id, again.id == first.id) == (first.target_id, False)


@pytest.mark.parametrize(
    ("outcome", "scope"),
    [
        (Outcome.NO_CALLS, BlockScope.CALLS),
        (Outcome.NO_CONTACT, BlockScope.CONTACT),
        (Outcome.DECEASED, BlockScope.CONTACT),
    ],
)
def test_the_answer_blocks_at_once(make: Builders, night: Night, outcome: Outcome, scope: BlockScope) -> None:
    make_targets(make, night.assignment, 1)
    call = report_call(take(night), told(outcome), SOON)
    block = db.session.scalars(select(Block)).one()
    assert (block.member_id, block.scope, block.source) == (call.member_id, scope, Source.CALL)
    assert (block.set_at, block.set_by) == (SOON, night.anton.id)
    assert take_next_call(night.britta, night.list, SOON) is None


def with_two_numbers(make: Builders, night: Night) -> Member:
    member = make.member(night.tree.tenant_id, night.tree.falun, phone="+46701740610")
    with make.storing(night.tree.tenant_id):
        db.session.add(PhoneNumber(member_id=member.id, e164="+46846500410", position=1))
    make_target(make, night.assignment, member)
    return member


def test_a_wrong_number_tries_the_next_at_once_and_then_asks_an_organiser(
    make: Builders, night: Night
) -> None:
    member = with_two_numbers(make, night)
    make_targets(make, night.assignment, 1)
    report_call(take(night), told(Outcome.WRONG_NUMBER), SOON)
    second = take(night, at=SOON)
    assert (second.member_id, second.e164) == (member.id, "+46846500410")
    report_call(second, told(Outcome.OUT_OF_SERVICE), SOON)
    states = [(number.e164, number.state) for number in second.member.numbers]
    assert states == [("+46701740610", NumberState.WRONG), ("+46846500410", NumberState.DEAD)]
    assert second.target.state is TargetState.NO_NUMBER
    assert take(night, at=SOON).member_id != member.id


def test_whoever_has_another_number_is_to_be_rung_and_was_promised_nothing(
    make: Builders, night: Night
) -> None:
    with_two_numbers(make, night)
    report_call(take(night), told(Outcome.WRONG_NUMBER), SOON)
    [ledger] = ledgers_of(night.list, SOON).values()
    assert ledger.places == {Place.READY: 1}


def test_skipped_on_the_second_number_they_are_still_first_in_line(make: Builders, night: Night) -> None:
    member = with_two_numbers(make, night)
    make_targets(make, night.assignment, 1)
    report_call(take(night), told(Outcome.WRONG_NUMBER), SOON)
    report_call(take(night, at=SOON), told(Outcome.SKIPPED), SOON)
    assert take(night, night.britta, SOON).member_id == member.id


def test_a_household_is_rung_by_one_also_where_its_number_was_thought_wrong(
    make: Builders, night: Night
) -> None:
    member = with_two_numbers(make, night)
    make_target(
        make, night.assignment, make.member(night.tree.tenant_id, night.tree.falun, phone="+46701740610")
    )
    report_call(take(night), told(Outcome.WRONG_NUMBER), SOON)
    assert take(night, at=SOON).member_id == member.id
    assert take_next_call(night.britta, night.list, SOON) is None


def test_a_late_report_counts_while_nobody_else_has_the_member(make: Builders, night: Night) -> None:
    make_targets(make, night.assignment, 1)
    call = take(night)
    give_back(night.anton, LATE)
    report_call(call, told(Outcome.TALKED), LATE + MINUTE)
    assert (call.outcome, call.given_back_at) == (Outcome.TALKED, None)
    assert call.target.state is TargetState.DONE


def test_a_late_report_of_somebody_passed_on_is_kept_and_changes_no_place(
    make: Builders, night: Night
) -> None:
    make_targets(make, night.assignment, 1)
    late = take(night)
    theirs = take(night, night.britta, LATE)
    with pytest.raises(PassedOn):
        report_call(late, told(Outcome.TALKED, note="Glad"), LATE)
    assert (late.outcome, late.note, late.given_back_at) == (Outcome.TALKED, "Glad", NOON + LEASE)
    assert theirs.target.state is TargetState.QUEUED
    report_call(theirs, told(Outcome.NO_ANSWER), LATE)
    assert theirs.target.tries == 1


def test_the_same_page_sent_again_of_somebody_passed_on_tells_no_second_story(
    make: Builders, night: Night
) -> None:
    make_targets(make, night.assignment, 1)
    late = take(night)
    take(night, night.britta, LATE)
    then, told_later = LATE + 60 * MINUTE, LATE + 61 * MINUTE
    with pytest.raises(PassedOn):
        report_call(late, Report(Outcome.TALKED_CALL_BACK, then, key="page"), LATE)
    report_call(late, Report(Outcome.TALKED_CALL_BACK, told_later, key="page"), LATE + MINUTE)
    assert (late.call_back_at, late.also_told) == (then, [])


def test_a_late_report_is_passed_on_also_when_the_other_has_reported(make: Builders, night: Night) -> None:
    make_targets(make, night.assignment, 1)
    late = take(night)
    report_call(take(night, night.britta, LATE), told(Outcome.NO_ANSWER), LATE + MINUTE)
    rested = everything()
    with pytest.raises(PassedOn):
        report_call(late, told(Outcome.TALKED), LATE + 2 * MINUTE)
    assert everything() == rested


def test_a_late_no_is_still_a_no(make: Builders, night: Night) -> None:
    make_targets(make, night.assignment, 1)
    late = take(night)
    take(night, night.britta, LATE)
    with pytest.raises(PassedOn):
        report_call(late, told(Outcome.NO_CALLS), LATE)
    assert db.session.scalars(select(Block.scope)).all() == [BlockScope.CALLS]


@pytest.mark.parametrize("outcome", Outcome)
def test_undoing_restores_everything_and_opens_the_call_again(
    make: Builders, night: Night, outcome: Outcome
) -> None:
    with_two_numbers(make, night)
    before = all_that_follows()
    call = take(night)
    report_call(call, told(outcome, note="x", message="y"), SOON)
    assert all_that_follows() != before or outcome is Outcome.SKIPPED
    undo_report(call, SOON + MINUTE)
    assert all_that_follows() == before
    assert (call.is_open, call.note, call.message, call.reported_at) == (True, "", "", None)
    assert call.lease_until == SOON + MINUTE + LEASE
    report_call(call, told(Outcome.TALKED), SOON + 2 * MINUTE)
    assert call.target.state is TargetState.DONE


def test_undoing_gives_back_whoever_the_caller_holds(make: Builders, night: Night) -> None:
    make_targets(make, night.assignment, 2)
    first = take(night)
    report_call(first, told(Outcome.NO_ANSWER), SOON)
    second = take(night, at=SOON)
    undo_report(first, SOON)
    assert (first.is_open, second.is_open, second.given_back_at) == (True, False, SOON)
    assert take(night, night.britta, SOON).target_id == second.target_id


def test_undoing_keeps_a_block_and_a_number_that_were_so_before(make: Builders, night: Night) -> None:
    [target] = make_targets(make, night.assignment, 1)
    call = take(night)
    db.session.add(
        Block(member_id=target.member_id, scope=BlockScope.CALLS, source=Source.PERSON, set_at=NOON)
    )
    before = everything()
    report_call(call, told(Outcome.NO_CALLS), SOON)
    undo_report(call, SOON)
    assert everything() == before
    assert db.session.scalar(select(func.count()).select_from(Block)) == 1


def test_undoing_a_wrong_number_while_somebody_rings_the_next_gives_the_call_back(
    make: Builders, night: Night
) -> None:
    with_two_numbers(make, night)
    call = take(night)
    report_call(call, told(Outcome.WRONG_NUMBER), SOON)
    theirs = take(night, night.britta, SOON)
    undo_report(call, SOON)
    assert (call.is_open, call.given_back_at, theirs.is_open) == (False, SOON, True)
    assert {number.state for number in call.member.numbers} == {NumberState.UNTRIED}


def test_a_member_rung_since_is_not_undone(make: Builders, night: Night) -> None:
    with_two_numbers(make, night)
    call = take(night)
    report_call(call, told(Outcome.WRONG_NUMBER), SOON)
    report_call(take(night, night.britta, SOON), told(Outcome.TALKED), SOON)
    after = everything()
    with pytest.raises(CannotUndo):
        undo_report(call, SOON)
    assert everything() == after


def test_only_the_last_five_can_be_undone(make: Builders, night: Night) -> None:
    make_targets(make, night.assignment, 6)
    calls = []
    for minute in range(6):
        call = take(night, at=NOON + minute * MINUTE)
        calls.append(report_call(call, told(Outcome.NO_ANSWER), NOON + minute * MINUTE))
    with pytest.raises(CannotUndo):
        undo_report(calls[0], SOON)
    undo_report(calls[1], NOON + 9 * MINUTE)
    assert calls[1].is_open


def test_a_page_whose_story_was_taken_back_cannot_tell_it_again(make: Builders, night: Night) -> None:
    make_targets(make, night.assignment, 1)
    call = take(night)
    report_call(call, told(Outcome.NO_CALLS, key="first page"), SOON)
    undo_report(call, SOON)
    report_call(call, told(Outcome.NO_CALLS, key="first page"), SOON)  # the network sends it once more
    assert call.is_open
    assert db.session.scalars(select(Block)).all() == []
    report_call(call, told(Outcome.TALKED, key="second page"), SOON)
    assert call.outcome is Outcome.TALKED
