"""An administrator reads who saw whom and who changed what; whoever is named there has been seen again."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from organiser.accounts.models import Account
from organiser.accounts.permissions import Role
from organiser.audit.acting import acting_as
from organiser.audit.models import AccessEntry, ChangeEntry, Deed, Why
from organiser.core import clock
from organiser.core.bulk import add_rows
from organiser.core.database import db
from organiser.core.tenancy import inside
from organiser.members.models import Member
from organiser.orgs.models import Organisation
from organiser.web.frame import Framed
from tests import page
from tests.builders import Builders, Tree


@pytest.fixture
def reader(make: Builders, tree: Tree) -> Account:
    return make.account(tree.tenant_id, (Role.ADMINISTRATOR, tree.root), name="Ada Min", language="en")


@pytest.fixture
def top(client: FlaskClient, make: Builders, tree: Tree, reader: Account) -> FlaskClient:
    """The administrator of the whole."""
    return make.sign_in(client, reader, tree.tenant_id)


@pytest.fixture
def dalarna(app: Framed, client: FlaskClient, make: Builders, tree: Tree) -> FlaskClient:
    """The administrator of one district."""
    account = make.account(tree.tenant_id, (Role.ADMINISTRATOR, tree.district), language="en")
    return make.sign_in(app.test_client(), account, tree.tenant_id)


@pytest.fixture
def kim(make: Builders, tree: Tree) -> Account:
    return make.account(tree.tenant_id, (Role.ORGANISER, tree.root), name="Kim Ek")


def saw(
    make: Builders,
    tree: Tree,
    who: Account | None,
    members: Sequence[Member],
    why: Why = Why.LIST,
    days: int = 0,
) -> None:
    """One page's sights, stored as the frame stores them."""
    at = clock.now() - timedelta(days=days)
    shared = {"at": at, "actor_id": who.id if who else None, "why": why, "request_id": f"{at.timestamp()}"}
    with make.storing(tree.tenant_id):
        add_rows(db.session(), AccessEntry, [{**shared, "member_id": one.id} for one in members])


def sights(app: Framed, tree: Tree, why: Why) -> set[UUID]:
    with app.app_context(), inside(tree.tenant_id):
        return set(db.session.scalars(select(AccessEntry.member_id).where(AccessEntry.why == why)))


def test_a_page_of_members_is_one_line_without_their_names(
    app: Framed, top: FlaskClient, make: Builders, tree: Tree, kim: Account
) -> None:
    members = [make.member(tree.tenant_id, tree.falun, last_name=f"Namn{n}") for n in range(3)]
    saw(make, tree, kim, members)
    shown = page.words(page.get(top, "/logs/"))
    assert "Kim Ek In a list 3 members" in shown
    assert "Namn" not in shown
    assert sights(app, tree, Why.LOG) == set()


def test_opening_the_line_names_them_and_that_is_a_sight_too(
    app: Framed, top: FlaskClient, make: Builders, tree: Tree, kim: Account
) -> None:
    members = [make.member(tree.tenant_id, tree.falun, last_name=f"Namn{n}") for n in range(3)]
    saw(make, tree, kim, members)
    saw(make, tree, kim, [make.member(tree.tenant_id, tree.falun, last_name="Annan")], days=1)
    line = next(link for link in page.links(page.get(top, "/logs/")) if "/sights/" in link)
    shown = page.words(page.get(top, line))
    assert all(f"Namn{n}" in shown for n in range(3))
    assert "Annan" not in shown
    assert sights(app, tree, Why.LOG) == {one.id for one in members}


def test_a_members_log_says_who_looked_newest_first(
    app: Framed, top: FlaskClient, make: Builders, tree: Tree, kim: Account
) -> None:
    member = make.member(tree.tenant_id, tree.falun, first_name="Åsa", last_name="Öberg")
    saw(make, tree, kim, [member], Why.PAGE, days=60)
    saw(make, tree, None, [member], Why.EXPORT)
    answer = page.words(page.get(top, f"/logs/members/{member.id}"))
    assert "Who has looked at Åsa Öberg" in answer
    assert answer.index("Fetched as a file") < answer.index("Kim Ek")
    assert "The program, on the server" in answer
    assert sights(app, tree, Why.LOG) == {member.id}


