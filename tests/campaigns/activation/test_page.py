"""The district's page: a sentence a board understands, numbers that agree, and no member's name."""

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import openpyxl
import pytest
from click.testing import Result
from flask.testing import FlaskClient
from sqlalchemy import event, select
from werkzeug.test import TestResponse

from campaigns.goals.models import Goal
from campaigns.goals.progress import Base
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
    """The associations in the order they stand in the table of all numbers."""
    found: list[str] = re.findall(
        r'role="rowheader"[^>]*>(?:<a[^>]*>)?([^<]+)', answer.text.split('id="all-numbers"')[1]
    )
    return found


def lines(answer: TestResponse) -> dict[str, dict[str, str]]:
    """The downloaded file, by its first column and its headings."""
    head, *rest = table(answer)
    return {line[0]: dict(zip(head, line, strict=True)) for line in rest if len(line) == len(head)}


def test_the_first_sentence_says_it_all(
    client: FlaskClient, make: Builders, tree: Tree, rung: Ringing
) -> None:
    said = words(get(reader(client, make, tree), "/district"))
    assert "8 of 16 members contacted (50%), the goal is 75% by" in said
    assert "4 to go, 1 a week" in said
    assert "Too early to tell" in said
    assert "Not enough data yet" in said


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


def test_page_command_and_files_tell_the_same(
    client: FlaskClient, make: Builders, tree: Tree, rung: Ringing, ringlista: Callable[..., Result]
) -> None:
    here = reader(client, make, tree)
    url = f"/district/{tree.district}"
    told = json.loads(ringlista("stats", "--organisation", "dalarna", "--json").output.splitlines()[-1])
    rows = lines(get(here, f"{url}/table.csv"))
    book = workbook(get(here, f"{url}/table.xlsx"))
    page = words(get(here, "/district"))
    assert [each["name"] for each in told["associations"]] == ["Borlänge", "Falun"]
    for name, counts in [
        *((each["name"], each) for each in told["associations"]),
        ("All of Dalarna", told["totals"]),
    ]:
        for heading, key in HEADINGS.items():
            assert rows[name][heading] == str(counts[key]), (name, heading)
            assert book[name][heading] == counts[key], (name, heading)
        assert f"{counts['contacted']} of {counts['members']}" in page
        assert f"{counts['percent']}%" in page
    for each in told["associations"]:
        for key in ("talked", "surveyed", "active"):
            assert f"{each[key]} ({each[key] * 100 // each['members']}%)" in page
    due_on = (clock.now().date() + timedelta(weeks=10)).isoformat()
    assert rows["Falun"]["Contacted, goal by"] == due_on
    goal = told["totals"]["goals"]["contacted"]
    assert (goal["percent"], goal["missing"], goal["due_on"]) == (75, 4, due_on)


HEADINGS = {
    "Members": "members",
    "Can be rung": "callable",
    "Contacted": "contacted",
    "Contacted, of those who can be rung": "contacted_callable",
    "Contacted, per cent of all": "percent",
    "Talked with": "talked",
    "Talked with, of those who can be rung": "talked_callable",
    "Survey answered": "surveyed",
    "Survey answered, of those who can be rung": "surveyed_callable",
    "Active": "active",
    "Active, of those who can be rung": "active_callable",
}


def workbook(answer: TestResponse) -> dict[str, dict[str, Any]]:
    """The downloaded workbook, by its first column and its headings."""
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    head, *rest = book.worksheets[0].iter_rows(values_only=True)
    assert book.worksheets[0].freeze_panes == "A2"
    assert book.worksheets[1].max_row > len(HEADINGS) // 2
    return {str(line[0]): dict(zip(map(str, head), line, strict=True)) for line in rest}


