"""Administrators let people in and shut them out, each within their own part of the organisation."""

import re
from collections.abc import Callable
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from organiser.accounts.models import Account, Grant
from organiser.accounts.permissions import Role
from organiser.audit.models import ChangeEntry
from organiser.core.database import db
from organiser.core.tenancy import inside
from organiser.web.frame import Framed
from tests.builders import Builders, Tree
from tests.organiser.accounts.conftest import Hands, Inbox, is_in, set_up_phone, sign_in
from tests.page import fields, get, post, words

NEW = {"new": "sju gröna grodor hoppar", "again": "sju gröna grodor hoppar"}


@pytest.fixture
def ada(client: FlaskClient, administrator: Account, make: Builders, tree: Tree) -> FlaskClient:
    """The browser of an administrator of the whole party."""
    return make.sign_in(client, administrator, tree.tenant_id)


@pytest.fixture
def dora(make: Builders, tree: Tree, browser: Callable[[], FlaskClient]) -> FlaskClient:
    """The browser of an administrator of one district."""
    account = make.account(tree.tenant_id, (Role.ADMINISTRATOR, tree.district), name="Dora Dal")
    return make.sign_in(browser(), account, tree.tenant_id)


def invitation(unit: UUID, role: Role = Role.VIEWER, email: str = "ny@example.org") -> dict[str, str]:
    return {"name": "Ny  Person", "email": email, "role": role.value, "unit": str(unit)}


def roles(app: Framed, account_id: UUID) -> set[tuple[UUID, Role]]:
    with app.app_context():
        held = db.session.scalars(db.select(Grant).where(Grant.account_id == account_id))
        return {(one.organisation_id, one.role) for one in held}


def test_an_invitation_is_handed_over_where_there_is_no_mail_server(
    ada: FlaskClient, tree: Tree, browser: Callable[[], FlaskClient]
) -> None:
    page = post(ada, "/accounts/new", invitation(tree.falun), 200)
    link = fields(page).get("") or re.findall(r"https://ringlista\.example\.org(/link/[\w-]+)", page.text)[0]
    newcomer = browser()
    get(newcomer, link)
    post(newcomer, link, NEW)
    sign_in(newcomer, "ny@example.org", NEW["new"])
    assert is_in(newcomer)
    assert "Ny Person" in words(get(ada, "/accounts/"))


def test_the_units_to_invite_to_stand_under_the_ones_they_belong_to(ada: FlaskClient, tree: Tree) -> None:
    page = get(ada, "/accounts/new").text
    offered = re.findall(r'<option value="([0-9a-f-]{36})">(\u2003*)', page)
    places = [(UUID(id), len(blanks)) for id, blanks in offered]
    assert places[0] == (tree.root, 0)
    start = places.index((tree.district, 1))
    assert places[start + 1 : start + 3] == [(tree.borlange, 2), (tree.falun, 2)]
    assert (tree.sundsvall, 2) in places


def test_an_invitation_goes_by_mail_where_there_is_one(ada: FlaskClient, tree: Tree, inbox: Inbox) -> None:
    answer = post(ada, "/accounts/new", invitation(tree.falun))
    assert "/link/" not in get(ada, answer.location).text
    assert len(inbox.links()) == 1
    assert inbox.letters[0]["To"] == "ny@example.org"


def test_an_invitation_waits_seven_days(
    hands: Hands, ada: FlaskClient, tree: Tree, inbox: Inbox, browser: Callable[[], FlaskClient]
) -> None:
    client = browser()
    post(ada, "/accounts/new", invitation(tree.falun))
    [link] = inbox.links()
    hands.on(days=6, hours=23)
    get(client, link)
    hands.on(hours=1)
    get(client, link, 410)


def test_nobody_is_let_in_outside_ones_own_part(dora: FlaskClient, tree: Tree, app: Framed) -> None:
    for unit in (tree.root, tree.sister_district, tree.sundsvall, tree.other_association):
        post(dora, "/accounts/new", invitation(unit), 422)
    with app.app_context():
        assert db.session.scalar(db.select(Account).where(Account.email == "ny@example.org")) is None
    post(dora, "/accounts/new", invitation(tree.falun), 200)


def test_people_outside_ones_own_part_are_not_there(
    dora: FlaskClient, make: Builders, tree: Tree, administrator: Account
) -> None:
    sister = make.account(tree.tenant_id, (Role.ORGANISER, tree.sundsvall), name="Sara Sund")
    stranger = make.account(tree.other_tenant_id, (Role.ORGANISER, tree.other_root), name="Stig Strand")
    listed = words(get(dora, "/accounts/"))
    for person in (sister, stranger, administrator):
        assert person.name not in listed
        get(dora, f"/accounts/{person.id}", 404)
        for deed in ("close", "reopen", "link", "second-step/end"):
            post(dora, f"/accounts/{person.id}/{deed}", status=404)
        post(dora, f"/accounts/{person.id}/roles", {"role": "viewer", "unit": str(tree.falun)}, 404)


def test_who_has_roles_elsewhere_too_is_not_hers_to_close(
    dora: FlaskClient, make: Builders, tree: Tree, app: Framed
) -> None:
    person = make.account(tree.tenant_id, (Role.VIEWER, tree.falun), (Role.VIEWER, tree.sundsvall))
    get(dora, f"/accounts/{person.id}")
    for deed in ("close", "reopen", "link", "second-step/end"):
        post(dora, f"/accounts/{person.id}/{deed}", status=403)
    with app.app_context():
        theirs = db.session.scalars(db.select(Grant).where(Grant.organisation_id == tree.sundsvall)).one()
    post(dora, f"/accounts/{person.id}/roles/{theirs.id}/end", status=404)


