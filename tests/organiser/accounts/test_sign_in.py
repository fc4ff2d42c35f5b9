"""Signing in with a password: who gets in, who does not, and what nobody learns from it."""

import time
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask.testing import FlaskClient

from organiser.accounts.models import Account, SignIn, Throttle
from organiser.accounts.permissions import Role
from organiser.core.database import db
from organiser.web.frame import Framed
from tests.builders import Builders, Tree
from tests.organiser.accounts.conftest import PASSWORD, Hands, is_in, sign_in
from tests.page import csrf_token, get, post, words


def test_the_right_password_lets_a_viewer_in(client: FlaskClient, viewer: Account) -> None:
    assert sign_in(client, "bo@example.org").location == "/"
    assert is_in(client)


def test_blanks_and_capitals_in_the_address_do_not_matter(client: FlaskClient, viewer: Account) -> None:
    sign_in(client, "  Bo@Example.org ")
    assert is_in(client)


def test_a_password_with_swedish_letters_is_the_same_however_it_was_typed(
    client: FlaskClient, viewer: Account
) -> None:
    sign_in(client, "bo@example.org", unicodedata.normalize("NFD", PASSWORD))
    assert is_in(client)


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(
    client: FlaskClient, viewer: Account
) -> None:
    wrong = sign_in(client, "bo@example.org", "inte det här", 422)
    unknown = sign_in(client, "nobody@example.org", "inte det här", 422)
    assert words(wrong) == words(unknown)
    assert not is_in(client)


def test_an_unknown_address_takes_about_as_long(client: FlaskClient, viewer: Account) -> None:
    def seconds(email: str) -> float:
        start = time.perf_counter()
        sign_in(client, email, "inte det här", 422)
        return time.perf_counter() - start

    known = min(seconds("bo@example.org") for _ in range(3))
    unknown = min(seconds("nobody@example.org") for _ in range(3))
    assert 0.4 < unknown / known < 2.5


def test_somebody_invited_who_has_no_password_yet_is_not_let_in(
    client: FlaskClient, make: Builders, tree: Tree
) -> None:
    make.account(tree.tenant_id, (Role.VIEWER, tree.district), email="ny@example.org")
    sign_in(client, "ny@example.org", "", 422)
    sign_in(client, "ny@example.org", "nobody has this password", 422)


def test_a_form_without_its_token_is_refused(client: FlaskClient, viewer: Account) -> None:
    answer = client.post("/sign-in", data={"email": "bo@example.org", "password": PASSWORD})
    assert answer.status_code == 400
    assert not is_in(client)


def test_five_wrong_passwords_close_the_account_for_a_quarter_of_an_hour(
    client: FlaskClient, viewer: Account, hands: Hands
) -> None:
    for _ in range(5):
        sign_in(client, "bo@example.org", "fel", 422)
    assert "12.15" in words(sign_in(client, "bo@example.org", PASSWORD, 429))
    hands.on(minutes=15, seconds=1)
    sign_in(client, "bo@example.org", PASSWORD)
    assert is_in(client)


def test_ten_tries_at_the_same_moment_are_no_more_than_five(
    client: FlaskClient, viewer: Account, browser: Callable[[], FlaskClient]
) -> None:
    form = {"email": "bo@example.org", "password": "fel"}
    ready = [(one, {**form, "csrf_token": csrf_token(one)}) for one in (browser() for _ in range(10))]
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda pair: pair[0].post("/sign-in", data=pair[1]).status_code, ready))
    assert sorted(answers) == [422] * 5 + [429] * 5


def test_an_address_without_account_is_held_back_in_the_same_way(client: FlaskClient, tree: Tree) -> None:
    for _ in range(5):
        sign_in(client, "nobody@example.org", "fel", 422)
    sign_in(client, "nobody@example.org", "fel", 429)


def test_the_right_password_forgets_the_wrong_ones(client: FlaskClient, viewer: Account) -> None:
    for _ in range(2):
        for _ in range(4):
            sign_in(client, "bo@example.org", "fel", 422)
        sign_in(client, "bo@example.org", PASSWORD)


def test_twenty_failures_from_one_network_address_are_enough(
    client: FlaskClient, viewer: Account, browser: Callable[[], FlaskClient]
) -> None:
    for number in range(20):
        sign_in(client, f"guess{number}@example.org", "fel", 422)
    sign_in(client, "bo@example.org", PASSWORD, 429)
    sign_in(browser(), "bo@example.org", PASSWORD, environ_overrides={"REMOTE_ADDR": "192.0.2.7"})


