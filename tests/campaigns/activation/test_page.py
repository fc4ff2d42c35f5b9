"""The district's page: a sentence a board understands, numbers that agree, and no member's name."""

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from click.testing import Result
from flask.testing import FlaskClient
from sqlalchemy import event, select
from werkzeug.test import TestResponse

from campaigns.goals.models import Goal
from campaigns.queue.outcomes import Outcome
from organiser.accounts.models import Account
from organiser.accounts.permissions import Role
from organiser.audit.models import AccessEntry
from organiser.core import clock
from organiser.core.database import db
from organiser.orgs.models import Organisation
from tests.builders import Builders, Tree
from tests.campaigns.activation.builders import Ringing
from tests.page import get, links, words

CANARY = "Kanarie"


@pytest.fixture
def rung(make: Builders, tree: Tree) -> Ringing:
    """Falun: 7 of 10 contacted, 6 of them talked with, one by visit; Borlänge: 1 of 6; both have a goal."""
    ringing = Ringing(make, tree.tenant_id, tree.district)
    now = clock.now()
    samira = make.account(tree.tenant_id, name="Samira Elm")
    ringing.list_of(tree.falun, responsible_id=samira.id)
    falun = [make.member(tree.tenant_id, tree.falun, first_name=CANARY, last_name=CANARY) for _ in range(10)]
    for member in falun[:6]:
        ringing.rang(member, Outcome.TALKED, now - timedelta(days=3))
    ringing.met(falun[6], now.date())
    borlange = [make.member(tree.tenant_id, tree.borlange, first_name=CANARY) for _ in range(6)]
    ringing.rang(borlange[0], Outcome.LANGUAGE, now - timedelta(days=20))
    with make.storing(tree.tenant_id):
        for unit_id in (tree.district, tree.falun, tree.borlange):
            due_on = now.date() + timedelta(weeks=10)
            db.session.add(Goal(organisation_id=unit_id, percent=75, due_on=due_on))
    return ringing


def reader(
    client: FlaskClient, make: Builders, tree: Tree, role: Role = Role.VIEWER, unit_id: UUID | None = None
) -> FlaskClient:
    """Somebody who reads English and holds one role in Dalarna, or elsewhere."""
    account = make.account(tree.tenant_id, (role, unit_id or tree.district), language="en")
    return make.sign_in(client, account, tree.tenant_id)


def table(answer: TestResponse) -> list[list[str]]:
    """The downloaded file as a spreadsheet reads it."""
    assert answer.mimetype == "text/csv"
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"), newline=""), delimiter=";"))


def order(answer: TestResponse) -> list[str]:
    """The associations in the order they stand on the page."""
    found = re.findall(r'role="rowheader"[^>]*>(?:<a[^>]*>)?([^<]+)', answer.text)
    return [name for name in found if name]


def test_the_first_sentence_says_it_all(
    client: FlaskClient, make: Builders, tree: Tree, rung: Ringing
) -> None:
    said = words(get(reader(client, make, tree), "/district"))
    assert "8 of 16 members contacted (50%), the goal is 75% by" in said
    assert "4 to go, 1 a week" in said
    assert "On course" in said


def test_the_page_names_no_member_and_is_no_sight_of_one(
    client: FlaskClient, make: Builders, tree: Tree, rung: Ringing
) -> None:
    here = reader(client, make, tree)
    for url in ("/district", f"/district/{tree.falun}", f"/district/{tree.district}/table.csv"):
        answer = get(here, url)
        assert CANARY not in answer.text
        assert "70174" not in answer.text.replace(" ", "").replace("-", "")
    with make.storing(tree.tenant_id):
        assert db.session.scalars(select(AccessEntry)).all() == []


