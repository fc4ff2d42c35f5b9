"""A goal is set for a unit, or for all associations below it at once, and nobody's change is lost."""

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from campaigns.goals.models import Goal
from campaigns.goals.progress import Aim, Base
from campaigns.goals.services import ChangedMeanwhile, set_goal, take_away_goal, take_back
from campaigns.totals.measures import Measure
from organiser.accounts.permissions import Role
from organiser.core import clock
from organiser.core.database import db
from organiser.orgs.models import Organisation
from tests.builders import Builders, Tree
from tests.page import fields, get, post, words

SOON = clock.now().date() + timedelta(days=60)
HALF = Aim(50, SOON)


def unit_of(unit_id: object) -> Organisation:
    return db.session.scalars(select(Organisation).where(Organisation.id == unit_id)).one()


def goals() -> dict[str, tuple[int | None, object]]:
    rows = db.session.execute(select(Organisation.slug, Goal.percent, Goal.due_on).join(Goal.organisation))
    return {slug: (percent, due_on) for slug, percent, due_on in rows}


def test_a_unit_gets_its_goal_and_nobody_else_does(within: Tree) -> None:
    set_goal(unit_of(within.district), HALF, None)
    assert goals() == {"dalarna": (50, SOON)}


def test_one_step_gives_every_open_association_below_the_same_goal(within: Tree) -> None:
    set_goal(unit_of(within.falun), Aim(80, SOON), None)
    set_goal(unit_of(within.district), HALF, None, below=True)
    assert goals() == dict.fromkeys(("dalarna", "dalarna-falun", "dalarna-borlange"), (50, SOON))


def test_a_closed_association_is_asked_nothing_more(within: Tree) -> None:
    unit_of(within.borlange).closed_at = clock.now()
    set_goal(unit_of(within.district), HALF, None, below=True)
    assert set(goals()) == {"dalarna", "dalarna-falun"}


def test_who_saves_last_is_told_that_somebody_was_there_before(within: Tree) -> None:
    district = unit_of(within.district)
    first = set_goal(district, HALF, None).goal
    assert first is not None
    with pytest.raises(ChangedMeanwhile):
        set_goal(district, Aim(60, SOON), None)
    seen = first.version
    set_goal(district, Aim(60, SOON), None, seen=seen)
    with pytest.raises(ChangedMeanwhile):
        set_goal(district, Aim(70, SOON), None, seen=seen)
    with pytest.raises(ChangedMeanwhile):
        take_away_goal(district, seen)
    assert goals() == {"dalarna": (60, SOON)}


def test_a_goal_taken_away_leaves_those_below_what_they_mean(within: Tree) -> None:
    district = unit_of(within.district)
    goal = set_goal(district, HALF, None, below=True).goal
    assert goal is not None
    take_away_goal(district, goal.version)
    assert set(goals()) == {"dalarna-falun", "dalarna-borlange"}


def organiser(client: FlaskClient, make: Builders, tree: Tree, unit_id: object = None) -> FlaskClient:
    account = make.account(tree.tenant_id, (Role.ORGANISER, unit_id or tree.district))  # type: ignore[arg-type]
    return make.sign_in(client, account, tree.tenant_id)


FORM = {"amount": "40", "kind": "share", "base": "members", "due_on": SOON.isoformat(), "version": ""}


def test_each_measure_has_a_goal_of_its_own_and_of_those_it_says(within: Tree) -> None:
    district = unit_of(within.district)
    set_goal(district, HALF, None)
    set_goal(district, Aim(None, SOON, 200, Base.CALLABLE), None, measure=Measure.SURVEYED)
    with pytest.raises(ChangedMeanwhile):
        set_goal(district, HALF, None, measure=Measure.SURVEYED)
    kept = {goal.measure: goal.aim for goal in db.session.scalars(select(Goal))}
    assert kept == {Measure.CONTACTED: HALF, Measure.SURVEYED: Aim(None, SOON, 200, Base.CALLABLE)}


def test_an_act_taken_back_leaves_every_goal_as_it_was(within: Tree) -> None:
    district = unit_of(within.district)
    set_goal(unit_of(within.falun), Aim(80, SOON), None)
    before = goals()
    act = set_goal(district, HALF, None, below=True)
    assert take_back(district, act.id)
    assert goals() == before
    assert not take_back(district, act.id)


def test_a_goal_taken_away_comes_back(within: Tree) -> None:
    district = unit_of(within.district)
    goal = set_goal(district, Aim(None, SOON, 7, Base.CALLABLE), None).goal
    assert goal is not None
    act = take_away_goal(district, goal.version)
    assert goals() == {}
    take_back(district, act.id)
    assert [goal.aim for goal in db.session.scalars(select(Goal))] == [Aim(None, SOON, 7, Base.CALLABLE)]


def test_what_somebody_has_changed_since_is_not_taken_back(within: Tree) -> None:
    district, falun = unit_of(within.district), unit_of(within.falun)
    act = set_goal(district, HALF, None, below=True)
    set_goal(falun, Aim(90, SOON), None, seen=1)
    with pytest.raises(ChangedMeanwhile):
        take_back(district, act.id)
    assert goals()["dalarna"] == (50, SOON)