def test_the_counters_name_nobody(app: Framed, client: FlaskClient, viewer: Account) -> None:
    sign_in(client, "bo@example.org", "fel", 422)
    with app.app_context():
        rows = db.session.scalars(db.select(Throttle)).all()
    assert len(rows) == 2
    assert not any("bo@" in row.key or "127.0.0.1" in row.key for row in rows)


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "evil"]
)
def test_the_way_on_never_leads_to_another_host(client: FlaskClient, viewer: Account, elsewhere: str) -> None:
    client.get("/sign-in", query_string={"next": elsewhere})
    answer = post(
        client,
        "/sign-in",
        {"email": "bo@example.org", "password": PASSWORD},
        query_string={"next": elsewhere},
    )
    assert answer.location == "/"


def test_who_wanted_a_page_gets_there_after_signing_in(client: FlaskClient, viewer: Account) -> None:
    asked = get(client, "/account/password", 303)
    assert asked.location == "/sign-in?next=/account/password"
    assert sign_in(client, "bo@example.org", query="?next=/account/password").location == "/account/password"


def test_the_cookie_is_ours_alone(client: FlaskClient, viewer: Account) -> None:
    cookie = sign_in(client, "bo@example.org").headers["Set-Cookie"]
    assert cookie.startswith("__Host-ringlista=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= {part.strip() for part in cookie.split(";")}
    assert "Domain" not in cookie


def test_a_new_sign_in_is_a_new_session_and_ends_the_one_before(
    app: Framed, client: FlaskClient, viewer: Account
) -> None:
    def kept() -> tuple[str, str]:
        with client.session_transaction(base_url="https://ringlista.example.org") as session:
            return session["sign_in"], session["csrf_token"]

    get(client, "/sign-in")
    with client.session_transaction(base_url="https://ringlista.example.org") as session:
        before = session["csrf_token"]
    sign_in(client, "bo@example.org")
    get(client, "/account")
    first = kept()
    sign_in(client, "bo@example.org")
    get(client, "/account")
    second = kept()
    assert before != first[1] != second[1]
    assert first[0] != second[0]
    with app.app_context():
        ended = [
            one.ended_at is not None for one in db.session.scalars(db.select(SignIn).order_by(SignIn.id))
        ]
        hashes = [one.token_hash for one in db.session.scalars(db.select(SignIn))]
    assert sorted(ended) == [False, True]
    assert second[0] not in hashes


def test_signing_out_ends_it_and_clears_the_browser(
    client: FlaskClient, viewer: Account, browser: Callable[[], FlaskClient]
) -> None:
    sign_in(client, "bo@example.org")
    cookie = client.get_cookie("__Host-ringlista", domain="ringlista.example.org")
    assert cookie
    assert client.get("/sign-out").status_code == 405
    answer = post(client, "/sign-out")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert not is_in(client)
    thief = browser()
    thief.set_cookie("__Host-ringlista", cookie.value, domain="ringlista.example.org", secure=True)
    assert not is_in(thief)


def test_half_an_hour_without_a_click_ends_it(client: FlaskClient, viewer: Account, hands: Hands) -> None:
    sign_in(client, "bo@example.org")
    hands.on(minutes=29)
    assert is_in(client)
    hands.on(minutes=29)
    assert is_in(client)
    hands.on(minutes=31)
    assert not is_in(client)


def test_ten_hours_end_it_however_busy_one_is(client: FlaskClient, viewer: Account, hands: Hands) -> None:
    sign_in(client, "bo@example.org")
    for _ in range(29):
        hands.on(minutes=20)
        assert is_in(client)
    hands.on(minutes=20)
    assert not is_in(client)


def test_a_closed_account_is_out_at_the_next_click(
    client: FlaskClient, viewer: Account, make: Builders, tree: Tree
) -> None:
    sign_in(client, "bo@example.org")
    with make.storing(None):
        account = db.session.get(Account, viewer.id)
        assert account
        account.active = False
    assert not is_in(client)
    sign_in(client, "bo@example.org", status=422)


def test_an_empty_installation_tells_how_to_begin(client: FlaskClient) -> None:
    assert "ringlista account add" in words(get(client, "/"))


def test_a_stranger_is_led_to_sign_in(client: FlaskClient, viewer: Account) -> None:
    assert get(client, "/", 303).location == "/sign-in"
    assert "ringlista account add" not in words(get(client, "/sign-in"))


def test_the_language_one_reads_is_kept_on_the_account(
    app: Framed, client: FlaskClient, viewer: Account, browser: Callable[[], FlaskClient]
) -> None:
    client.get("/language/en")
    sign_in(client, "bo@example.org")
    other = browser()
    sign_in(other, "bo@example.org")
    assert '<html lang="en">' in get(other, "/account").text
    post(other, "/account/language", {"language": "sv"})
    assert '<html lang="sv">' in get(other, "/account").text