def test_page_command_and_file_tell_the_same(
    client: FlaskClient, make: Builders, tree: Tree, rung: Ringing, ringlista: Callable[..., Result]
) -> None:
    here = reader(client, make, tree)
    told = json.loads(ringlista("stats", "--organisation", "dalarna", "--json").output.splitlines()[-1])
    rows = {line[0]: line[1:] for line in table(get(here, f"/district/{tree.district}/table.csv"))}
    page = words(get(here, "/district"))
    assert [each["name"] for each in told["associations"]] == ["Borlänge", "Falun"]
    for name, counts in [
        *((each["name"], each) for each in told["associations"]),
        ("All of Dalarna", told["totals"]),
    ]:
        keys = ("members", "callable", "contacted", "talked", "percent", "goal_percent")
        assert rows[name][:6] == [str(counts[key]) for key in keys]
        assert f"{counts['contacted']} of {counts['members']}" in page
        assert f"{counts['percent']}%" in page
    due_on = (clock.now().date() + timedelta(weeks=10)).isoformat()
    counted = {"members": 16, "callable": 16, "contacted": 8, "talked": 6}
    assert told["totals"] == {**counted, "percent": 50, "goal_percent": 75, "due_on": due_on}


def test_a_spreadsheet_runs_nothing_of_the_file(
    client: FlaskClient, make: Builders, tree: Tree, rung: Ringing
) -> None:
    with make.storing(tree.tenant_id):
        falun = db.session.scalars(select(Organisation).where(Organisation.id == tree.falun)).one()
        falun.name = '=HYPERLINK("http://example.com";"Falun")'
        db.session.scalars(
            select(Account).where(Account.name == "Samira Elm")
        ).one().name = "+46701740605;\n@x"
    answer = get(reader(client, make, tree), f"/district/{tree.district}/table.csv")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    cells = [cell for line in table(answer) for cell in line]
    assert '\'=HYPERLINK("http://example.com";"Falun")' in cells
    assert "'+46701740605;\n@x" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_the_table_turns_round_at_a_press_and_needs_no_script(
    client: FlaskClient, make: Builders, tree: Tree, rung: Ringing
) -> None:
    here = reader(client, make, tree)
    page = f"/district/{tree.district}"
    assert order(get(here, page)) == ["Falun", "Borlänge"]
    pressed = {link.split("?")[1].split("#")[0] for link in links(get(here, page)) if "sort=" in link}
    assert pressed == {
        "sort=name&order=ascending",
        "sort=share&order=ascending",
        "sort=members&order=descending",
    }
    assert order(get(here, f"{page}?sort=share&order=ascending")) == ["Borlänge", "Falun"]
    assert order(get(here, f"{page}?sort=name")) == ["Borlänge", "Falun"]
    assert order(get(here, f"{page}?sort=members&order=ascending")) == ["Borlänge", "Falun"]
    assert order(get(here, f"{page}?sort=nonsense&order=sideways")) == ["Falun", "Borlänge"]
    assert 'aria-sort="descending"' in get(here, page).text


def test_what_needs_the_board_is_named(
    client: FlaskClient, make: Builders, tree: Tree, rung: Ringing
) -> None:
    make.unit(tree.tenant_id, tree.district, "Orsa")
    mora = make.unit(tree.tenant_id, tree.district, "Mora")
    for unit_id in [mora] * 5 + [tree.district] * 2:
        make.member(tree.tenant_id, unit_id)
    said = words(get(reader(client, make, tree), "/district"))
    assert "Orsa has no members yet" in said
    assert "Borlänge and Mora have nobody who answers for the calls 11 members are waiting" in said
    assert "Mora: no calls yet 5 members are waiting" in said
    assert "2 members in no association" in said
    assert "Samira Elm" in said


