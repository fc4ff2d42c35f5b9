"""What the queue promises: one caller at a time, rest and hours for every member, nobody given themselves."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from campaigns.queue.effects import Report
from campaigns.queue.models import Call, CallAssignment, Campaign, HeldNumber, Target
from campaigns.queue.opening import DAYTIME, USUAL
from campaigns.queue.outcomes import Outcome
from campaigns.queue.reporting import report_call
from campaigns.queue.rules import Rules
from campaigns.queue.states import TargetState, Turn
from campaigns.queue.taking import LEASE, give_back, take_next_call
from organiser.accounts.models import Account
from organiser.core.database import db
from organiser.core.tenancy import inside
from organiser.members.kinds import PhoneKind
from organiser.members.models import Member, PhoneNumber
from organiser.web.frame import Framed
from tests.builders import NOON, Builders
from tests.campaigns.builders import make_assignment, make_campaign, make_target, make_targets
from tests.campaigns.conftest import Night

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
SHARED, OWN = "+46701740699", "+46701740698"


@pytest.fixture(autouse=True)
def _in_falun(app: Framed, night: Night) -> object:
    with app.app_context(), inside(night.tree.tenant_id):
        yield
        db.session.rollback()


def other_campaign(make: Builders, night: Night) -> CallAssignment:
    campaign = make_campaign(make, night.tree.tenant_id, night.tree.district, title="Valet")
    return make_assignment(make, campaign, night.tree.falun)


def one_member_on_both_lists(make: Builders, night: Night) -> CallAssignment:
    other = other_campaign(make, night)
    member = make.member(night.tree.tenant_id, night.tree.falun, phone=SHARED)
    for assignment in (night.assignment, other):
        make_target(make, assignment, member)
    return other


def test_a_member_is_rung_by_one_caller_whatever_campaigns_they_are_on(make: Builders, night: Night) -> None:
    other = one_member_on_both_lists(make, night)
    assert take_next_call(night.anton, night.list, NOON) is not None
    assert take_next_call(night.britta, [other.id], NOON) is None


@pytest.mark.parametrize(
    ("outcome", "rest"),
    [(Outcome.NO_ANSWER, 20), (Outcome.LEFT_MESSAGE, 48), (Outcome.BUSY, 1), (Outcome.TALKED, 20)],
)
def test_whoever_was_rung_rests_in_every_campaign(
    make: Builders, night: Night, outcome: Outcome, rest: int
) -> None:
    other = one_member_on_both_lists(make, night)
    call = take_next_call(night.anton, night.list, NOON)
    assert call is not None
    report_call(call, Report(outcome), NOON)
    until = NOON + timedelta(hours=rest)
    assert take_next_call(night.britta, [other.id], until - MINUTE) is None
    assert take_next_call(night.britta, [other.id], until) is not None


def test_a_promise_is_kept_and_no_other_campaign_rings_before_it(make: Builders, night: Night) -> None:
    other = one_member_on_both_lists(make, night)
    promised = NOON + 30 * HOUR
    call = take_next_call(night.anton, night.list, NOON)
    assert call is not None
    report_call(call, Report(Outcome.TALKED_CALL_BACK, promised), NOON)
    assert take_next_call(night.britta, [other.id], NOON + 25 * HOUR) is None
    kept = take_next_call(night.anton, night.list, promised)
    assert kept is not None
    assert kept.member_id == call.member_id


def test_a_wrong_number_or_a_skip_leaves_nobody_resting(make: Builders, night: Night) -> None:
    other = one_member_on_both_lists(make, night)
    call = take_next_call(night.anton, night.list, NOON)
    assert call is not None
    report_call(call, Report(Outcome.SKIPPED), NOON)
    assert take_next_call(night.britta, [other.id], NOON) is not None


def test_a_household_is_rung_by_one_caller_also_on_the_second_number_of_one(
    make: Builders, night: Night
) -> None:
    tree = night.tree
    first = make.member(tree.tenant_id, tree.falun, first_name="Åsa", phone=OWN)
    second = make.member(tree.tenant_id, tree.falun, first_name="Alf", phone=SHARED)
    with make.storing(tree.tenant_id):
        db.session.add(PhoneNumber(member_id=first.id, e164=SHARED, kind=PhoneKind.HOME, position=1))
    for member in (first, second):
        make_target(make, night.assignment, member)
    held = take_next_call(night.anton, night.list, NOON)
    assert held is not None
    assert take_next_call(night.britta, night.list, NOON) is None
    report_call(held, Report(Outcome.NO_ANSWER), NOON)
    theirs = take_next_call(night.britta, night.list, NOON)
    assert theirs is not None
    assert {held.member_id, theirs.member_id} == {first.id, second.id}


@pytest.mark.parametrize("end", ["report", "give back", "run out"])
def test_no_number_stays_held_when_the_call_is_over(make: Builders, night: Night, end: str) -> None:
    make_targets(make, night.assignment, 1)
    call = take_next_call(night.anton, night.list, NOON)
    assert call is not None
    assert db.session.scalars(select(HeldNumber.call_id)).all() == [call.id]
    match end:
        case "report":
            report_call(call, Report(Outcome.NO_ANSWER), NOON)
        case "give back":
            give_back(night.anton, NOON)
        case _:
            assert take_next_call(night.britta, [night.assignment.id], NOON + LEASE) is not None
    assert call.id not in db.session.scalars(select(HeldNumber.call_id)).all()


def test_nobody_is_given_themselves(make: Builders, night: Night) -> None:
    tree = night.tree
    herself = make.member(tree.tenant_id, tree.falun, first_name="Åsa", phone=OWN)
    with make.storing(tree.tenant_id):
        db.session.execute(update(Member).where(Member.id == herself.id).values(email="Asa@example.org"))
    make_target(make, night.assignment, herself)
    caller = db.session.get(Account, night.anton.id)
    assert caller is not None
    assert take_next_call(caller, night.list, NOON, own_numbers=[OWN]) is None
    caller.email = "asa@example.org"
    assert take_next_call(caller, night.list, NOON) is None
    caller.email = "anton@example.org"
    assert take_next_call(caller, night.list, NOON) is not None


@pytest.mark.parametrize(
    ("values", "rung"),
    [
        ({"rules": Rules(hours=DAYTIME).as_json()}, True),  # NOON is a Friday
        ({"rules": Rules(hours=USUAL).as_json()}, False),
        ({"rules": {}}, False),
        ({"paused_at": NOON - MINUTE}, False),
        ({"starts_on": NOON.date() + timedelta(days=1)}, False),
        ({"ends_on": NOON.date() - timedelta(days=1), "starts_on": NOON.date() - timedelta(days=9)}, False),
        ({"ends_on": NOON.date()}, True),
    ],
)
def test_nobody_is_rung_outside_the_hours_and_days_of_a_campaign(
    make: Builders, night: Night, values: dict[str, object], rung: bool
) -> None:
    make_targets(make, night.assignment, 1)
    with make.storing(night.tree.tenant_id):
        db.session.execute(update(Campaign).values(values))
    assert (take_next_call(night.anton, night.list, NOON) is not None) is rung


def test_the_pool_takes_promises_first_in_whichever_association(make: Builders, night: Night) -> None:
    with make.storing(night.tree.tenant_id):
        elsewhere = CallAssignment(
            campaign_id=night.assignment.campaign_id, organisation_id=night.tree.borlange
        )
        db.session.add(elsewhere)
    make_targets(make, night.assignment, 2)
    [promised] = make_targets(make, elsewhere, 1, tries=1, turn=Turn.PROMISED, due_at=NOON - MINUTE)
    call = take_next_call(night.anton, [night.assignment.id, elsewhere.id], NOON)
    assert call is not None
    assert call.target_id == promised.id


def test_a_member_tried_as_often_as_the_campaign_allows_is_left_to_the_organiser(
    make: Builders, night: Night
) -> None:
    [target] = make_targets(make, night.assignment, 1, tries=2)
    call = take_next_call(night.anton, night.list, NOON)
    assert call is not None
    report_call(call, Report(Outcome.NO_ANSWER), NOON)
    found = db.session.scalars(select(Target).where(Target.id == target.id)).one()
    assert (found.state, found.tries) == (TargetState.TRIED_OUT, 3)
    assert take_next_call(night.anton, night.list, NOON + timedelta(days=3)) is None


def test_two_leases_of_one_member_never_overlap_in_what_the_database_keeps(
    make: Builders, night: Night
) -> None:
    make_targets(make, night.assignment, 1)
    take_next_call(night.anton, night.list, NOON)
    take_next_call(night.britta, night.list, NOON + 3 * HOUR)
    first, second = db.session.scalars(select(Call).order_by(Call.taken_at)).all()
    assert first.given_back_at == NOON + LEASE
    assert second.taken_at >= first.given_back_at