def test_what_was_known_earlier_is_shown_on_page_file_and_command_and_nothing_is_foretold(
    client: FlaskClient, make: Builders, tree: Tree, rung: Ringing, ringlista: Callable[..., Result]
) -> None:
    here, day = reader(client, make, tree), (clock.now() - timedelta(days=1)).date().isoformat()
    done = ringlista("stats", "--organisation", "dalarna", "--json", "--known-on", day)
    told = json.loads(done.output.splitlines()[-1])
    assert told["known_on"] == day
    assert told["totals"]["members"] == 0
    page = words(get(here, f"/district/{tree.district}?known_on={day}"))
    assert "has no members here yet" in page
    rows = table(get(here, f"/district/{tree.district}/table.csv?known_on={day}"))
    assert next(line for line in rows if line[0] == "All of Dalarna")[1] == "0"
    assert any("As it was known on" in line[0] for line in rows)
    for nonsense in ("yesterday", "2999-01-01", ""):
        assert "8 of 16 members" in words(get(here, f"/district?known_on={nonsense}"))


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
    pressed = {
        link.split("?")[1].split("#")[0]
        for link in links(get(here, page))
        if "#all-numbers" in link and "?" in link
    }
    assert pressed == {
        "order=ascending",
        "sort=active",
        "sort=callable",
        "sort=last",
        "sort=members",
        "sort=name",
        "sort=responsible",
        "sort=surveyed",
        "sort=talked",
    }
    assert order(get(here, f"{page}?sort=share&order=ascending")) == ["Borlänge", "Falun"]
    assert order(get(here, f"{page}?sort=name")) == ["Borlänge", "Falun"]
    assert order(get(here, f"{page}?sort=members&order=ascending")) == ["Borlänge", "Falun"]
    assert order(get(here, f"{page}?sort=responsible")) == ["Falun", "Borlänge"]
    assert order(get(here, f"{page}?sort=last")) == ["Falun", "Borlänge"]
    assert order(get(here, f"{page}?sort=nonsense&order=sideways")) == ["Falun", "Borlänge"]
    assert 'aria-sort="descending"' in get(here, page).text


def test_a_chip_chooses_what_the_bars_show_and_keeps_the_rest(
    client: FlaskClient, make: Builders, tree: Tree, rung: Ringing
) -> None:
    here = reader(client, make, tree)
    page = get(here, f"/district/{tree.district}?measure=talked&of=callable&sort=name&period=4w")
    assert "Talked with, share of those who can be rung." in words(page)
    assert "6 of 10" in words(page)
    chips = [link for link in links(page) if "#numbers" in link]
    assert any("measure=talked" in link and "of=callable" in link and "sort=name" in link for link in chips)
    assert "The line is the goal, 75%." in words(get(here, f"/district/{tree.district}"))
    assert "The line is" not in words(page)


def test_a_goal_of_those_who_can_be_rung_is_counted_among_them(
    client: FlaskClient, make: Builders, tree: Tree, rung: Ringing
) -> None:
    make.member(tree.tenant_id, tree.falun, phone=None)
    with make.storing(tree.tenant_id):
        goal = db.session.scalars(select(Goal).where(Goal.organisation_id == tree.district)).one()
        goal.base, goal.percent, goal.number = Base.CALLABLE, None, 10
    said = words(get(reader(client, make, tree), "/district"))
    assert "8 of 16 members who can be rung contacted (50%), the goal is 10 by" in said
    assert "2 to go" in said
    assert "of all 17" in said


@pytest.mark.parametrize("period", ["4w", "12w", "year", "start", "nonsense"])
def test_the_curves_go_back_as_far_as_one_asks(
    client: FlaskClient, make: Builders, tree: Tree, rung: Ringing, period: str
) -> None:
    said = words(get(reader(client, make, tree), f"/district?period={period}"))
    assert "8 of 16 members contacted" in said
    assert questions(client, f"/district?period={period}") <= 12


def test_every_measure_has_one_meaning_and_each_page_leads_to_it(
    client: FlaskClient, make: Builders, tree: Tree, rung: Ringing
) -> None:
    here = reader(client, make, tree)
    page = get(here, "/district")
    for measure in ("contacted", "talked", "surveyed", "active"):
        assert f"#how-{measure}" in links(page)
        assert f'id="how-{measure}"' in page.text
    meanings = get(here, "/definitions")
    for sentence in re.findall(r"<dd>([^<]+)</dd>", meanings.text):
        assert sentence in page.text


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
    veiled = lines(get(reader(client, make, tree), url))["Mora"]
    assert {name for name, cell in veiled.items() if cell} == {"Association", "Members"}
    board = reader(client, make, tree)
    assert "Too few to show" in words(get(board, "/district"))
    assert "12 of 20 members contacted" in words(get(board, "/district"))
    alone = words(get(board, f"/district/{mora}"))
    assert "fewer than five members" in alone
    assert "100%" not in alone
    shown = lines(get(reader(client, make, tree, Role.ORGANISER), url))["Mora"]
    assert [shown[name] for name in ("Members", "Contacted", "Talked with")] == ["4", "4", "4"]


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


def questions(here: FlaskClient, url: str = "/district") -> int:
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith(("SELECT", "WITH")):
            asked.append(statement)

    with here.application.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    get(here, url)
    event.remove(engine, "before_cursor_execute", note)
    return len(asked)