def test_an_organiser_sets_changes_and_takes_away_the_goal_on_its_page(
    client: FlaskClient, make: Builders, tree: Tree
) -> None:
    make.member(tree.tenant_id, tree.falun)
    page = f"/goals/{tree.district}/contacted"
    here = organiser(client, make, tree)
    shown = fields(get(here, page))
    assert (shown["amount"], shown["version"]) == ("50", "")
    answer = post(here, page, {**FORM, "below": "y"})
    assert answer.location.endswith(f"/goals/{tree.district}")
    with make.storing(tree.tenant_id):
        assert goals()["dalarna-falun"] == (40, SOON)
    shown = fields(get(here, page))
    assert (shown["amount"], shown["version"]) == ("40", "1")
    post(here, page, {**FORM, "amount": "60"}, 409)
    post(here, page, {**FORM, "amount": "60", "version": "1"})
    post(here, f"{page}/removal", {"version": "1"}, 409)
    post(here, f"{page}/removal", {"version": "2"})
    with make.storing(tree.tenant_id):
        assert "dalarna" not in goals()


def test_the_toast_takes_the_last_act_back(client: FlaskClient, make: Builders, tree: Tree) -> None:
    here = organiser(client, make, tree)
    post(here, f"/goals/{tree.district}/contacted", {**FORM, "below": "y"})
    undo = re.search(r'action="([^"]+/undoing/[^"]+)"', get(here, f"/goals/{tree.district}").text)
    assert undo is not None
    post(here, undo[1])
    assert goals_of(make, tree) == {}
    post(here, undo[1], status=404)


def goals_of(make: Builders, tree: Tree) -> dict[str, tuple[int | None, object]]:
    with make.storing(tree.tenant_id):
        return goals()


def test_the_list_says_of_each_measure_what_is_meant_and_what_it_means(
    client: FlaskClient, make: Builders, tree: Tree
) -> None:
    account = make.account(tree.tenant_id, (Role.ORGANISER, tree.district), language="en")
    here = make.sign_in(client, account, tree.tenant_id)
    number = {**FORM, "amount": "200", "kind": "number", "base": "callable"}
    post(here, f"/goals/{tree.district}/surveyed", number)
    said = words(get(here, f"/goals/{tree.district}"))
    assert "200 of those who can be rung, by" in said
    assert "0 of 2 associations below have a goal of their own" in said
    assert "Has said yes to a task" in said
    assert said.count("No goal is set.") == 3


@pytest.mark.parametrize("amount", ["0", "101", "half", ""])
def test_a_share_that_is_none_is_refused_beside_its_field(
    client: FlaskClient, make: Builders, tree: Tree, amount: str
) -> None:
    here = organiser(client, make, tree)
    answer = post(here, f"/goals/{tree.district}/talked", {**FORM, "amount": amount}, 422)
    assert 'id="amount-error"' in answer.text


@pytest.mark.parametrize("days", [-1, 10_000])
def test_a_day_that_has_passed_or_lies_out_of_sight_is_refused(
    client: FlaskClient, make: Builders, tree: Tree, days: int
) -> None:
    due = (clock.now().date() + timedelta(days=days)).isoformat()
    here = organiser(client, make, tree)
    answer = post(here, f"/goals/{tree.district}/active", {**FORM, "due_on": due}, 422)
    assert 'id="due_on-error"' in answer.text


def test_an_association_is_not_asked_about_others(client: FlaskClient, make: Builders, tree: Tree) -> None:
    assert "below" not in fields(get(organiser(client, make, tree), f"/goals/{tree.falun}/contacted"))


def test_another_district_s_goal_does_not_exist_for_us(
    client: FlaskClient, make: Builders, tree: Tree
) -> None:
    here = organiser(client, make, tree)
    with make.storing(tree.tenant_id):
        theirs = set_goal(unit_of(tree.sister_district), HALF, None).id
    for unit_id in (tree.sister_district, tree.root, tree.other_root, tree.other_association):
        get(here, f"/goals/{unit_id}", 404)
        get(here, f"/goals/{unit_id}/contacted", 404)
        post(here, f"/goals/{unit_id}/contacted", FORM, 404)
        post(here, f"/goals/{unit_id}/contacted/removal", {"version": "1"}, 404)
        post(here, f"/goals/{unit_id}/undoing/{theirs}", status=404)
    post(here, f"/goals/{tree.district}/undoing/{theirs}", status=404)
    get(here, f"/goals/{tree.district}/fame", 404)


@pytest.mark.parametrize("role", [Role.VIEWER, Role.CALLER])
def test_who_does_not_plan_sets_no_goal(client: FlaskClient, make: Builders, tree: Tree, role: Role) -> None:
    here = make.sign_in(client, make.account(tree.tenant_id, (role, tree.district)), tree.tenant_id)
    get(here, f"/goals/{tree.district}", 403)
    get(here, f"/goals/{tree.district}/contacted", 403)
    post(here, f"/goals/{tree.district}/contacted/removal", {"version": "1"}, 403)
