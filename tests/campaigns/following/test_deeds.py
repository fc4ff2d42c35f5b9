"""One deed closes a follow-up, once, and its toast takes it back, unless somebody has gone on since."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from campaigns.following import services
from campaigns.following.kinds import FollowedUp
from campaigns.following.services import CannotBeRung, Noted
from campaigns.following.undoing import ChangedSince, take_back
from campaigns.queue.models import CallAssignment, FollowUp, Target
from campaigns.queue.outcomes import Outcome
from campaigns.queue.reporting import place_of
from campaigns.queue.states import ErrandKind, TargetState
from campaigns.queue.taking import take_next_call
from organiser.core.database import db
from organiser.core.ids import uuid7
from organiser.core.tenancy import inside
from organiser.members import services as members
from organiser.members.kinds import BlockScope, Channel, MemberStatus, NumberState, PhoneKind, Source
from organiser.members.models import Block, Contact, Member
from organiser.members.rules import WhyNot
from organiser.members.services import By
from organiser.web.frame import Framed
from tests.builders import NOON, Builders
from tests.campaigns.builders import make_target
from tests.campaigns.conftest import Night
from tests.campaigns.following.builders import follow_up_of, hold, member_of, tell

NEW = "+46701740699"
NOTE_ID = uuid7()
TODAY = NOON.date()
LATER = NOON + timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Desk:
    """Somebody was rung, and an organiser has to see to it."""

    night: Night
    found: FollowUp

    @property
    def target(self) -> Target:
        return self.found.target

    @property
    def member(self) -> Member:
        return member_of(self.target)

    @property
    def by(self) -> By:
        return By(self.night.anton.id, LATER)

    def count(self, what: type) -> int:
        return db.session.scalar(select(func.count()).select_from(what)) or 0


Told = Callable[..., Desk]


@pytest.fixture
def told(make: Builders, night: Night, app: Framed) -> Iterator[Told]:
    """A call with an outcome, and what it left on the desk; in the tenant until the test ends."""
    member = make.member(night.tree.tenant_id, night.tree.falun, first_name="Wilma", last_name="Ås")
    target = make_target(make, night.assignment, member)
    with app.app_context(), inside(night.tree.tenant_id):

        def tell_it(outcome: Outcome, message: str = "") -> Desk:
            found = db.session.scalars(select(Target).where(Target.id == target.id)).one()
            tell(found, night.anton, outcome, NOON, message)
            db.session.commit()
            return Desk(night, follow_up_of(target.id))

        yield tell_it
        db.session.rollback()


DEEDS: dict[FollowedUp, Callable[[Desk], FollowUp]] = {
    FollowedUp.NUMBER: lambda d: services.change_number(d.found, NEW, PhoneKind.MOBILE, d.by),
    FollowedUp.AGAIN: lambda d: services.ring_again(d.found, d.by, TODAY),
    FollowedUp.DONE: lambda d: services.settle(d.found, d.by),
    FollowedUp.NOTE: lambda d: services.write_note(
        d.found, Noted("Fikade", NOTE_ID, Channel.VISIT), d.by, TODAY
    ),
    FollowedUp.BLOCK: lambda d: services.block(d.found, BlockScope.CALLS, "", d.by),
    FollowedUp.MOVE: lambda d: services.move(d.found, d.night.tree.borlange, d.by),
    FollowedUp.LEFT: lambda d: services.end_membership(d.found, MemberStatus.LEFT, d.by, TODAY),
    FollowedUp.DECEASED: lambda d: services.end_membership(d.found, MemberStatus.DECEASED, d.by, TODAY),
}
STATES = {
    FollowedUp.NUMBER: TargetState.QUEUED,
    FollowedUp.AGAIN: TargetState.QUEUED,
    FollowedUp.DONE: TargetState.HANDLED,
    FollowedUp.NOTE: TargetState.HANDLED,
    FollowedUp.BLOCK: TargetState.BLOCKED,
    FollowedUp.MOVE: TargetState.OVER,
    FollowedUp.LEFT: TargetState.OVER,
    FollowedUp.DECEASED: TargetState.OVER,
}


def told_of(member: Member) -> object:
    """Everything a deed may change of a member."""
    return (
        member.organisation_id,
        member.status,
        member.left_on,
        [(number.e164, number.state, number.position) for number in member.numbers],
        [(block.scope, block.is_standing) for block in member.blocks],
    )


@pytest.mark.parametrize("deed", list(FollowedUp))
def test_a_deed_closes_the_follow_up_and_says_who_did_what_and_when(told: Told, deed: FollowedUp) -> None:
    desk = told(Outcome.LANGUAGE)
    DEEDS[deed](desk)
    db.session.commit()
    found = desk.found
    assert (found.done_at, found.done_by_id, found.deed) == (LATER, desk.night.anton.id, deed.value)
    assert desk.target.state is STATES[deed]


@pytest.mark.parametrize("deed", list(FollowedUp))
def test_a_deed_done_twice_is_done_once(told: Told, deed: FollowedUp) -> None:
    desk = told(Outcome.LANGUAGE)
    DEEDS[deed](desk)
    db.session.commit()
    once = (told_of(desk.member), place_of(desk.target), desk.count(Block), desk.count(Contact))
    DEEDS[deed](desk)
    db.session.commit()
    assert (told_of(desk.member), place_of(desk.target), desk.count(Block), desk.count(Contact)) == once


@pytest.mark.parametrize("deed", list(FollowedUp))
def test_a_deed_taken_back_leaves_everything_as_it_was(told: Told, deed: FollowedUp) -> None:
    desk = told(Outcome.LANGUAGE)
    before = (told_of(desk.member), place_of(desk.target))
    DEEDS[deed](desk)
    db.session.commit()
    take_back(desk.found, desk.by)
    take_back(desk.found, desk.by)
    db.session.commit()
    assert (told_of(desk.member), place_of(desk.target)) == before
    assert (desk.found.done_at, desk.found.deed, desk.found.note, desk.found.undo) == (None, "", "", None)
    assert desk.count(Block) == desk.count(Contact) == 0


@pytest.mark.parametrize("deed", list(FollowedUp))
def test_a_deed_is_not_taken_back_once_somebody_holds_the_member(told: Told, deed: FollowedUp) -> None:
    desk = told(Outcome.LANGUAGE)
    DEEDS[deed](desk)
    hold(desk.target, desk.night.britta, LATER)
    with pytest.raises(ChangedSince):
        take_back(desk.found, desk.by)


def test_what_was_changed_since_stays(told: Told) -> None:
    desk = told(Outcome.LANGUAGE)
    DEEDS[FollowedUp.LEFT](desk)
    members.correct(desk.member, {"status": MemberStatus.DECEASED}, None, desk.by)
    with pytest.raises(ChangedSince):
        take_back(desk.found, desk.by)


def test_a_new_number_is_rung_first_and_at_once(told: Told) -> None:
    desk = told(Outcome.WRONG_NUMBER)
    assert desk.found.kind is ErrandKind.NO_NUMBER
    assert desk.target.state is TargetState.NO_NUMBER
    DEEDS[FollowedUp.NUMBER](desk)
    db.session.commit()
    assert [number.state for number in desk.member.numbers] == [NumberState.UNTRIED, NumberState.WRONG]
    call = take_next_call(desk.night.britta, desk.night.list, LATER)
    assert call is not None
    assert (call.member_id, call.e164) == (desk.member.id, NEW)


def test_a_number_that_was_held_for_wrong_is_tried_once_more(told: Told) -> None:
    desk = told(Outcome.WRONG_NUMBER)
    known = desk.member.numbers[0].e164
    services.change_number(desk.found, known, PhoneKind.MOBILE, desk.by)
    db.session.commit()
    assert [(number.e164, number.state) for number in desk.member.numbers] == [(known, NumberState.UNTRIED)]
    take_back(desk.found, desk.by)
    db.session.commit()
    assert [number.state for number in desk.member.numbers] == [NumberState.WRONG]


def test_who_may_not_be_rung_is_not_put_back_and_the_reason_is_told(told: Told) -> None:
    desk = told(Outcome.LANGUAGE)
    members.block(desk.member, BlockScope.CALLS, "", Source.PERSON, desk.by)
    with pytest.raises(CannotBeRung) as refusal:
        services.ring_again(desk.found, desk.by, TODAY)
    assert refusal.value.why is WhyNot.BLOCKED
    assert desk.found.done_at is None


def test_whoever_has_moved_is_not_put_back_on_the_old_list(told: Told) -> None:
    desk = told(Outcome.LANGUAGE)
    members.move(desk.member, desk.night.tree.borlange)
    db.session.refresh(desk.found.member)
    with pytest.raises(CannotBeRung) as refusal:
        services.ring_again(desk.found, desk.by, TODAY)
    assert refusal.value.why is None


def test_whoever_moves_is_rung_from_their_new_list(told: Told) -> None:
    desk = told(Outcome.LANGUAGE)
    campaign_id, unit_id = desk.night.assignment.campaign_id, desk.night.tree.borlange
    borlange = CallAssignment(id=uuid7(), campaign_id=campaign_id, organisation_id=unit_id)
    db.session.add(borlange)
    DEEDS[FollowedUp.MOVE](desk)
    db.session.commit()
    there = select(Target.state).where(Target.assignment_id == borlange.id)
    assert db.session.scalars(there).all() == [TargetState.QUEUED]


def test_a_message_done_leaves_who_was_talked_with_where_they_are(told: Told) -> None:
    desk = told(Outcome.TALKED, "Vill ha material")
    DEEDS[FollowedUp.DONE](desk)
    assert desk.target.state is TargetState.DONE


def test_as_long_as_something_else_waits_nobody_rings(told: Told) -> None:
    desk = told(Outcome.LANGUAGE)
    other = FollowUp(
        assignment_id=desk.found.assignment_id,
        target_id=desk.target.id,
        member_id=desk.member.id,
        kind=ErrandKind.WANTS_TO_LEAVE,
        due_on=TODAY,
    )
    db.session.add(other)
    db.session.flush()
    DEEDS[FollowedUp.NUMBER](desk)
    assert desk.target.state is TargetState.FLAGGED


def test_a_note_without_a_meeting_counts_as_no_contact(told: Told) -> None:
    desk = told(Outcome.WRONG_NUMBER)
    services.write_note(desk.found, Noted("Frågade Leif", uuid7()), desk.by, TODAY)
    assert desk.count(Contact) == 0
    assert desk.found.note == "Frågade Leif"
    assert desk.target.state is TargetState.NO_NUMBER


def test_a_block_that_stood_before_stands_when_the_deed_is_taken_back(told: Told) -> None:
    desk = told(Outcome.LANGUAGE)
    members.block(desk.member, BlockScope.CALLS, "", Source.PERSON, By(None, NOON))
    DEEDS[FollowedUp.BLOCK](desk)
    db.session.commit()
    take_back(desk.found, desk.by)
    db.session.commit()
    assert [block.is_standing for block in desk.member.blocks] == [True]
