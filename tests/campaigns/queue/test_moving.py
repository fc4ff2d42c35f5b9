"""A member who moves takes their place in a campaign along: nobody is rung again, nobody counts twice."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from campaigns.queue.effects import Report
from campaigns.queue.ledger import ledgers_of, summed
from campaigns.queue.models import CallAssignment, FollowUp, Target
from campaigns.queue.outcomes import Outcome
from campaigns.queue.places import Place
from campaigns.queue.reporting import report_call
from campaigns.queue.states import TargetState
from campaigns.queue.taking import LEASE, give_back, give_back_run_out, take_next_call
from organiser.accounts.models import Account
from organiser.core.database import db
from organiser.core.tenancy import inside
from organiser.members.kinds import BlockScope, Source
from organiser.members.models import Member
from organiser.members.register_changes import settle_now
from organiser.members.services import By, block, move
from organiser.web.frame import Framed
from tests.builders import NOON, Builders
from tests.campaigns.builders import make_targets
from tests.campaigns.conftest import Night


@pytest.fixture
def elsewhere(make: Builders, night: Night) -> CallAssignment:
    """The list of Borlänge in the same campaign; one member stands on Falun's."""
    with make.storing(night.tree.tenant_id):
        found = CallAssignment(campaign_id=night.assignment.campaign_id, organisation_id=night.tree.borlange)
        db.session.add(found)
    make_targets(make, night.assignment, 1)
    return found


@pytest.fixture(autouse=True)
def _in_falun(app: Framed, night: Night, elsewhere: CallAssignment) -> object:
    with app.app_context(), inside(night.tree.tenant_id):
        yield
        db.session.rollback()


def rung(night: Night, outcome: Outcome, message: str = "") -> Target:
    caller = db.session.get_one(Account, night.anton.id)
    call = take_next_call(caller, night.list, NOON)
    assert call is not None
    return report_call(call, Report(outcome, message=message), NOON).target


def moves(target: Target, unit: UUID) -> Target:
    move(target.member, unit)
    settle_now(db.session())
    return db.session.scalars(select(Target).where(Target.member_id == target.member_id)).one()


def test_whoever_was_talked_to_is_not_rung_again_in_their_new_association(
    night: Night, elsewhere: CallAssignment
) -> None:
    found = moves(rung(night, Outcome.TALKED), night.tree.borlange)
    assert (found.assignment_id, found.state) == (elsewhere.id, TargetState.DONE)
    assert take_next_call(db.session.get_one(Account, night.anton.id), [elsewhere.id], NOON) is None


def test_tries_and_rest_go_along(night: Night, elsewhere: CallAssignment) -> None:
    found = moves(rung(night, Outcome.NO_ANSWER), night.tree.borlange)
    assert (found.assignment_id, found.tries) == (elsewhere.id, 1)
    assert found.due_at == NOON + timedelta(hours=20)


def test_what_an_organiser_must_do_goes_along(night: Night, elsewhere: CallAssignment) -> None:
    moves(rung(night, Outcome.LANGUAGE, "Finska"), night.tree.borlange)
    assert db.session.scalars(select(FollowUp.assignment_id)).all() == [elsewhere.id]


def test_the_campaign_counts_a_member_once_wherever_they_stand(
    night: Night, elsewhere: CallAssignment
) -> None:
    target = db.session.scalars(select(Target)).one()
    for unit in (night.tree.borlange, night.tree.falun, night.tree.borlange):
        moves(target, unit)
        ledgers = ledgers_of([night.assignment.id, elsewhere.id], NOON)
        assert summed(ledgers.values()).audience == 1
    assert ledgers[elsewhere.id].places[Place.NOT_TRIED] == 1


@pytest.mark.parametrize("ends", ["told", "given back", "run out"])
def test_who_must_not_be_rung_any_more_leaves_the_queue_when_the_call_is_over(
    night: Night, ends: str
) -> None:
    caller = db.session.get_one(Account, night.anton.id)
    call = take_next_call(caller, night.list, NOON)
    assert call is not None
    block(call.member, BlockScope.CALLS, "", Source.PERSON, By(None, NOON))
    settle_now(db.session())
    assert call.target.state == TargetState.QUEUED
    if ends == "told":
        report_call(call, Report(Outcome.NO_ANSWER), NOON)
    elif ends == "given back":
        give_back(caller, NOON)
    else:
        give_back_run_out(NOON + LEASE)
    settle_now(db.session())
    left = db.session.scalars(select(Target.state).where(Target.id == call.target_id)).one()
    assert left is TargetState.BLOCKED


def test_whoever_is_on_the_phone_moves_when_the_call_is_over(night: Night, elsewhere: CallAssignment) -> None:
    call = take_next_call(db.session.get_one(Account, night.anton.id), night.list, NOON)
    assert call is not None
    member = db.session.scalars(select(Member).where(Member.id == call.member_id)).one()
    move(member, night.tree.borlange)
    settle_now(db.session())
    assert call.target.assignment_id == night.assignment.id
    report_call(call, Report(Outcome.TALKED), NOON)
    settle_now(db.session())
    db.session.refresh(call.target)
    assert (call.target.assignment_id, call.target.state) == (elsewhere.id, TargetState.DONE)