def test_the_log_is_narrowed_to_a_day_a_person_and_a_reason(
    top: FlaskClient, make: Builders, tree: Tree, kim: Account, reader: Account
) -> None:
    member = make.member(tree.tenant_id, tree.falun)
    saw(make, tree, kim, [member], Why.PAGE)
    saw(make, tree, kim, [member] * 2, Why.LIST, days=2)
    saw(make, tree, reader, [member] * 3, Why.EDIT)
    saw(make, tree, kim, [member] * 4, Why.CALL, days=40)

    def counts(choice: str) -> set[int]:
        shown = page.words(page.get(top, f"/logs/?{choice}"))
        return {n for n in range(1, 5) if f" {n} member" in shown}

    day = (clock.now() - timedelta(days=40)).date()
    assert counts("") == {1, 2, 3}
    assert counts(f"who={kim.id}") == {1, 2}
    assert counts("kind=edit") == {3}
    assert counts(f"day={day}") | counts(f"day={day + timedelta(days=1)}") == {4}
    assert counts("day=yesterday&who=me&kind=") == {1, 2, 3}


def test_a_log_of_many_pages_is_turned(top: FlaskClient, make: Builders, tree: Tree, kim: Account) -> None:
    member = make.member(tree.tenant_id, tree.falun)
    at = clock.now()
    rows = [
        {"at": at - timedelta(minutes=n), "actor_id": kim.id, "member_id": member.id, "why": Why.PAGE}
        | {"request_id": str(n)}
        for n in range(120)
    ]
    with make.storing(tree.tenant_id):
        add_rows(db.session(), AccessEntry, rows)
    first = page.get(top, f"/logs/?who={kim.id}")
    assert first.text.count("/logs/sights/") == 50
    following = next(link for link in page.links(first) if "page=2" in link)
    assert str(kim.id) in following
    last = page.get(top, following.replace("page=2", "page=3"))
    assert last.text.count("/logs/sights/") == 20


def test_a_change_is_told_with_old_and_new_by_name(
    app: Framed, top: FlaskClient, make: Builders, tree: Tree, kim: Account
) -> None:
    member = make.member(tree.tenant_id, tree.falun, first_name="Åsa", last_name="Öberg")
    with make.storing(tree.tenant_id), acting_as(kim.id):
        ours = db.session.get_one(Member, (tree.tenant_id, member.id))
        ours.email, ours.organisation_id = "asa@example.org", tree.borlange
        db.session.flush()
    shown = page.words(page.get(top, "/logs/changes"))
    assert "Åsa Öberg · Member, changed" in shown
    assert "becomes asa@example.org" in shown
    assert "was Falun → becomes Borlänge" in shown
    assert "Kim Ek" in shown
    assert sights(app, tree, Why.LOG) == {member.id}


def test_a_number_of_a_member_names_the_member(
    app: Framed, top: FlaskClient, make: Builders, tree: Tree
) -> None:
    member = make.member(
        tree.tenant_id, tree.falun, first_name="Åsa", last_name="Öberg", phone="+46701740605"
    )
    with make.storing(tree.tenant_id):
        db.session.get_one(Member, (tree.tenant_id, member.id)).numbers[0].note = "hem"
    shown = page.words(page.get(top, "/logs/changes?kind=phone_number"))
    assert shown.count("Åsa Öberg") >= 2
    assert "Åsa Öberg · Telephone number, changed" in shown
    assert "070-174 06 05" in shown


def test_secrets_and_what_the_program_keeps_for_itself_are_not_told(
    top: FlaskClient, make: Builders, tree: Tree
) -> None:
    entry = {
        "deed": Deed.CHANGED,
        "subject": "import_draft",
        "subject_id": tree.falun,
        "changes": {"content": ["***", "***"], "sort_key": ["aaa", "bbb"], "rows": [None, 12]},
    }
    with make.storing(tree.tenant_id):
        add_rows(db.session(), ChangeEntry, [{**entry, "at": clock.now(), "request_id": ""}])
    shown = page.words(page.get(top, "/logs/changes"))
    assert "Content: was not shown → becomes not shown" in shown
    assert "becomes 12" in shown
    assert "bbb" not in shown