def test_inviting_somebody_who_is_there_gives_the_role_and_no_link(
    ada: FlaskClient, dora: FlaskClient, viewer: Account, tree: Tree, app: Framed
) -> None:
    sent = post(dora, "/accounts/new", invitation(tree.falun, Role.CALLER, "BO@example.org"))
    assert "/link/" not in get(dora, sent.location).text
    assert (tree.falun, Role.CALLER) in roles(app, viewer.id)


def test_a_pending_invitation_is_not_handed_to_an_administrator_elsewhere(
    ada: FlaskClient, dora: FlaskClient, tree: Tree
) -> None:
    post(ada, "/accounts/new", invitation(tree.sundsvall), 200)
    sent = post(dora, "/accounts/new", invitation(tree.falun))
    assert "/link/" not in get(dora, sent.location).text
    post(dora, f"{sent.location}/link", status=403)


def test_a_role_taken_away_bites_at_the_next_click(
    ada: FlaskClient, make: Builders, tree: Tree, browser: Callable[[], FlaskClient], app: Framed
) -> None:
    person = make.account(tree.tenant_id, (Role.ADMINISTRATOR, tree.district))
    theirs = make.sign_in(browser(), person, tree.tenant_id)
    get(theirs, "/accounts/")
    [end] = re.findall(
        rf"/accounts/{person.id}/roles/[0-9a-f-]+/end", get(ada, f"/accounts/{person.id}").text
    )
    post(ada, end)
    get(theirs, "/accounts/", 403)
    assert roles(app, person.id) == set()


def test_giving_and_taking_a_role_is_in_the_change_log(
    ada: FlaskClient, administrator: Account, viewer: Account, tree: Tree, app: Framed
) -> None:
    post(ada, f"/accounts/{viewer.id}/roles", {"role": "caller", "unit": str(tree.falun)})
    page = get(ada, f"/accounts/{viewer.id}").text
    for end in re.findall(rf"/accounts/{viewer.id}/roles/[0-9a-f-]+/end", page):
        post(ada, end)
    with app.app_context(), inside(tree.tenant_id):
        told = db.session.scalars(
            db.select(ChangeEntry).where(ChangeEntry.subject == "role_grant").order_by(ChangeEntry.at)
        ).all()
    assert [(one.deed.value, one.actor_id) for one in told] == [
        ("created", administrator.id),
        ("removed", administrator.id),
        ("removed", administrator.id),
    ]
    assert told[0].changes["role"] == [None, "caller"]
    assert told[0].changes["account_id"] == [None, str(viewer.id)]


def test_the_last_administrator_stays(
    ada: FlaskClient, administrator: Account, app: Framed, tree: Tree
) -> None:
    [end] = re.findall(r"/accounts/\S+/roles/[0-9a-f-]+/end", get(ada, f"/accounts/{administrator.id}").text)
    post(ada, end)
    post(ada, f"/accounts/{administrator.id}/close")
    assert roles(app, administrator.id) == {(tree.root, Role.ADMINISTRATOR)}
    assert is_in(ada)


def test_an_administrator_of_a_part_is_not_enough_to_let_the_whole_go(
    ada: FlaskClient, dora: FlaskClient, administrator: Account, app: Framed
) -> None:
    post(ada, f"/accounts/{administrator.id}/close")
    assert is_in(ada)


def test_one_of_two_administrators_may_go(
    ada: FlaskClient, administrator: Account, make: Builders, tree: Tree
) -> None:
    make.account(tree.tenant_id, (Role.ADMINISTRATOR, tree.root))
    post(ada, f"/accounts/{administrator.id}/close")
    assert not is_in(ada)


def test_a_closed_account_is_out_and_may_come_back(
    ada: FlaskClient, viewer: Account, browser: Callable[[], FlaskClient]
) -> None:
    theirs = browser()
    sign_in(theirs, "bo@example.org")
    post(ada, f"/accounts/{viewer.id}/close")
    assert not is_in(theirs)
    sign_in(theirs, "bo@example.org", status=422)
    post(ada, f"/accounts/{viewer.id}/reopen")
    sign_in(theirs, "bo@example.org")
    assert is_in(theirs)


def test_a_reset_the_administrator_starts_is_handed_over(
    ada: FlaskClient, viewer: Account, browser: Callable[[], FlaskClient]
) -> None:
    page = post(ada, f"/accounts/{viewer.id}/link", status=200)
    link = re.findall(r"https://ringlista\.example\.org(/link/[\w-]+)", page.text)[0]
    theirs = browser()
    post(theirs, link, NEW)
    sign_in(theirs, "bo@example.org", NEW["new"])


def test_a_lost_phone_is_forgotten_and_set_up_anew(
    hands: Hands, ada: FlaskClient, organiser: Account, browser: Callable[[], FlaskClient]
) -> None:
    theirs = browser()
    set_up_phone(theirs, "eva@example.org", hands)
    post(ada, f"/accounts/{organiser.id}/second-step/end")
    assert not is_in(theirs)
    assert sign_in(theirs, "eva@example.org").location == "/sign-in/set-up"


def test_an_organiser_does_not_manage_accounts(
    client: FlaskClient, organiser: Account, make: Builders, tree: Tree
) -> None:
    make.sign_in(client, organiser, tree.tenant_id)
    get(client, "/accounts/", 403)
    get(client, "/accounts/new", 403)
    assert 'href="/accounts/"' not in get(client, "/account").text
