"""Adding and correcting a member: nothing written is lost, nobody's change is overwritten unseen."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from organiser.accounts.permissions import Role
from organiser.core.database import db
from organiser.core.tenancy import inside
from organiser.core.text import search_key, sort_key
from organiser.members.kinds import MemberStatus, NumberState, Source
from organiser.members.models import Member
from organiser.web.frame import Framed
from tests.builders import Builders, Tree
from tests.organiser.members.conftest import Open, Sights
from tests.page import fields, get, post, words


def kept(app: Framed, tree: Tree, member_id: UUID) -> Member:
    with app.app_context(), inside(tree.tenant_id):
        member = db.session.scalars(select(Member).where(Member.id == member_id)).one()
        assert member.numbers is not None
        return member


def filled(client: FlaskClient, url: str, unit: UUID, **changed: Any) -> dict[str, Any]:
    """The form as a browser would send it: what the page holds, its choices, and the changes."""
    page = get(client, url)
    shown = fields(page)
    chosen = {"organisation_id": str(unit), "status": "active", "gender": "", "note": ""}
    for place in range(sum(name.endswith("-e164") for name in shown)):
        chosen |= {f"numbers-{place}-kind": "mobile", f"numbers-{place}-state": "untried"}
    shown.pop("protected", None)
    return {**shown, "first": "0", **chosen, **changed}


def edit_url(member: Member) -> str:
    return f"/members/{member.id}/edit"


def test_a_correction_is_kept_and_the_name_is_found_and_sorted_anew(
    app: Framed, browser: Open, make: Builders, tree: Tree, sights: Sights
) -> None:
    member = make.member(tree.tenant_id, tree.falun, phone="+46701740690")
    client = browser()
    sent = filled(
        client,
        edit_url(member),
        tree.falun,
        last_name="  Ånge ",
        email="asa@EXAMPLE.org",
        born="1960",
        joined_on="20190208",
        status="unpaid",
        note="Två\r\nrader",
        postcode="790 15",
    )
    post(client, edit_url(member), sent)
    now = kept(app, tree, member.id)
    assert (now.last_name, now.email, now.postcode) == ("Ånge", "asa@example.org", "790 15")
    assert (now.birth_date, now.birth_year, now.joined_on) == (None, 1960, date(2019, 2, 8))
    assert (now.status, now.note) == (MemberStatus.UNPAID, "Två\nrader")
    assert (now.search_key, now.sort_key) == (search_key("Åsa", "Ånge"), sort_key("Ånge", "Åsa"))
    assert [number.e164 for number in now.numbers] == ["+46701740690"]
    page = words(get(client, f"/members/{member.id}"))
    assert "Åsa Ånge is saved." in page
    assert "Last name was Öberg" in page
    assert sights() == {(member.id, "edit"), (member.id, "page")}


def test_saving_without_a_change_changes_nothing(
    app: Framed, browser: Open, make: Builders, tree: Tree
) -> None:
    member = make.member(
        tree.tenant_id,
        tree.falun,
        birth_date=date(1960, 2, 1),
        birth_year=1960,
        note="En\nrad",
        extra={"A": "b"},
    )
    client = browser()
    post(client, edit_url(member), filled(client, edit_url(member), tree.falun, note="En\nrad"))
    now = kept(app, tree, member.id)
    assert now.version == 1
    assert now.extra == {"A": "b"}
    assert "Undo" not in words(get(client, f"/members/{member.id}"))


def test_a_stale_edit_is_told_what_differs_and_keeps_the_words(
    app: Framed, browser: Open, make: Builders, tree: Tree
) -> None:
    member = make.member(tree.tenant_id, tree.falun, city="Falun")
    first, second = browser(), browser()
    mine = filled(first, edit_url(member), tree.falun, first_name="Min", city="Sundborn")
    theirs = filled(second, edit_url(member), tree.falun, first_name="Deras")
    post(second, edit_url(member), theirs)
    refused = post(first, edit_url(member), mine, 409)
    shown = words(refused)
    assert "Somebody else has saved" in shown
    assert "First name Saved now: Deras You wrote: Min" in shown
    assert "Town Saved now: Falun You wrote: Sundborn" in shown
    assert "Last name Saved now" not in shown
    assert fields(refused)["first_name"] == "Min"
    assert kept(app, tree, member.id).first_name == "Deras"
    post(first, edit_url(member), {**mine, "seen": fields(refused)["seen"]})
    assert kept(app, tree, member.id).first_name == "Min"


def test_a_number_changed_elsewhere_makes_an_edit_stale_too(
    browser: Open, make: Builders, tree: Tree
) -> None:
    member = make.member(tree.tenant_id, tree.falun, phone="+46701740690")
    client = browser()
    mine = filled(client, edit_url(member), tree.falun)
    post(client, edit_url(member), {**mine, "numbers-0-state": "wrong"})
    assert "Wrong number" in words(post(client, edit_url(member), mine, 409))


def test_numbers_are_added_taken_away_ordered_and_judged(
    app: Framed, browser: Open, make: Builders, tree: Tree
) -> None:
    member = make.member(tree.tenant_id, tree.falun, phone="+46701740690")
    client = browser()
    new = {"numbers-1-e164": "031-390 06 00", "numbers-1-kind": "home", "numbers-1-note": "efter 17"}
    post(client, edit_url(member), filled(client, edit_url(member), tree.falun, **new, first="1"))
    now = kept(app, tree, member.id)
    assert [(n.e164, n.kind.value, n.note) for n in now.numbers] == [
        ("+46313900600", "home", "efter 17"),
        ("+46701740690", "mobile", ""),
    ]
    assert [n.source for n in now.numbers] == [Source.PERSON, Source.FILE]
    judged = {"numbers-1-state": "dead", "numbers-0-e164": ""}
    post(client, edit_url(member), filled(client, edit_url(member), tree.falun, **judged))
    now = kept(app, tree, member.id)
    assert [(n.e164, n.state) for n in now.numbers] == [("+46701740690", NumberState.DEAD)]
    assert now.numbers[0].state_at is not None
    assert now.numbers[0].state_by is not None
    mended = {"numbers-0-e164": "070-174 06 91", "numbers-0-state": "dead"}
    post(client, edit_url(member), filled(client, edit_url(member), tree.falun, **mended))
    now = kept(app, tree, member.id)
    assert [(n.e164, n.state) for n in now.numbers] == [("+46701740691", NumberState.UNTRIED)]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"numbers-0-e164": "070-174"}, "The number is too short"),
        ({"numbers-0-e164": "112"}, "That is a service number"),
        ({"numbers-0-e164": "ring hustrun"}, "Write the number with digits"),
        ({"numbers-1-e164": "+46 70 174 06 90"}, "This number is there already"),
        ({"email": "anna@example,com"}, "Write the address like"),
        ({"email": "anna@ringlista.test"}, "Write the address like"),
        ({"born": "1960-02-31"}, "There is no such day"),
        ({"born": "600201-1234"}, "never the four last digits"),
        ({"born": "2199"}, "That day has not come yet"),
        ({"joined_on": "i våras"}, "Write the day as year-month-day"),
        ({"first_name": " ", "last_name": ""}, "Write a first name or a last name"),
        ({"city": "x" * 201}, "at most 200"),
        ({"organisation_id": "SUNDSVALL"}, ""),
        ({"organisation_id": "x"}, ""),
        ({"status": "x"}, ""),
        ({"number": "0009999"}, "Another member has this number"),
    ],
)
def test_what_cannot_be_is_told_beside_the_field_and_on_top(
    app: Framed, browser: Open, make: Builders, tree: Tree, wrong: dict[str, str], told: str
) -> None:
    make.member(tree.tenant_id, tree.sundsvall, number="0009999")
    member = make.member(tree.tenant_id, tree.falun, phone="+46701740690")
    client = browser()
    sent = filled(client, edit_url(member), tree.falun, street="Ny gata 1", **wrong)
    if sent["organisation_id"] == "SUNDSVALL":
        sent["organisation_id"] = str(tree.sundsvall)
    page = post(client, edit_url(member), sent, 422)
    assert words(page).count(told) >= 2
    assert "One thing to put right" in words(page)
    assert fields(page)["street"] == "Ny gata 1"
    now = kept(app, tree, member.id)
    assert (now.street, now.organisation_id) == ("", tree.falun)


def test_a_member_moves_within_ones_reach_and_the_edit_can_be_taken_back(
    app: Framed, browser: Open, make: Builders, tree: Tree
) -> None:
    member = make.member(
        tree.tenant_id, tree.falun, phone="+46701740690", birth_date=date(1960, 2, 1), birth_year=1960
    )
    client = browser()
    changed = {"first_name": "Ny", "numbers-0-e164": "070-174 06 91", "born": "", "status": "left"}
    sent = filled(client, edit_url(member), tree.borlange, **changed)
    post(client, edit_url(member), sent)
    assert kept(app, tree, member.id).organisation_id == tree.borlange
    page = get(client, f"/members/{member.id}")
    assert "Association was Falun → becomes Borlänge" in words(page)
    undo = page.text.partition(f'action="/members/{member.id}/changes/')[2].partition('"')[0]
    post(client, f"/members/{member.id}/changes/{undo}")
    now = kept(app, tree, member.id)
    assert (now.first_name, now.organisation_id, now.status) == ("Åsa", tree.falun, MemberStatus.ACTIVE)
    assert (now.birth_date, now.birth_year) == (date(1960, 2, 1), 1960)
    assert now.search_key == search_key("Åsa", "Öberg")
    assert [number.e164 for number in now.numbers] == ["+46701740690"]


def test_an_edit_is_not_taken_back_over_a_later_one(
    app: Framed, browser: Open, make: Builders, tree: Tree
) -> None:
    member = make.member(tree.tenant_id, tree.falun)
    client = browser()
    post(client, edit_url(member), filled(client, edit_url(member), tree.falun, first_name="Ett"))
    page = get(client, f"/members/{member.id}")
    undo = page.text.partition(f'action="/members/{member.id}/changes/')[2].partition('"')[0]
    post(client, edit_url(member), filled(client, edit_url(member), tree.falun, first_name="Två"))
    post(client, f"/members/{member.id}/changes/{undo}")
    assert kept(app, tree, member.id).first_name == "Två"
    assert "changed again since" in words(get(client, f"/members/{member.id}"))
    post(client, f"/members/{member.id}/changes/{uuid4().hex[:16]}/undo", status=404)


def test_an_undo_does_not_move_a_member_out_of_ones_reach(
    app: Framed, browser: Open, make: Builders, tree: Tree
) -> None:
    member = make.member(tree.tenant_id, tree.borlange)
    district = browser()
    post(district, edit_url(member), filled(district, edit_url(member), tree.falun))
    page = get(district, f"/members/{member.id}")
    undo = page.text.partition(f'action="/members/{member.id}/changes/')[2].partition('"')[0]
    post(browser(Role.ORGANISER, tree.falun), f"/members/{member.id}/changes/{undo}", status=404)
    assert kept(app, tree, member.id).organisation_id == tree.falun


def test_who_protects_a_member_sees_no_more_of_them(
    app: Framed, browser: Open, make: Builders, tree: Tree
) -> None:
    member = make.member(tree.tenant_id, tree.falun, city="Hemlingby")
    client = browser()
    post(client, edit_url(member), filled(client, edit_url(member), tree.falun, protected="y"))
    assert kept(app, tree, member.id).protected
    page = words(get(client, f"/members/{member.id}"))
    assert "Hemlingby" not in page
    assert "Undo" not in page
    administrator = browser(Role.ADMINISTRATOR)
    post(administrator, edit_url(member), filled(administrator, edit_url(member), tree.falun))
    assert not kept(app, tree, member.id).protected


def test_the_history_of_a_protected_member_tells_that_but_not_what(
    browser: Open, make: Builders, tree: Tree
) -> None:
    member = make.member(tree.tenant_id, tree.falun, protected=True, city="Hemlingby")
    administrator = browser(Role.ADMINISTRATOR)
    changed = {"city": "Nyort", "protected": "y"}
    post(administrator, edit_url(member), filled(administrator, edit_url(member), tree.falun, **changed))
    shown = words(get(browser(), f"/members/{member.id}"))
    assert "Changed: Town" in shown
    assert "Nyort" not in shown
    assert "Hemlingby" not in shown


def test_a_new_member_sent_twice_is_one(app: Framed, browser: Open, tree: Tree) -> None:
    client = browser()
    number = {"numbers-0-e164": "0701740690"}
    sent = filled(client, "/members/new", tree.falun, first_name="Örjan", last_name="Ek", **number)
    where = {post(client, "/members/new", sent).headers["Location"] for _ in range(2)}
    with app.app_context(), inside(tree.tenant_id):
        assert db.session.scalar(select(func.count()).select_from(Member)) == 1
    page = words(get(client, where.pop()))
    assert "Örjan Ek is in the register." in page
    assert "070-174 06 90" in page
    assert "Added to the register" in page


def test_a_new_member_cannot_be_put_where_one_may_not_write_nor_take_anothers_number(
    app: Framed, browser: Open, make: Builders, tree: Tree
) -> None:
    make.member(tree.tenant_id, tree.sundsvall, number="77")
    client = browser()
    sent = filled(client, "/members/new", tree.sundsvall, first_name="Örjan")
    post(client, "/members/new", sent, 422)
    sent = filled(client, "/members/new", tree.falun, first_name="Örjan", number="77")
    assert "Another member has this number" in words(post(client, "/members/new", sent, 422))
    with app.app_context(), inside(tree.tenant_id):
        assert db.session.scalar(select(func.count()).select_from(Member)) == 1


def test_an_id_sent_with_a_new_member_reveals_nobody(browser: Open, make: Builders, tree: Tree) -> None:
    hidden = make.member(tree.tenant_id, tree.sundsvall, first_name="Hemlig")
    client = browser()
    sent = filled(client, "/members/new", tree.falun, first_name="Örjan", key=str(hidden.id))
    post(client, "/members/new", sent)
    assert "Hemlig" not in words(get(client, "/members"))
