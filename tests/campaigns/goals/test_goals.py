"""A goal is set for a unit, or for all associations below it at once, and nobody's change is lost."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from campaigns.goals.models import Goal
from campaigns.goals.progress import Aim
from campaigns.goals.services import ChangedMeanwhile, set_goal, take_away_goal
from organiser.accounts.permissions import Role
from organiser.core import clock
from organiser.core.database import db
from organiser.orgs.models import Organisation
from tests.builders import Builders, Tree
from tests.page import fields, get, post

SOON = clock.now().date() + timedelta(days=60)
HALF = Aim(50, SOON)


def unit_of(unit_id: object) -> Organisation:
    return db.session.scalars(select(Organisation).where(Organisation.id == unit_id)).one()


def goals() -> dict[str, tuple[int, object]]:
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
    first = set_goal(district, HALF, None)
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
    goal = set_goal(district, HALF, None, below=True)
    take_away_goal(district, goal.version)
    assert set(goals()) == {"dalarna-falun", "dalarna-borlange"}


def organiser(client: FlaskClient, make: Builders, tree: Tree, unit_id: object = None) -> FlaskClient:
    account = make.account(tree.tenant_id, (Role.ORGANISER, unit_id or tree.district))  # type: ignore[arg-type]
    return make.sign_in(client, account, tree.tenant_id)


def test_an_organiser_sets_changes_and_takes_away_the_goal_on_its_page(
    client: FlaskClient, make: Builders, tree: Tree
) -> None:
    make.member(tree.tenant_id, tree.falun)
    page = f"/goals/{tree.district}"
    here = organiser(client, make, tree)
    shown = fields(get(here, page))
    assert (shown["percent"], shown["version"]) == ("50", "")
    form = {"percent": "40", "due_on": SOON.isoformat(), "below": "y", "version": ""}
    answer = post(here, page, form)
    assert answer.location.endswith(f"/district/{tree.district}")
    with make.storing(tree.tenant_id):
        assert goals()["dalarna-falun"] == (40, SOON)
    shown = fields(get(here, page))
    assert (shown["percent"], shown["version"]) == ("40", "1")
    post(here, page, {**form, "percent": "60"}, 409)
    post(here, page, {**form, "percent": "60", "version": "1"})
    post(here, f"{page}/removal", {"version": "1"}, 409)
    post(here, f"{page}/removal", {"version": "2"})
    with make.storing(tree.tenant_id):
        assert "dalarna" not in goals()


@pytest.mark.parametrize("percent", ["0", "101", "half", ""])
def test_a_share_that_is_none_is_refused_beside_its_field(
    client: FlaskClient, make: Builders, tree: Tree, percent: str
) -> None:
    form = {"percent": percent, "due_on": SOON.isoformat(), "version": ""}
    answer = post(organiser(client, make, tree), f"/goals/{tree.district}", form, 422)
    assert 'id="percent-error"' in answer.text


@pytest.mark.parametrize("days", [-1, 10_000])
def test_a_day_that_has_passed_or_lies_out_of_sight_is_refused(
    client: FlaskClient, make: Builders, tree: Tree, days: int
) -> None:
    due = (clock.now().date() + timedelta(days=days)).isoformat()
    form = {"percent": "50", "due_on": due, "version": ""}
    answer = post(organiser(client, make, tree), f"/goals/{tree.district}", form, 422)
    assert 'id="due_on-error"' in answer.text


def test_an_association_is_not_asked_about_others(client: FlaskClient, make: Builders, tree: Tree) -> None:
    assert "below" not in fields(get(organiser(client, make, tree), f"/goals/{tree.falun}"))


def test_another_district_s_goal_does_not_exist_for_us(
    client: FlaskClient, make: Builders, tree: Tree
) -> None:
    here = organiser(client, make, tree)
    form = {"percent": "50", "due_on": SOON.isoformat(), "version": ""}
    for unit_id in (tree.sister_district, tree.root, tree.other_root, tree.other_association):
        get(here, f"/goals/{unit_id}", 404)
        post(here, f"/goals/{unit_id}", form, 404)
        post(here, f"/goals/{unit_id}/removal", {"version": "1"}, 404)


@pytest.mark.parametrize("role", [Role.VIEWER, Role.CALLER])
def test_who_does_not_plan_sets_no_goal(client: FlaskClient, make: Builders, tree: Tree, role: Role) -> None:
    here = make.sign_in(client, make.account(tree.tenant_id, (role, tree.district)), tree.tenant_id)
    get(here, f"/goals/{tree.district}", 403)
    post(here, f"/goals/{tree.district}/removal", {"version": "1"}, 403)
