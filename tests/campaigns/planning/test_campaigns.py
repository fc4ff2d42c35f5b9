"""A campaign in one step: a list per association, a place for each of its members, true to the register."""

from collections import Counter
from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event, func, select

from campaigns.evenings.services import start_evening
from campaigns.following.queries import may_answer_for
from campaigns.planning.reach import reachable
from campaigns.planning.services import (
    CampaignDraft,
    ChangedMeanwhile,
    change_campaign,
    close_campaign,
    make_campaign,
    reopen_campaign,
)
from campaigns.planning.usual_guide import default_script
from campaigns.queue.keeping import Refreshed, refresh_assignment, refresh_campaign
from campaigns.queue.models import CallAssignment, Campaign, Target
from campaigns.queue.script import steps_of
from campaigns.queue.states import TargetState
from organiser.accounts.permissions import Role
from organiser.audit.models import ChangeEntry
from organiser.core.database import db
from organiser.core.ids import uuid7
from organiser.members.kinds import BlockScope, MemberStatus, NumberState, Source
from organiser.members.models import Member
from organiser.members.rules import WhyNot
from organiser.members.services import By, block, lift_block, mark_number, move
from organiser.orgs.models import Organisation
from tests.builders import NOON, Builders, Tree

ON = NOON.date()
STOCKHOLM = ZoneInfo("Europe/Stockholm")
DRAFT = CampaignDraft("Vårens samtal", "Höra hur det går", "## Hej\nHej!", ON, ON + timedelta(days=30))
BY = By(None, NOON)


@pytest.fixture
def register(make: Builders, within: Tree) -> Tree:
    """Falun: three to ring and one of each kind that is not rung. Borlänge: two to ring."""
    t = within
    for _ in range(3):
        make.member(t.tenant_id, t.falun)
    make.member(t.tenant_id, t.falun, phone=None)
    make.member(t.tenant_id, t.falun, protected=True)
    make.member(t.tenant_id, t.falun, status=MemberStatus.LEFT)
    make.member(t.tenant_id, t.falun, birth_date=date(2010, 1, 1))
    asked = make.member(t.tenant_id, t.falun)
    for _ in range(2):
        make.member(t.tenant_id, t.borlange)
    make.member(t.tenant_id, t.sundsvall)
    make.member(t.tenant_id, t.district)
    block(db.session.merge(asked, load=True), BlockScope.CALLS, "", Source.PERSON, BY)
    db.session.commit()
    return t


def unit(tree: Tree, unit_id: UUID) -> Organisation:
    return db.session.get_one(Organisation, (tree.tenant_id, unit_id))


def made(tree: Tree, campaign_id: UUID | None = None) -> Campaign:
    return make_campaign(campaign_id or uuid7(), unit(tree, tree.district), DRAFT, BY, ON)


def list_of(campaign: Campaign, unit_id: UUID) -> CallAssignment:
    return db.session.scalars(
        select(CallAssignment).where(
            CallAssignment.campaign_id == campaign.id, CallAssignment.organisation_id == unit_id
        )
    ).one()


def on(assignment: CallAssignment) -> list[Target]:
    return list(db.session.scalars(select(Target).where(Target.assignment_id == assignment.id)))


def queued(assignment: CallAssignment) -> list[Target]:
    return [target for target in on(assignment) if target.state is TargetState.QUEUED]


def states(assignment: CallAssignment) -> Counter[TargetState]:
    return Counter(target.state for target in on(assignment))


def test_one_step_makes_a_list_per_association_and_a_place_for_each_of_its_members(
    register: Tree,
) -> None:
    campaign = made(register)
    lists = db.session.scalars(select(CallAssignment).where(CallAssignment.campaign_id == campaign.id)).all()
    assert {one.organisation_id for one in lists} == {register.falun, register.borlange}
    rows = db.session.execute(
        select(
            CallAssignment.organisation_id,
            Member.organisation_id,
            func.count(),
            func.count(Member.id.distinct()),
        )
        .join(Target, Target.assignment_id == CallAssignment.id)
        .join(Member, Member.id == Target.member_id)
        .group_by(CallAssignment.organisation_id, Member.organisation_id)
    ).all()
    assert {tuple(row) for row in rows} == {
        (register.falun, register.falun, 7, 7),
        (register.borlange, register.borlange, 2, 2),
    }


def test_the_numbers_shown_before_are_the_rows_made(register: Tree) -> None:
    shown = reachable(register.district, NOON, STOCKHOLM)
    campaign = made(register)
    for row in shown.rows:
        assert row.unit is not None
        assert states(list_of(campaign, row.unit.id))[TargetState.QUEUED] == row.callable
    falun = next(row for row in shown.rows if row.unit and row.unit.id == register.falun)
    assert falun.why_not == {
        WhyNot.NO_NUMBER: 1, WhyNot.PROTECTED: 1, WhyNot.OVER: 1, WhyNot.UNDER_AGE: 1, WhyNot.BLOCKED: 1
    }  # fmt: skip
    assert (falun.members, shown.total.members, shown.outside) == (8, 10, 1)


def test_the_same_form_sent_twice_makes_one(register: Tree) -> None:
    campaign_id = uuid7()
    assert made(register, campaign_id) is made(register, campaign_id)
    assert db.session.scalar(select(func.count()).select_from(CallAssignment)) == 2
    assert db.session.scalar(select(func.count()).select_from(Target)) == 9


def test_a_closed_association_gets_no_list(register: Tree) -> None:
    unit(register, register.borlange).closed_at = NOON
    db.session.flush()
    campaign = made(register)
    assert db.session.scalars(
        select(CallAssignment.organisation_id).where(CallAssignment.campaign_id == campaign.id)
    ).all() == [register.falun]


