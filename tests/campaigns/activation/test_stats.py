"""``ringlista stats``: the district's numbers for a terminal and for programs."""

import json
from collections.abc import Callable
from datetime import timedelta

from click.testing import Result

from campaigns.goals.models import Goal
from campaigns.goals.progress import Base
from campaigns.queue.outcomes import Outcome
from campaigns.totals.measures import Measure
from organiser.core import clock
from organiser.core.database import db
from tests.builders import Builders, Tree
from tests.campaigns.activation.builders import Ringing

Command = Callable[..., Result]


def told(done: Result) -> dict[str, object]:
    assert done.exit_code == 0, done.output
    counts: dict[str, object] = json.loads(done.output.splitlines()[-1])
    return counts


def test_the_keys_are_those_of_the_documentation(ringlista: Command, make: Builders, tree: Tree) -> None:
    ringing = Ringing(make, tree.tenant_id, tree.district)
    ringing.rang(make.member(tree.tenant_id, tree.falun), Outcome.TALKED, clock.now())
    make.member(tree.tenant_id, tree.falun, phone=None)
    make.member(tree.tenant_id, tree.district)
    due_on = clock.now().date() + timedelta(days=30)
    with make.storing(tree.tenant_id):
        db.session.add(Goal(organisation_id=tree.falun, percent=80, due_on=due_on))
    counts = told(ringlista("stats", "--organisation", "dalarna", "--json"))
    assert list(counts) == ["organisation", "as_of", "known_on", "totals", "associations"]
    assert (counts["organisation"], counts["known_on"]) == ("dalarna", None)
    whole = counted(members=3, callable=2, contacted=1, talked=1, percent=33)
    assert counts["totals"] == {**whole, "goal_percent": None, "due_on": None, "goals": {}}
    goal = {"percent": 80, "number": None, "of": "members", "due_on": due_on.isoformat()}
    none: dict[str, object] = {"goal_percent": None, "goals": {}}
    falun = counted(members=2, callable=1, contacted=1, talked=1, percent=50)
    assert counts["associations"] == [
        {"slug": "dalarna-borlange", "name": "Borlänge", "kind": "association", **counted(), **none},
        {
            "slug": "dalarna",
            "name": "Dalarna",
            "kind": "district",
            **counted(members=1, callable=1, percent=0),
            **none,
        },
        {
            "slug": "dalarna-falun",
            "name": "Falun",
            "kind": "association",
            **falun,
            "goal_percent": 80,
            "goals": {"contacted": goal},
        },
    ]


def counted(percent: int | None = None, **numbers: int) -> dict[str, int | None]:
    """Every count there is; who is contacted or talked with can be rung."""
    told: dict[str, int | None] = {
        "members": numbers.get("members", 0),
        "callable": numbers.get("callable", 0),
    }
    for measure in ("contacted", "talked", "surveyed", "active"):
        told[measure] = told[f"{measure}_callable"] = numbers.get(measure, 0)
    return {**told, "percent": percent}


def test_what_is_meant_by_the_unit_says_what_is_missing_and_when_it_is_there(
    ringlista: Command, make: Builders, tree: Tree
) -> None:
    make.member(tree.tenant_id, tree.falun)
    due_on = clock.now().date() + timedelta(days=70)
    with make.storing(tree.tenant_id):
        goal = Goal(organisation_id=tree.district, measure=Measure.ACTIVE, number=3, base=Base.CALLABLE)
        goal.due_on = due_on
        db.session.add(goal)
    counts = told(ringlista("stats", "--organisation", "dalarna", "--json"))
    assert counts["totals"]["goals"] == {  # type: ignore[index]
        "active": {
            "percent": None,
            "number": 3,
            "of": "callable",
            "due_on": due_on.isoformat(),
            "missing": 3,
            "course": "not_begun",
            "needed_a_week": 1,
            "earliest": None,
            "latest": None,
        }
    }
    lines = ringlista("stats", "--organisation", "dalarna").output.splitlines()
    assert lines[-1] == f"Goal, active: 3 of callable by {due_on.isoformat()}, 3 to go."


def test_one_association_has_numbers_of_its_own(ringlista: Command, make: Builders, tree: Tree) -> None:
    make.member(tree.tenant_id, tree.falun)
    make.member(tree.tenant_id, tree.borlange)
    counts = told(ringlista("stats", "--organisation", "dalarna-falun", "--json"))
    assert [each["slug"] for each in counts["associations"]] == ["dalarna-falun"]  # type: ignore[attr-defined]


def test_people_get_a_table(ringlista: Command, make: Builders, tree: Tree) -> None:
    ringing = Ringing(make, tree.tenant_id, tree.district)
    ringing.rang(make.member(tree.tenant_id, tree.falun), Outcome.TALKED, clock.now())
    make.member(tree.tenant_id, tree.district)
    lines = ringlista("stats", "--organisation", "dalarna").output.splitlines()
    headings = [
        "Association",
        "Members",
        "Callable",
        "Contacted",
        "Talked",
        "Surveyed",
        "Active",
        "Share",
        "Goal",
    ]
    assert lines[0].split() == headings
    assert [line.split() for line in lines[1:5]] == [
        ["Borlänge", "0", "0", "0", "0", "0", "0", "–", "–"],
        ["Dalarna", "(no", "association)", "1", "1", "0", "0", "0", "0", "0", "%", "–"],
        ["Falun", "1", "1", "1", "1", "0", "0", "100", "%", "–"],
        ["All", "2", "2", "1", "1", "0", "0", "50", "%", "–"],
    ]
    assert lines[5] == "No goal is set."
    assert len({len(line) for line in lines[:5]}) == 1


def test_an_unknown_unit_is_one_sentence_and_exit_two(ringlista: Command, tree: Tree) -> None:
    done = ringlista("stats", "--organisation", "nowhere", "--json")
    assert done.exit_code == 2
    assert done.stdout == ""
    assert "There is no organisation called nowhere." in done.stderr


def test_where_two_tenants_have_the_name_one_is_asked_which(
    ringlista: Command, make: Builders, tree: Tree
) -> None:
    make.unit(tree.other_tenant_id, tree.other_root, "Dalarna", slug="dalarna")
    make.member(tree.tenant_id, tree.falun)
    assert ringlista("stats", "--organisation", "dalarna", "--json").exit_code == 2
    counts = told(ringlista("stats", "--organisation", "dalarna", "--tenant", "partiet", "--json"))
    assert counts["totals"]["members"] == 1  # type: ignore[index]