def test_fewer_than_five_are_not_shown_by_themselves_to_who_sees_no_members(
    client: FlaskClient, make: Builders, tree: Tree, rung: Ringing
) -> None:
    mora = make.unit(tree.tenant_id, tree.district, "Mora")
    for _ in range(4):
        rung.rang(make.member(tree.tenant_id, mora), Outcome.TALKED, clock.now())
    url = f"/district/{tree.district}/table.csv"
    veiled = next(line for line in table(get(reader(client, make, tree), url)) if line[0] == "Mora")
    assert veiled == ["Mora", "4", *[""] * 8]
    board = reader(client, make, tree)
    assert "Too few to show" in words(get(board, "/district"))
    assert "12 of 20 members contacted" in words(get(board, "/district"))
    alone = words(get(board, f"/district/{mora}"))
    assert "fewer than five members" in alone
    assert "100%" not in alone
    shown = next(
        line for line in table(get(reader(client, make, tree, Role.ORGANISER), url)) if line[0] == "Mora"
    )
    assert shown[1:6] == ["4", "4", "4", "4", "100"]


def test_before_the_first_list_the_page_says_what_to_do_first(
    client: FlaskClient, make: Builders, tree: Tree
) -> None:
    said = get(reader(client, make, tree), "/district")
    assert "Dalarna has no members here yet" in words(said)
    assert "/imports" not in links(said)
    assert "/imports" in links(get(reader(client, make, tree, Role.ORGANISER), "/district"))


def test_only_who_plans_is_shown_the_way_to_the_goal(
    client: FlaskClient, make: Builders, tree: Tree, rung: Ringing
) -> None:
    way = f"/goals/{tree.district}"
    assert way not in links(get(reader(client, make, tree), "/district"))
    assert way in links(get(reader(client, make, tree, Role.ORGANISER), "/district"))


@pytest.mark.parametrize("role", [Role.VIEWER, Role.ORGANISER, Role.ADMINISTRATOR])
def test_one_sees_one_s_own_unit_and_those_below_and_no_other(
    client: FlaskClient, make: Builders, tree: Tree, rung: Ringing, role: Role
) -> None:
    here = reader(client, make, tree, role)
    for unit_id in (tree.district, tree.falun, tree.borlange):
        get(here, f"/district/{unit_id}")
        get(here, f"/district/{unit_id}/table.csv")
    for unit_id in (tree.root, tree.sister_district, tree.sundsvall, tree.other_root, tree.other_association):
        get(here, f"/district/{unit_id}", 404)
        get(here, f"/district/{unit_id}/table.csv", 404)


def test_a_caller_is_shown_no_numbers(client: FlaskClient, make: Builders, tree: Tree, rung: Ringing) -> None:
    here = reader(client, make, tree, Role.CALLER, tree.falun)
    for url in ("/district", f"/district/{tree.falun}", f"/district/{tree.falun}/table.csv"):
        get(here, url, 403)
    assert "/district" not in links(get(here, "/account"))


def test_who_holds_a_role_in_one_association_begins_there(
    client: FlaskClient, make: Builders, tree: Tree, rung: Ringing
) -> None:
    said = words(get(reader(client, make, tree, Role.VIEWER, tree.falun), "/district"))
    assert "7 of 10 members contacted (70%)" in said
    assert "Borlänge" not in said


def test_who_sees_several_districts_chooses_among_them(
    client: FlaskClient, make: Builders, tree: Tree, rung: Ringing
) -> None:
    page = get(reader(client, make, tree, Role.VIEWER, tree.root), "/district")
    assert {f"/district/{tree.district}", f"/district/{tree.sister_district}"} <= set(links(page))
    assert "8 of 16 members contacted" in words(page)


def test_twelve_questions_are_enough_however_many_have_been_rung(
    client: FlaskClient, make: Builders, tree: Tree, rung: Ringing
) -> None:
    here = reader(client, make, tree)
    few = questions(here)
    for place in range(20):
        unit_id = make.unit(tree.tenant_id, tree.district, f"Ort {place}")
        rung.rang(make.member(tree.tenant_id, unit_id), Outcome.TALKED, clock.now())
    assert questions(here) == few
    assert few <= 12


def questions(here: FlaskClient) -> int:
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith(("SELECT", "WITH")):
            asked.append(statement)

    with here.application.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    get(here, "/district")
    event.remove(engine, "before_cursor_execute", note)
    return len(asked)
