"""``ringlista stats``: the district's numbers for a terminal and for programs."""

import json
from collections.abc import Callable
from datetime import timedelta

from click.testing import Result

from campaigns.goals.models import Goal
from campaigns.queue.outcomes import Outcome
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
    assert list(counts) == ["organisation", "as_of", "totals", "associations"]
    assert counts["organisation"] == "dalarna"
    assert counts["totals"] == {
        "members": 3,
        "callable": 2,
        "contacted": 1,
        "talked": 1,
        "percent": 33,
        "goal_percent": None,
        "due_on": None,
    }
    nothing = {
        "members": 0,
        "callable": 0,
        "contacted": 0,
        "talked": 0,
        "percent": None,
        "goal_percent": None,
    }
    falun = {"members": 2, "callable": 1, "contacted": 1, "talked": 1, "percent": 50, "goal_percent": 80}
    loose = {"members": 1, "callable": 1, "contacted": 0, "talked": 0, "percent": 0, "goal_percent": None}
    assert counts["associations"] == [
        {"slug": "dalarna-borlange", "name": "Borlänge", "kind": "association", **nothing},
        {"slug": "dalarna", "name": "Dalarna", "kind": "district", **loose},
        {"slug": "dalarna-falun", "name": "Falun", "kind": "association", **falun},
    ]


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
    assert lines[0].split() == ["Association", "Members", "Callable", "Contacted", "Talked", "Share", "Goal"]
    assert [line.split() for line in lines[1:5]] == [
        ["Borlänge", "0", "0", "0", "0", "–", "–"],
        ["Dalarna", "(no", "association)", "1", "1", "0", "0", "0", "%", "–"],
        ["Falun", "1", "1", "1", "1", "100", "%", "–"],
        ["All", "2", "2", "1", "1", "50", "%", "–"],
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
