"""One person in several organisations, callers let in for a shift, and what the guard costs."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event

from organiser.accounts import services
from organiser.accounts.models import Account, Grant, SignIn
from organiser.accounts.permissions import Role
from organiser.core import clock
from organiser.core.database import db
from organiser.core.tenancy import inside
from organiser.web.frame import Framed
from tests.builders import Builders, Tree
from tests.organiser.accounts.conftest import Hands, is_in, sign_in
from tests.page import get, post, words


@pytest.fixture
def both(make: Builders, tree: Tree, viewer: Account) -> Account:
    """A viewer of the party who is administrator's viewer at the neighbour's too."""
    with make.storing(tree.other_tenant_id):
        db.session.add(
            Grant(
                tenant_id=tree.other_tenant_id,
                organisation_id=tree.other_root,
                role=Role.VIEWER,
                account_id=viewer.id,
            )
        )
    return viewer


def test_who_has_roles_in_two_organisations_chooses(client: FlaskClient, both: Account, tree: Tree) -> None:
    where = sign_in(client, "bo@example.org").location
    assert where == "/where?next=/"
    assert "Partiet" in words(get(client, where))
    assert get(client, "/", 303).location == "/where"
    post(client, f"/where/{tree.other_tenant_id}", {"next": "/account"})
    assert "Grannen · " in words(get(client, "/account"))
    post(client, f"/where/{tree.tenant_id}")
    assert "Dalarna · " in words(get(client, "/account"))


def test_nobody_goes_where_they_have_no_role(client: FlaskClient, viewer: Account, tree: Tree) -> None:
    sign_in(client, "bo@example.org")
    post(client, f"/where/{tree.other_tenant_id}", status=404)


def test_a_role_in_one_organisation_opens_nothing_in_the_other(
    client: FlaskClient, make: Builders, tree: Tree
) -> None:
    account = make.account(tree.tenant_id, (Role.ADMINISTRATOR, tree.root))
    make.sign_in(client, account, tree.other_tenant_id)
    get(client, "/accounts/", 403)


def test_the_guard_asks_the_database_three_times_at_most(
    app: Framed, client: FlaskClient, make: Builders, tree: Tree
) -> None:
    roles = [(Role.CALLER, unit) for unit in (tree.falun, tree.borlange, tree.sundsvall)]
    account = make.account(tree.tenant_id, (Role.ORGANISER, tree.district), *roles)
    make.sign_in(client, account, tree.tenant_id)
    asked: list[str] = []
    with app.app_context():
        engine = db.engine
    listen = lambda _c, _cursor, statement, *_: asked.append(statement)  # noqa: E731  # removed again below
    event.listen(engine, "before_cursor_execute", listen)
    client.get("/sign-in")  # asks nothing itself: one is in already
    event.remove(engine, "before_cursor_execute", listen)
    selects = [statement for statement in asked if statement.startswith("SELECT")]
    assert 1 <= len(selects) <= 3, selects


def test_the_strongest_role_stands_at_the_top_of_the_page(
    client: FlaskClient, make: Builders, tree: Tree
) -> None:
    account = make.account(
        tree.tenant_id,
        (Role.VIEWER, tree.root),
        (Role.ORGANISER, tree.falun),
        (Role.ORGANISER, tree.district),
    )
    make.sign_in(client, account, tree.tenant_id)
    assert "Dalarna · " in words(get(client, "/account"))


def test_a_caller_without_email_is_in_until_the_shift_ends(
    app: Framed, make: Builders, tree: Tree, hands: Hands, client: FlaskClient
) -> None:
    with make.storing(tree.tenant_id):
        caller = services.new_account("Kim")
        services.give_role(caller, tree.falun, Role.CALLER)
        token = services.start_sign_in(caller, tree.tenant_id, clock.now() + timedelta(hours=4))
    carry(app, client, token, hands)
    assert is_in(client)
    for _ in range(11):
        hands.on(minutes=20)
        assert is_in(client)
    hands.on(minutes=20)
    assert not is_in(client)


def test_a_shift_is_never_longer_than_ten_hours(
    app: Framed, make: Builders, tree: Tree, hands: Hands
) -> None:
    with make.storing(tree.tenant_id):
        caller = services.new_account("Kim")
        services.start_sign_in(caller, tree.tenant_id, clock.now() + timedelta(days=3))
    with app.app_context():
        assert db.session.scalars(db.select(SignIn)).one().ends_at == hands.now() + timedelta(hours=10)


def test_a_caller_can_be_put_out(
    app: Framed, make: Builders, tree: Tree, hands: Hands, client: FlaskClient
) -> None:
    with make.storing(tree.tenant_id):
        caller = services.new_account("Kim")
        services.give_role(caller, tree.falun, Role.CALLER)
        token = services.start_sign_in(caller, tree.tenant_id, clock.now() + timedelta(hours=4))
    carry(app, client, token, hands)
    assert is_in(client)
    with make.storing(tree.tenant_id):
        assert services.end_sign_ins(caller) == 1
    assert not is_in(client)


def test_a_role_that_sees_many_is_not_let_in_without_a_code(
    app: Framed, make: Builders, tree: Tree, hands: Hands, client: FlaskClient, organiser: Account
) -> None:
    with make.storing(tree.tenant_id):
        token = services.start_sign_in(organiser, tree.tenant_id)
    carry(app, client, token, hands)
    assert not is_in(client)


def test_giving_the_same_role_twice_gives_one(make: Builders, tree: Tree, app: Framed) -> None:
    with make.storing(tree.tenant_id):
        account = services.new_account("Kim")
        first = services.give_role(account, tree.falun, Role.CALLER)
        assert services.give_role(account, tree.falun, Role.CALLER) is first
    with app.app_context(), inside(tree.tenant_id):
        assert len(db.session.scalars(db.select(Grant)).all()) == 1


def carry(app: Framed, client: FlaskClient, token: str, hands: Hands) -> None:
    """Put a token in a browser's cookie."""
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]  # the default one
    value = serializer.dumps({"sign_in": token, "seen_at": int(hands.now().timestamp())})
    client.set_cookie("__Host-ringlista", value, domain="ringlista.example.org", secure=True)


def test_home_leads_to_the_first_page_one_may_use(
    client: FlaskClient, make: Builders, tree: Tree, browser: Callable[[], FlaskClient]
) -> None:
    administrator = make.account(tree.tenant_id, (Role.ADMINISTRATOR, tree.root))
    make.sign_in(client, administrator, tree.tenant_id)
    assert get(client, "/", 303).location.startswith("/")
    nobody = make.sign_in(browser(), make.account(tree.tenant_id), tree.tenant_id)
    get(nobody, "/")
