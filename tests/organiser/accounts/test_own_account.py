"""What people do with their own account: see where they are signed in, leave, change the password."""

import re
from collections.abc import Callable

from flask.testing import FlaskClient

from organiser.accounts.models import Account
from organiser.accounts.permissions import Role
from tests.builders import Builders, Tree
from tests.organiser.accounts.conftest import PASSWORD, Inbox, is_in, sign_in
from tests.page import get, post, words

NEW = "sju gröna grodor hoppar"
PHONE = "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36"


def test_every_sign_in_is_listed_and_can_be_ended(
    client: FlaskClient, viewer: Account, browser: Callable[[], FlaskClient]
) -> None:
    phone = browser()
    sign_in(phone, "bo@example.org", headers={"User-Agent": PHONE})
    sign_in(client, "bo@example.org")
    page = get(client, "/account")
    assert "Chrome, Android" in words(page)
    ends = re.findall(r"/account/sign-ins/[0-9a-f-]{36}/end", page.text)
    assert len(ends) == 1
    post(client, ends[0])
    assert not is_in(phone)
    assert is_in(client)
    post(client, ends[0], status=404)


def test_another_persons_sign_in_is_not_there(
    client: FlaskClient,
    viewer: Account,
    organiser: Account,
    make: Builders,
    tree: Tree,
    browser: Callable[[], FlaskClient],
) -> None:
    theirs = make.sign_in(browser(), organiser, tree.tenant_id)
    make.sign_in(other := browser(), organiser, tree.tenant_id)
    [end] = re.findall(r"/account/sign-ins/[0-9a-f-]{36}/end", get(theirs, "/account").text)
    sign_in(client, "bo@example.org")
    post(client, end, status=404)
    assert is_in(other)


def test_signing_out_everywhere_ends_all(
    client: FlaskClient, viewer: Account, browser: Callable[[], FlaskClient]
) -> None:
    others = [browser(), browser()]
    for one in (*others, client):
        sign_in(one, "bo@example.org")
    post(client, "/account/sign-ins/end")
    assert not any(is_in(one) for one in (*others, client))


def test_a_new_password_ends_the_other_sign_ins_and_is_told_by_mail(
    client: FlaskClient, viewer: Account, browser: Callable[[], FlaskClient], inbox: Inbox
) -> None:
    other = browser()
    sign_in(other, "bo@example.org")
    sign_in(client, "bo@example.org")
    form = {"password": PASSWORD, "new": NEW, "again": NEW}
    post(client, "/account/password", {**form, "password": "fel"}, 422)
    post(client, "/account/password", {**form, "again": "annat"}, 422)
    post(client, "/account/password", {**form, "new": "lösenord2024", "again": "lösenord2024"}, 422)
    post(client, "/account/password", form)
    assert is_in(client)
    assert not is_in(other)
    sign_in(other, "bo@example.org", PASSWORD, 422)
    sign_in(other, "bo@example.org", NEW)
    inbox.links()
    assert [letter["To"] for letter in inbox.letters] == ["bo@example.org"]


def test_the_old_password_cannot_be_guessed_by_whoever_finds_the_browser_open(
    client: FlaskClient, viewer: Account
) -> None:
    sign_in(client, "bo@example.org")
    for _ in range(5):
        post(client, "/account/password", {"password": "fel", "new": NEW, "again": NEW}, 422)
    post(client, "/account/password", {"password": PASSWORD, "new": NEW, "again": NEW}, 429)


def test_a_caller_without_password_is_not_asked_for_one(
    client: FlaskClient, make: Builders, tree: Tree
) -> None:
    caller = make.account(tree.tenant_id, (Role.CALLER, tree.falun))
    make.sign_in(client, caller, tree.tenant_id)
    assert "/account/password" not in get(client, "/account").text
    get(client, "/account/password", 404)
    get(client, "/account/second-step", 404)
