"""Who is rung next, by whom, and for how long they are held."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from campaigns.evenings import queries as evening_queries
from campaigns.evenings.models import Evening, Shift
from campaigns.queue.campaign_rules import rung_now
from campaigns.queue.due_questions import FIRST, THEN, asking_of, due_ids
from campaigns.queue.effects import Report
from campaigns.queue.models import Call, CallAssignment, Campaign, Target
from campaigns.queue.outcomes import Outcome
from campaigns.queue.reporting import report_call
from campaigns.queue.states import TargetState, Turn
from campaigns.queue.taking import LEASE, give_back, take_next_call
from organiser.accounts.models import Account
from organiser.accounts.permissions import Role
from organiser.core.database import db
from organiser.core.ids import uuid7
from organiser.core.prepared import load
from organiser.core.tenancy import inside
from organiser.members.kinds import BlockScope, MemberStatus, NumberState, Source
from organiser.members.models import Block, Member, PhoneNumber
from organiser.web.filters import zone
from organiser.web.frame import Framed
from tests.builders import NOON, Builders
from tests.campaigns.builders import make_shift, make_target, make_targets
from tests.campaigns.conftest import Night

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture(autouse=True)
def _in_falun(app: Framed, night: Night) -> object:
    with app.app_context(), inside(night.tree.tenant_id):
        yield
        db.session.rollback()


def due(night: Night, caller: Account | None = None) -> list[object]:
    """The queue as a caller would be dealt it: target ids in order."""
    asking = asking_of(caller or night.anton, NOON, zone())
    lists = rung_now(night.list, NOON, zone())
    found = [due_ids(lists, asking, turns, most=100) for turns in (FIRST, THEN) if lists]
    return [target_id for asked in found for target_id in load(asked).scalars()]


def test_a_promise_goes_before_the_untried_and_they_before_the_longest_rested(
    make: Builders, night: Night
) -> None:
    [rested] = make_targets(make, night.assignment, 1, tries=2, due_at=NOON - 2 * HOUR)
    [longer] = make_targets(make, night.assignment, 1, tries=1, due_at=NOON - 9 * HOUR)
    [untried] = make_targets(make, night.assignment, 1)
    [promised] = make_targets(make, night.assignment, 1, tries=1, turn=Turn.PROMISED, due_at=NOON - MINUTE)
    [earlier] = make_targets(make, night.assignment, 1, tries=1, turn=Turn.PROMISED, due_at=NOON - HOUR)
    assert due(night) == [target.id for target in (earlier, promised, untried, longer, rested)]


def test_nobody_is_rung_before_they_have_rested(make: Builders, night: Night) -> None:
    make_targets(make, night.assignment, 1, tries=1, due_at=NOON + MINUTE)
    make_targets(make, night.assignment, 1, tries=1, turn=Turn.PROMISED, due_at=NOON + MINUTE)
    assert due(night) == []


@pytest.mark.parametrize("state", [state for state in TargetState if state is not TargetState.QUEUED])
def test_only_those_in_the_queue_are_dealt(make: Builders, night: Night, state: TargetState) -> None:
    make_targets(make, night.assignment, 1, state=state)
    assert due(night) == []


@pytest.mark.parametrize(
    "change",
    [
        {"status": MemberStatus.LEFT},
        {"status": MemberStatus.DECEASED},
        {"protected": True},
        {"birth_year": NOON.year - 15},
    ],
)
def test_a_member_who_may_not_be_rung_any_more_is_not(
    make: Builders, night: Night, change: dict[str, object]
) -> None:
    make_targets(make, night.assignment, 1)
    db.session.execute(update(Member).values(**change))
    assert due(night) == []


@pytest.mark.parametrize(
    ("scope", "rung"), [(BlockScope.CALLS, 0), (BlockScope.CONTACT, 0), (BlockScope.EMAIL, 1)]
)
def test_a_block_set_since_is_heard(make: Builders, night: Night, scope: BlockScope, rung: int) -> None:
    [target] = make_targets(make, night.assignment, 1)
    db.session.add(Block(member_id=target.member_id, scope=scope, source=Source.PERSON, set_at=NOON))
    db.session.flush()
    assert len(due(night)) == rung


def test_a_member_whose_numbers_all_failed_is_not_dealt(make: Builders, night: Night) -> None:
    make_targets(make, night.assignment, 1)
    db.session.execute(update(PhoneNumber).values(state=NumberState.DEAD))
    assert due(night) == []


def test_whoever_is_being_rung_is_not_dealt_again_nor_is_their_number(make: Builders, night: Night) -> None:
    tree = night.tree
    for first_name in ("Åsa", "Alf"):
        member = make.member(
            tree.tenant_id, tree.falun, first_name=first_name, last_name="Ek", phone="+46701740699"
        )
        make_target(make, night.assignment, member)
    [third] = make_targets(make, night.assignment, 1)
    call = take_next_call(night.anton, night.list, NOON)
    assert call is not None
    assert call.e164 == "+46701740699"
    assert due(night, night.britta) == [third.id]


def test_a_closed_list_or_campaign_deals_nobody(make: Builders, night: Night) -> None:
    make_targets(make, night.assignment, 1)
    db.session.execute(update(Campaign).values(closed_at=NOON))
    assert due(night) == []
    db.session.execute(update(Campaign).values(closed_at=None))
    db.session.execute(update(CallAssignment).values(closed_at=NOON))
    assert due(night) == []
    assert take_next_call(night.anton, night.list, NOON) is None


def test_a_skipped_member_is_for_somebody_else(make: Builders, night: Night) -> None:
    [target] = make_targets(make, night.assignment, 1)
    call = take_next_call(night.anton, night.list, NOON)
    assert call is not None
    report_call(call, Report(Outcome.SKIPPED), NOON)
    assert due(night, night.anton) == []
    assert due(night, night.britta) == [target.id]
    assert target.tries == 0


def test_a_lost_answer_gives_the_same_member_again(make: Builders, night: Night) -> None:
    make_targets(make, night.assignment, 3)
    key = uuid7()
    calls = [take_next_call(night.anton, night.list, NOON, key) for _ in range(3)]
    later = take_next_call(night.anton, night.list, NOON + MINUTE, uuid7())
    assert {call and call.id for call in [*calls, later]} == {key}


def test_asking_twice_with_one_key_gives_one_member_also_when_they_are_reported(
    make: Builders, night: Night
) -> None:
    make_targets(make, night.assignment, 3)
    key = uuid7()
    call = take_next_call(night.anton, night.list, NOON, key)
    assert call is not None
    report_call(call, Report(Outcome.TALKED), NOON)
    assert take_next_call(night.anton, night.list, NOON, key) is call


def test_somebody_elses_key_opens_nothing(make: Builders, night: Night) -> None:
    make_targets(make, night.assignment, 2)
    theirs = take_next_call(night.anton, night.list, NOON, uuid7())
    assert theirs is not None
    ours = take_next_call(night.britta, night.list, NOON, theirs.id)
    assert ours is not None
    assert ours.id != theirs.id
    assert ours.member_id != theirs.member_id


def test_a_member_comes_back_when_the_lease_runs_out(make: Builders, night: Night) -> None:
    [target] = make_targets(make, night.assignment, 1)
    first = take_next_call(night.anton, night.list, NOON)
    assert first is not None
    assert take_next_call(night.britta, night.list, NOON + LEASE - MINUTE) is None
    second = take_next_call(night.britta, night.list, NOON + LEASE)
    assert second is not None
    assert (second.target_id, second.caller_id) == (target.id, night.britta.id)
    assert first.given_back_at == NOON + LEASE


def test_giving_back_lets_somebody_else_ring_at_once(make: Builders, night: Night) -> None:
    make_targets(make, night.assignment, 1)
    take_next_call(night.anton, night.list, NOON)
    give_back(night.anton, NOON + MINUTE)
    assert take_next_call(night.britta, night.list, NOON + MINUTE) is not None
    assert give_back(night.anton, NOON + MINUTE) is None


def test_the_first_usable_number_is_dialled(make: Builders, night: Night) -> None:
    member = make.member(night.tree.tenant_id, night.tree.falun, phone="+46701740610")
    with make.storing(night.tree.tenant_id):
        db.session.add(PhoneNumber(member_id=member.id, e164="+46701740611", position=1))
    make_target(make, night.assignment, member)
    db.session.execute(
        update(PhoneNumber).where(PhoneNumber.e164 == "+46701740610").values(state=NumberState.WRONG)
    )
    call = take_next_call(night.anton, night.list, NOON)
    assert call is not None
    assert call.e164 == "+46701740611"


def open_lists(account: Account) -> int:
    found = len(db.session.scalars(evening_queries.assignments_open_to(account, NOON)).all())
    db.session.rollback()  # SQLite lets one write at a time, and the builders write next
    return found


def test_a_caller_rings_only_on_a_shift_that_lasts(make: Builders, night: Night) -> None:
    stranger = make.account(night.tree.tenant_id, (Role.CALLER, night.tree.falun))
    assert (open_lists(night.anton), open_lists(stranger)) == (1, 0)
    over = make.account(night.tree.tenant_id, (Role.CALLER, night.tree.falun))
    make_shift(make, night.assignment, over, NOON - 4 * HOUR)
    assert open_lists(over) == 0


@pytest.mark.parametrize("ended", [Shift, Evening, CallAssignment, Campaign])
def test_whatever_is_ended_ends_the_ringing(night: Night, ended: type[Shift]) -> None:
    column = "ended_at" if hasattr(ended, "ended_at") else "closed_at"
    db.session.execute(update(ended).values({column: NOON}))
    assert open_lists(night.anton) == 0


def test_an_organiser_rings_in_the_units_they_plan_for(make: Builders, night: Night) -> None:
    tree = night.tree
    assert open_lists(make.account(tree.tenant_id, (Role.ORGANISER, tree.district))) == 1
    assert open_lists(make.account(tree.tenant_id, (Role.ADMINISTRATOR, tree.root))) == 1
    assert open_lists(make.account(tree.tenant_id, (Role.ORGANISER, tree.sister_district))) == 0
    assert open_lists(make.account(tree.tenant_id, (Role.VIEWER, tree.district))) == 0


def test_taking_leaves_the_place_in_the_queue_alone(make: Builders, night: Night) -> None:
    [target] = make_targets(make, night.assignment, 1)
    call = take_next_call(night.anton, night.list, NOON)
    kept = db.session.scalars(select(Target).where(Target.id == target.id)).one()
    assert (kept.state, kept.tries) == (TargetState.QUEUED, 0)
    assert db.session.scalars(select(Call)).all() == [call]