def test_many_members_take_no_more_statements_than_few(make: Builders, register: Tree) -> None:
    few = _statements(register)
    db.session.commit()
    for _ in range(40):
        make.member(register.tenant_id, register.falun)
    assert _statements(register) == few


def _statements(tree: Tree) -> int:
    said: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    made(tree)
    event.remove(db.engine, "before_cursor_execute", note)
    return len(said)


def test_the_log_tells_that_members_came_on_a_list(register: Tree) -> None:
    falun = list_of(made(register), register.falun)
    told = db.session.scalars(select(ChangeEntry.changes).where(ChangeEntry.subject_id == falun.id)).all()
    assert {"members_added": [None, 7]} in told


def test_newcomers_have_come_by_themselves_and_leavers_go(make: Builders, register: Tree) -> None:
    falun = list_of(made(register), register.falun)
    stays, left, moved = queued(falun)
    db.session.commit()
    make.member(register.tenant_id, register.falun)
    _member(left).status = MemberStatus.LEFT
    move(_member(moved), register.borlange)
    before = states(falun)[TargetState.OVER]
    assert refresh_assignment(falun, NOON, ON) == Refreshed(new=0, back=0, out=2)
    assert states(falun)[TargetState.QUEUED] == 2
    assert states(falun)[TargetState.OVER] == before + 2
    assert stays.state is TargetState.QUEUED
    assert refresh_assignment(falun, NOON, ON) == Refreshed(0, 0, 0)


def test_each_leaver_stands_with_the_reason(register: Tree) -> None:
    falun = list_of(made(register), register.falun)
    asked, mute, hidden = queued(falun)
    block(_member(asked), BlockScope.CALLS, "", Source.PERSON, BY)
    mark_number(_member(mute).numbers[0], NumberState.DEAD, BY)
    _member(hidden).protected = True
    db.session.flush()
    refresh_assignment(falun, NOON, ON)
    assert [asked.state, mute.state, hidden.state] == [
        TargetState.BLOCKED,
        TargetState.NO_NUMBER,
        TargetState.OVER,
    ]


def test_who_may_be_rung_again_comes_back_into_the_queue(register: Tree) -> None:
    falun = list_of(made(register), register.falun)
    target = queued(falun)[0]
    standing = block(_member(target), BlockScope.CALLS, "", Source.PERSON, BY)
    refresh_assignment(falun, NOON, ON)
    lift_block(standing, "", BY)
    assert refresh_assignment(falun, NOON, ON) == Refreshed(new=0, back=1, out=0)
    assert target.state is TargetState.QUEUED


def test_who_was_talked_to_stays_done_whatever_the_register_says(register: Tree) -> None:
    falun = list_of(made(register), register.falun)
    target = queued(falun)[0]
    target.state = TargetState.DONE
    _member(target).status = MemberStatus.LEFT
    db.session.flush()
    refresh_assignment(falun, NOON, ON)
    assert target.state is TargetState.DONE


def test_an_association_added_later_gets_its_list_too(make: Builders, register: Tree) -> None:
    campaign = made(register)
    db.session.commit()
    rattvik = make.unit(register.tenant_id, register.district, "Rättvik")
    make.member(register.tenant_id, rattvik)
    assert refresh_campaign(campaign, NOON, ON).new == 1
    assert states(list_of(campaign, rattvik)) == {TargetState.QUEUED: 1}


def test_two_who_change_the_words_at_once_do_not_overwrite_each_other(register: Tree) -> None:
    campaign = made(register)
    seen = campaign.version
    change_campaign(campaign, CampaignDraft("Först", "", "## A", ON, ON), seen, BY, ON)
    with pytest.raises(ChangedMeanwhile):
        change_campaign(campaign, CampaignDraft("Sist", "", "## B", ON, ON), seen, BY, ON)
    assert campaign.title == "Först"


def test_a_closed_campaign_ends_its_evenings_and_may_be_opened_again(register: Tree) -> None:
    campaign = made(register)
    evening = start_evening(uuid7(), list_of(campaign, register.falun), NOON, NOON + timedelta(hours=4), BY)
    close_campaign(campaign, NOON + timedelta(hours=1))
    assert evening.ended_at == NOON + timedelta(hours=1)
    reopen_campaign(campaign, NOON, ON)
    assert campaign.closed_at is None


def test_those_responsible_are_organisers_of_the_unit_or_above(make: Builders, register: Tree) -> None:
    t = register
    falun = make.account(t.tenant_id, (Role.ORGANISER, t.falun), name="Falun")
    above = make.account(t.tenant_id, (Role.ADMINISTRATOR, t.district), name="Ovan")
    make.account(t.tenant_id, (Role.ORGANISER, t.sundsvall), name="Granne")
    make.account(t.tenant_id, (Role.CALLER, t.falun), name="Ringare")
    found = db.session.scalars(may_answer_for(unit(t, t.falun))).all()
    assert {one.id for one in found} == {falun.id, above.id}


def test_the_default_guide_has_its_steps_and_keeps_its_secrets_from_others(register: Tree) -> None:
    names = {"first_name": "Åsa", "caller": "Kim", "association": "Partiet i Falun"}
    hello, *rest = steps_of(default_script(), names)
    assert len(rest) == 4
    assert "Åsa" in hello.words
    assert not [step for step in (hello, *rest) if "{" in step.words]
    paragraphs = hello.words.split("</p>")
    to_others = paragraphs[1]
    assert "<em>" in to_others
    assert "Partiet" not in to_others


def _member(target: Target) -> Member:
    return db.session.get_one(Member, (target.tenant_id, target.member_id))
