"""The member's page: what is known, what has happened, blocks, and contacts by other channels."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from organiser.accounts.permissions import Role
from organiser.core import clock
from organiser.core.database import db
from organiser.core.tenancy import inside
from organiser.members.kinds import BlockScope, NumberState, Source
from organiser.members.models import Block, Contact, Member, PhoneNumber
from organiser.members.queries import callable_on
from organiser.web.frame import Framed
from organiser.web.slots import Panel, slots_of
from tests.builders import NOON, Builders, Tree
from tests.organiser.members.conftest import Counting, Open, Sights
from tests.page import fields, get, post, words

FULL = {
    "email": "asa@example.org",
    "street": "Björkvägen 10",
    "postcode": "790 15",
    "city": "Sundborn",
    "birth_date": date(1960, 2, 1),
    "joined_on": date(2019, 2, 8),
    "note": "Kör buss",
    "extra": {"Intresse": "Matlag"},
    "source": "dalarna.csv",
}


def count(app: Framed, tree: Tree, model: type[Block | Contact]) -> int:
    with app.app_context(), inside(tree.tenant_id):
        return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_the_page_says_what_is_known_and_is_logged(
    browser: Open, make: Builders, tree: Tree, sights: Sights
) -> None:
    member = make.member(tree.tenant_id, tree.falun, phone="+46701740690", **FULL)
    shown = words(get(browser(), f"/members/{member.id}"))
    told = "070-174 06 90", "asa@example.org", "Björkvägen 10", "790 15 Sundborn", "1 February 1960"
    for text in (*told, "8 February 2019", "Kör buss", "Intresse", "Matlag", "dalarna.csv", "Not tried yet"):
        assert text in shown
    assert "Partiet › Dalarna › Falun" in shown
    assert "Nobody has opened this page before you" in shown
    assert sights() == {(member.id, "page")}


def test_it_tells_how_many_have_looked(browser: Open, make: Builders, tree: Tree) -> None:
    member = make.member(tree.tenant_id, tree.falun)
    for client, times in ((browser(), 2), (browser(), 1)):
        for _ in range(times):
            get(client, f"/members/{member.id}")
    assert "2 people have opened this page, 3 times in all" in words(get(browser(), f"/members/{member.id}"))


def test_other_peoples_members_are_not_there(browser: Open, make: Builders, tree: Tree) -> None:
    sister = make.member(tree.tenant_id, tree.sundsvall)
    parents = make.member(tree.tenant_id, tree.root)
    theirs = make.member(tree.other_tenant_id, tree.other_association)
    client = browser()
    for member in (sister, parents, theirs):
        for path in ("", "/edit"):
            get(client, f"/members/{member.id}{path}", 404)
        for path in ("/edit", "/blocks", f"/blocks/{uuid4()}/lifting", "/contacts", "/changes/x/undo"):
            post(client, f"/members/{member.id}{path}", status=404)


def test_a_protected_members_page_shows_no_way_to_them(
    browser: Open, make: Builders, tree: Tree, sights: Sights
) -> None:
    member = make.member(tree.tenant_id, tree.falun, phone="+46701740690", protected=True, **FULL)
    client = browser()
    shown = words(get(client, f"/members/{member.id}"))
    assert "protected identity" in shown
    for hidden in ("070-174", "asa@", "Björkvägen", "Sundborn", "1960", "Kör buss", "Matlag"):
        assert hidden not in shown
    get(client, f"/members/{member.id}/edit", 403)
    assert sights() == {(member.id, "page")}
    administrator = browser(Role.ADMINISTRATOR)
    assert "070-174 06 90" in words(get(administrator, f"/members/{member.id}"))
    get(administrator, f"/members/{member.id}/edit")


def test_an_administrator_of_another_unit_is_not_entrusted_here(
    app: Framed, browser: Open, make: Builders, tree: Tree
) -> None:
    member = make.member(tree.tenant_id, tree.falun, protected=True, city="Hemlingby")
    both = make.account(
        tree.tenant_id, (Role.ORGANISER, tree.district), (Role.ADMINISTRATOR, tree.sister_district)
    )
    client = make.sign_in(browser(), both, tree.tenant_id)
    assert "Hemlingby" not in words(get(client, f"/members/{member.id}"))
    assert "Hemlingby" not in words(get(client, "/members"))


def test_a_block_is_set_once_however_often_it_is_sent_and_holds(
    app: Framed, browser: Open, make: Builders, tree: Tree
) -> None:
    member = make.member(tree.tenant_id, tree.falun)
    client, url = browser(), f"/members/{member.id}"
    sent = {"scope": "calls", "reason": "Sa det på årsmötet"}
    for _ in range(2):
        post(client, f"{url}/blocks", sent)
    assert count(app, tree, Block) == 1
    shown = words(get(client, url))
    assert "No calls" in shown
    assert "Sa det på årsmötet" in shown
    assert "They have asked not to be rung." in shown
    assert "Blocked: No calls" in shown
    with app.app_context(), inside(tree.tenant_id):
        assert not db.session.scalars(select(Member).where(callable_on(date(2024, 3, 1)))).all()


def test_many_taps_at_once_make_one_block_and_one_contact(
    app: Framed, browser: Open, make: Builders, tree: Tree
) -> None:
    member = make.member(tree.tenant_id, tree.falun)
    key = str(uuid4())

    def tap(client: FlaskClient) -> None:
        post(client, f"/members/{member.id}/blocks", {"scope": "calls", "reason": "Brev"})
        contact = {"key": key, "channel": "letter", "on": "2024-03-01", "note": ""}
        post(client, f"/members/{member.id}/contacts", contact)

    clients = [browser() for _ in range(4)]
    with ThreadPoolExecutor(len(clients)) as hands:
        list(hands.map(tap, clients))
    assert count(app, tree, Block) == 1
    assert count(app, tree, Contact) == 1


@pytest.mark.parametrize("sent", [{"scope": "calls"}, {"reason": "x"}, {"scope": "all", "reason": "x"}, {}])
def test_a_block_without_what_or_why_is_asked_for(
    app: Framed, browser: Open, make: Builders, tree: Tree, sent: dict[str, str], sights: Sights
) -> None:
    member = make.member(tree.tenant_id, tree.falun)
    page = post(browser(), f"/members/{member.id}/blocks", sent, 422)
    assert "to put right" in words(page)
    assert count(app, tree, Block) == 0
    assert sights() == {(member.id, "page")}


def test_lifting_a_block_asks_why_and_both_are_remembered(
    app: Framed, browser: Open, make: Builders, tree: Tree
) -> None:
    member = make.member(tree.tenant_id, tree.falun)
    with make.storing(tree.tenant_id):
        block = Block(
            member_id=member.id,
            scope=BlockScope.CONTACT,
            reason="Brev",
            source=Source.PERSON,
            set_at=NOON,
        )
        db.session.add(block)
    client, url = browser(), f"/members/{member.id}/blocks/{block.id}/lifting"
    assert "Write who asked for it" in words(post(client, url, {"reason": " "}, 422))
    post(client, url, {"reason": "Ringde oss den 3 mars"})
    post(client, url, {"reason": "En gång till"})
    shown = words(get(client, f"/members/{member.id}"))
    assert "Lifted blocks" in shown
    assert "Brev" in shown
    assert "Ringde oss den 3 mars" in shown
    assert "En gång till" not in shown
    post(client, f"/members/{member.id}/blocks", {"scope": "contact", "reason": "Igen"})
    assert count(app, tree, Block) == 2


def test_anothers_block_cannot_be_lifted_by_way_of_ones_own_member(
    browser: Open, make: Builders, tree: Tree
) -> None:
    own, sister = make.member(tree.tenant_id, tree.falun), make.member(tree.tenant_id, tree.sundsvall)
    with make.storing(tree.tenant_id):
        block = Block(member_id=sister.id, scope=BlockScope.CALLS, source=Source.PERSON, set_at=NOON)
        db.session.add(block)
    post(browser(), f"/members/{own.id}/blocks/{block.id}/lifting", {"reason": "x"}, 404)


def test_a_contact_sent_twice_is_one_and_can_be_taken_back_by_who_noted_it(
    app: Framed, browser: Open, make: Builders, tree: Tree
) -> None:
    member = make.member(tree.tenant_id, tree.falun)
    client, url = browser(), f"/members/{member.id}"
    made = fields(get(client, url))
    sent = {"key": made["key"], "channel": "event", "on": made["on"], "note": "Vill baka"}
    for _ in range(2):
        post(client, f"{url}/contacts", sent)
    assert count(app, tree, Contact) == 1
    page = get(client, url)
    assert "The contact is noted" in words(page)
    assert "Met at an event" in words(page)
    removal = f"{url}/contacts/{made['key']}/removal"
    assert removal in page.text
    post(browser(), removal, status=404)
    post(client, removal)
    assert count(app, tree, Contact) == 0
    assert "A contact was taken back" in words(get(client, url))
    post(client, removal, status=404)


def test_each_opened_page_makes_a_contact_of_its_own(browser: Open, make: Builders, tree: Tree) -> None:
    member = make.member(tree.tenant_id, tree.falun)
    client = browser()
    first, second = (fields(get(client, f"/members/{member.id}"))["key"] for _ in range(2))
    assert first != second


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"on": str(clock.now().date() + timedelta(days=2))}, "That day has not come yet"),
        ({"on": ""}, "Write which day it was"),
        ({"key": "x"}, "Open the page again"),
        ({"note": "x" * 1001}, "at most 1000"),
    ],
)
def test_a_contact_that_cannot_be_is_told_and_the_words_stay(
    app: Framed, browser: Open, make: Builders, tree: Tree, wrong: dict[str, str], told: str
) -> None:
    member = make.member(tree.tenant_id, tree.falun)
    sent = {"key": str(uuid4()), "channel": "visit", "on": "2024-03-01", "note": "Hemma hos", **wrong}
    page = post(browser(), f"/members/{member.id}/contacts", sent, 422)
    assert told in words(page)
    assert sent["note"] in page.text
    assert "health, belief or private life" in words(page)
    assert count(app, tree, Contact) == 0


def test_a_number_says_what_is_known_of_it(browser: Open, make: Builders, tree: Tree) -> None:
    member = make.member(tree.tenant_id, tree.falun, phone=None)
    who = make.account(tree.tenant_id, name="Vera Varg")
    with make.storing(tree.tenant_id):
        db.session.add(
            PhoneNumber(
                member_id=member.id,
                e164="+46701740690",
                state=NumberState.WRONG,
                state_at=NOON,
                state_by=who.id,
            )
        )
    shown = words(get(browser(), f"/members/{member.id}"))
    for text in ("Wrong number", "1 March 2024 12:00", "Vera Varg", "No number leads to them."):
        assert text in shown


def test_others_add_panels_to_the_page(app: Framed, browser: Open, make: Builders, tree: Tree) -> None:
    member = make.member(tree.tenant_id, tree.falun)
    panels = slots_of(app).member_panels
    panel = Panel("error.html", lambda member: {"title": f"Calls with {member.first_name}"})
    panels.append(panel)
    try:
        page = browser().get(f"/members/{member.id}")
        assert "Calls with Åsa" in words(page)
    finally:
        panels.remove(panel)


def test_a_page_with_much_on_it_asks_no_more_than_a_bare_one(
    browser: Open, make: Builders, tree: Tree, counting: Counting
) -> None:
    bare, rich = (make.member(tree.tenant_id, tree.falun) for _ in range(2))
    client = browser()
    for number in range(6):
        sent = {"key": str(uuid4()), "channel": "visit", "on": "2024-03-01", "note": f"{number}"}
        post(client, f"/members/{rich.id}/contacts", sent)
        with make.storing(tree.tenant_id):
            db.session.add(PhoneNumber(member_id=rich.id, e164=f"+4631390060{number}", position=number))

    def asked(member: Member) -> int:
        with counting() as said:
            get(client, f"/members/{member.id}")
        return len(said)

    asked(bare)
    assert asked(rich) <= asked(bare)
    assert asked(bare) <= 22
