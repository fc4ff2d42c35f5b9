"""What needs the board: the most pressing first, and a button only for those who may use it."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from campaigns.activation.figures import Row
from campaigns.activation.needs import Kind, OpenList, needs_of
from campaigns.goals.progress import Aim
from campaigns.goals.services import set_goal
from campaigns.queue.models import FollowUp, Target
from campaigns.queue.states import ErrandKind, TargetState, Turn
from campaigns.totals.measures import Measure
from organiser.accounts.permissions import Role
from organiser.core import clock
from organiser.core.database import db
from organiser.orgs.kinds import OrgKind
from organiser.orgs.models import Organisation
from tests.builders import Builders, Tree
from tests.campaigns.activation.builders import Ringing
from tests.campaigns.builders import make_target
from tests.page import get, links, words

TODAY = date(2024, 3, 1)


def row(name: str, members: int = 10, **values: object) -> Row:
    return Row(
        id=uuid4(),
        slug=name,
        name=name,
        kind=OrgKind.ASSOCIATION,
        members=members,
        **values,  # type: ignore[arg-type]
    )


def a_list(of: UUID, **values: object) -> OpenList:
    given = {"ends_on": TODAY + timedelta(days=60), "title": "Vår", "owner": "/1/", "campaign_id": uuid4()}
    return OpenList(id=uuid4(), organisation_id=of, **{**given, **values})  # type: ignore[arg-type]


def test_an_association_that_goes_well_needs_nobody() -> None:
    falun = row("Falun", responsible="Samira", rung=True, aims={Measure.CONTACTED: Aim(50, TODAY)})
    lists = [a_list(falun.id, left=0)]
    assert needs_of([falun], lists, today=TODAY, goal_wanted=True) == []


def test_what_is_late_comes_first() -> None:
    falun = row("Falun")
    lists = [a_list(falun.id, late_calls=2, late_errands=3, left=4, ends_on=TODAY + timedelta(days=14))]
    found = needs_of([falun], lists, today=TODAY, goal_wanted=True)
    assert [(need.kind, need.number) for need in found] == [
        (Kind.LATE_CALLS, 2),
        (Kind.LATE_ERRANDS, 3),
        (Kind.ENDS_SOON, 4),
        (Kind.NOBODY_RESPONSIBLE, 0),
        (Kind.NOT_BEGUN, 0),
        (Kind.NO_GOAL, 0),
    ]


@pytest.mark.parametrize(("days", "told"), [(-3, True), (0, True), (14, True), (15, False)])
def test_a_campaign_is_told_of_in_its_last_two_weeks_and_after(days: int, *, told: bool) -> None:
    falun = row("Falun", responsible="Samira", rung=True)
    lists = [a_list(falun.id, left=9, ends_on=TODAY + timedelta(days=days))]
    assert bool(needs_of([falun], lists, today=TODAY)) is told


def test_each_campaign_that_ends_is_a_line_of_its_own() -> None:
    falun, mora = row("Falun", responsible="A", rung=True), row("Mora", responsible="B", rung=True)
    spring = uuid4()
    lists = [a_list(one.id, left=5, ends_on=TODAY, campaign_id=spring) for one in (falun, mora)]
    lists.append(a_list(falun.id, left=1, ends_on=TODAY))
    assert [need.number for need in needs_of([falun, mora], lists, today=TODAY)] == [10, 1]


def test_nobody_is_told_to_set_goals_below_where_the_district_has_none() -> None:
    falun = row("Falun", responsible="Samira", rung=True)
    assert needs_of([falun], goal_wanted=False) == []


@pytest.fixture
def late(make: Builders, tree: Tree) -> Ringing:
    """Falun answers for nothing; one was promised a call two days ago, one asked for something a week ago."""
    ringing = Ringing(make, tree.tenant_id, tree.district)
    assignment = ringing.list_of(tree.falun)
    now = clock.now()
    members = [make.member(tree.tenant_id, tree.falun) for _ in range(6)]
    make_target(make, assignment, members[0], turn=Turn.PROMISED, due_at=now - timedelta(days=2))
    asked = make_target(make, assignment, members[1], state=TargetState.FLAGGED)
    with make.storing(tree.tenant_id):
        unit = db.session.scalars(select(Organisation).where(Organisation.id == tree.district)).one()
        set_goal(unit, Aim(50, now.date() + timedelta(days=90)), None)
        db.session.add(
            FollowUp(
                assignment_id=assignment.id,
                target_id=asked.id,
                member_id=members[1].id,
                kind=next(iter(ErrandKind)),
                due_on=now.date() - timedelta(days=1),
            )
        )
    return ringing


def test_an_organiser_has_a_button_for_each_line(
    client: FlaskClient, make: Builders, tree: Tree, late: Ringing
) -> None:
    account = make.account(tree.tenant_id, (Role.ORGANISER, tree.district), language="en")
    page = get(make.sign_in(client, account, tree.tenant_id), "/district")
    said = words(page)
    assert "1 promised call is late" in said
    assert "1 follow-up is late" in said
    assert "should have ended" in said
    assert "Falun has no goal for contacts" in said
    one = f"/assignments/{late.lists[tree.falun].id}"
    wanted = {
        one,
        f"{one}/evenings/new",
        "/inbox?show=overdue",
        f"/goals/{tree.district}/contacted",
        "/imports",
    }
    assert wanted <= set(links(page))
    for url in wanted:
        get(client, url)


def test_the_board_reads_the_same_lines_without_a_button_it_may_not_use(
    client: FlaskClient, make: Builders, tree: Tree, late: Ringing
) -> None:
    account = make.account(tree.tenant_id, (Role.VIEWER, tree.district), language="en")
    page = get(make.sign_in(client, account, tree.tenant_id), "/district")
    assert "1 promised call is late" in words(page)
    assert not [
        url for url in links(page) if url.startswith(("/assignments", "/inbox", "/goals", "/campaigns"))
    ]


def test_nothing_is_asked_of_the_board_for_a_day_that_is_past(
    client: FlaskClient, make: Builders, tree: Tree, late: Ringing
) -> None:
    with make.storing(tree.tenant_id):
        assert db.session.scalars(select(Target)).first() is not None
    account = make.account(tree.tenant_id, (Role.VIEWER, tree.district), language="en")
    here = make.sign_in(client, account, tree.tenant_id)
    day = (clock.now() - timedelta(days=2)).date().isoformat()
    assert "What needs the board" not in words(get(here, f"/district?known_on={day}"))
