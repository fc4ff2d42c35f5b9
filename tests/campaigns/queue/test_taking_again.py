"""A member rings back, and the one who rang them takes the call up again."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from campaigns.queue import call_questions as calls
from campaigns.queue.effects import Report
from campaigns.queue.ledger import ledgers_of
from campaigns.queue.models import Call, HeldNumber
from campaigns.queue.outcomes import Outcome
from campaigns.queue.places import Place
from campaigns.queue.reporting import report_call
from campaigns.queue.states import TargetState
from campaigns.queue.taking import LEASE, give_back, take_next_call
from campaigns.queue.taking_again import CannotTakeAgain, WhyNotAgain, take_again
from campaigns.queue.undoing import undo_report
from organiser.accounts.models import Account
from organiser.core.database import db
from organiser.core.ids import uuid7
from organiser.core.prepared import load
from organiser.members.kinds import BlockScope, Source
from organiser.members.services import By, block
from tests.builders import NOON, Builders
from tests.campaigns.builders import make_targets
from tests.campaigns.conftest import Night

SOON = NOON + timedelta(minutes=5)
pytestmark = pytest.mark.usefixtures("falun")


@pytest.fixture
def falun(make: Builders, night: Night) -> None:
    """Two members wait to be rung."""
    make_targets(make, night.assignment, 2)


def rings(caller: Account, night: Night, outcome: Outcome = Outcome.NO_ANSWER) -> Call:
    """A call made and reported."""
    call = take_next_call(caller, night.list, NOON)
    assert call is not None
    return report_call(call, Report(outcome), NOON)


def where_stands(call: Call) -> TargetState:
    """Where the member stands in the queue."""
    return call.target.state


def held(caller: Account) -> Call | None:
    return load(calls.held_by(caller.id)).scalar()


def test_whoever_rings_back_is_with_their_caller_again(make: Builders, night: Night) -> None:
    with make.storing(night.tree.tenant_id):
        first = rings(night.anton, night)
        again = take_again(night.anton, first, SOON)
        assert held(night.anton) is again
        assert (again.target_id, again.member_id) == (first.target_id, first.member_id)
        assert again.lease_until == SOON + LEASE
        assert ledgers_of(night.list, SOON)[night.assignment.id].places[Place.ON_PHONE] == 1
        report_call(again, Report(Outcome.CALLED_BACK), SOON)
        assert again.target.state is TargetState.DONE


def test_it_is_nobody_new_and_undone_it_is_as_before(make: Builders, night: Night) -> None:
    with make.storing(night.tree.tenant_id):
        first = rings(night.anton, night)
        due, tries = first.target.due_at, first.target.tries
        again = report_call(take_again(night.anton, first, SOON), Report(Outcome.CALLED_BACK), SOON)
        undo_report(again, SOON)
        give_back(night.anton, SOON)
        assert (first.target.state, first.target.due_at, first.target.tries) == (
            TargetState.QUEUED,
            due,
            tries,
        )
        assert ledgers_of(night.list, SOON)[night.assignment.id].audience == 2


def test_asked_twice_it_is_one_call(make: Builders, night: Night) -> None:
    with make.storing(night.tree.tenant_id):
        first, key = rings(night.anton, night), uuid7()
        again = take_again(night.anton, first, SOON, key)
        assert again.id == key
        assert take_again(night.anton, first, SOON, key) is again
        assert take_again(night.anton, first, SOON, uuid7()) is again
        assert db.session.scalar(select(func.count()).select_from(Call)) == 2


def test_somebody_elses_key_opens_nothing(make: Builders, night: Night) -> None:
    with make.storing(night.tree.tenant_id):
        first = rings(night.anton, night)
        theirs = take_next_call(night.britta, night.list, SOON)
        assert theirs is not None
        again = take_again(night.anton, first, SOON, theirs.id)
        assert again.id != theirs.id
        assert theirs.caller_id == night.britta.id


def test_whom_one_held_goes_back_with_their_number(make: Builders, night: Night) -> None:
    with make.storing(night.tree.tenant_id):
        first = rings(night.anton, night)
        other = take_next_call(night.anton, night.list, SOON)
        assert other is not None
        again = take_again(night.anton, first, SOON)
        assert other.given_back_at == SOON
        assert set(db.session.scalars(select(HeldNumber.call_id))) == {again.id}


def test_who_is_on_somebody_elses_phone_stays_there(make: Builders, night: Night) -> None:
    with make.storing(night.tree.tenant_id):
        first = rings(night.anton, night)
        mine = take_next_call(night.anton, night.list, SOON)
        later = NOON + timedelta(hours=21)
        assert mine is not None
        mine.lease_until = later + LEASE
        theirs = take_next_call(night.britta, night.list, later)
        assert theirs is not None
        assert theirs.member_id == first.member_id
        with pytest.raises(CannotTakeAgain) as refusal:
            take_again(night.anton, first, later)
        assert refusal.value.why is WhyNotAgain.HELD
        assert held(night.anton) is mine
        assert held(night.britta) is theirs


def test_who_asked_not_to_be_rung_is_not_taken_up_again(make: Builders, night: Night) -> None:
    with make.storing(night.tree.tenant_id):
        first = rings(night.anton, night)
        block(first.member, BlockScope.CALLS, "", Source.PERSON, By(night.britta.id, SOON))
        db.session.flush()
        db.session.expire_all()
        with pytest.raises(CannotTakeAgain) as refusal:
            take_again(night.anton, first, SOON)
        assert refusal.value.why is WhyNotAgain.NOT_TO_BE_RUNG
        assert held(night.anton) is None


def test_a_number_that_failed_does_not_matter_to_whoever_rings_us(make: Builders, night: Night) -> None:
    with make.storing(night.tree.tenant_id):
        first = rings(night.anton, night, Outcome.WRONG_NUMBER)
        assert where_stands(first) == TargetState.NO_NUMBER
        report_call(take_again(night.anton, first, SOON), Report(Outcome.CALLED_BACK), SOON)
        assert where_stands(first) == TargetState.DONE