def test_a_fact_noted_in_bulk_is_told_without_an_old_value(
    top: FlaskClient, make: Builders, tree: Tree
) -> None:
    entry = {
        "deed": Deed.CHANGED,
        "subject": "register",
        "subject_id": tree.falun,
        "changes": {"created": 1208},
    }
    with make.storing(tree.tenant_id):
        add_rows(db.session(), ChangeEntry, [{**entry, "at": clock.now(), "request_id": ""}])
    assert "Created: becomes 1208" in page.words(page.get(top, "/logs/changes"))


def test_markup_in_a_value_is_shown_as_written(top: FlaskClient, make: Builders, tree: Tree) -> None:
    member = make.member(tree.tenant_id, tree.falun, last_name="<i>Öberg</i>")
    with make.storing(tree.tenant_id):
        db.session.get_one(Member, (tree.tenant_id, member.id)).note = "<script>alert(1)</script>"
    for address in ("/logs/changes", f"/logs/members/{member.id}"):
        answer = page.get(top, address)
        assert "<i>" not in answer.text
        assert "alert" not in answer.text or "&lt;script&gt;alert(1)" in answer.text


def test_a_district_reads_the_logs_of_its_own_members_only(
    dalarna: FlaskClient, top: FlaskClient, make: Builders, tree: Tree, kim: Account
) -> None:
    ours = make.member(tree.tenant_id, tree.falun, last_name="Vår")
    theirs = make.member(tree.tenant_id, tree.sundsvall, last_name="Deras")
    saw(make, tree, kim, [ours, theirs])
    line = next(link for link in page.links(page.get(top, "/logs/")) if "/sights/" in link)
    shown = page.words(page.get(top, line))
    assert ("Vår" in shown, "Deras" in shown) == (True, True)
    assert "1 member" in page.words(page.get(dalarna, "/logs/"))
    shown = page.words(page.get(dalarna, "/logs/changes"))
    assert ("Vår" in shown, "Deras" in shown) == (True, False)
    page.get(dalarna, f"/logs/members/{ours.id}")
    page.get(dalarna, f"/logs/members/{theirs.id}", status=404)


def test_no_log_tells_of_another_tenant(top: FlaskClient, make: Builders, tree: Tree) -> None:
    other = make.member(tree.other_tenant_id, tree.other_association, last_name="Granne")
    with make.storing(tree.other_tenant_id):
        db.session.get_one(Organisation, (tree.other_tenant_id, tree.other_association)).name = "Hemlig"
        entry = {
            "at": clock.now(),
            "actor_id": None,
            "member_id": other.id,
            "why": Why.PAGE,
            "request_id": "",
        }
        add_rows(db.session(), AccessEntry, [entry])
        theirs = db.session.scalars(select(AccessEntry.id)).one()
    assert "Nobody was shown a member then" in page.words(page.get(top, "/logs/"))
    assert "Hemlig" not in page.words(page.get(top, "/logs/changes"))
    page.get(top, f"/logs/sights/{theirs}", status=404)
    page.get(top, f"/logs/members/{other.id}", status=404)


def test_the_members_page_leads_to_who_has_looked(top: FlaskClient, make: Builders, tree: Tree) -> None:
    member = make.member(tree.tenant_id, tree.falun)
    assert f"/logs/members/{member.id}" in page.links(page.get(top, f"/members/{member.id}"))


def test_an_organiser_reads_no_log(
    app: Framed, client: FlaskClient, make: Builders, tree: Tree, kim: Account
) -> None:
    browser = make.sign_in(client, kim, tree.tenant_id)
    member = make.member(tree.tenant_id, tree.falun)
    for address in ("/logs/", "/logs/changes", f"/logs/members/{member.id}"):
        page.get(browser, address, status=403)
    assert f"/logs/members/{member.id}" not in page.links(page.get(browser, f"/members/{member.id}"))
