"""The second step: demanded of everyone who sees members, each code once, recovery codes for a lost phone."""

from collections.abc import Callable

from flask.testing import FlaskClient

from organiser.accounts.models import Account
from organiser.accounts.permissions import Role
from organiser.accounts.services import give_role
from organiser.core.database import db
from organiser.web.frame import Framed
from tests.builders import Builders, Tree
from tests.organiser.accounts.conftest import (
    CODES,
    KEY,
    PASSWORD,
    Hands,
    code_at,
    is_in,
    set_up_phone,
    sign_in,
)
from tests.page import get, post, words

CODE = "/sign-in/code"


def test_an_organiser_sets_up_a_phone_before_anything_is_shown(
    client: FlaskClient, organiser: Account, hands: Hands
) -> None:
    assert sign_in(client, "eva@example.org").location == "/sign-in/set-up"
    assert not is_in(client)
    page = get(client, "/sign-in/set-up")
    assert "<svg" in page.text
    assert KEY.search(page.text)
    post(client, "/sign-in/set-up", {"code": "000000"}, 422)
    assert not is_in(client)


def test_the_first_code_lets_in_and_shows_ten_recovery_codes_once(
    client: FlaskClient, organiser: Account, hands: Hands
) -> None:
    _secret, recovery = set_up_phone(client, "eva@example.org", hands)
    assert len(set(recovery)) == 10
    assert is_in(client)
    assert not CODES.search(get(client, "/account").text)


def test_the_secret_and_the_codes_do_not_stand_in_the_database(
    app: Framed, client: FlaskClient, organiser: Account, hands: Hands
) -> None:
    secret, recovery = set_up_phone(client, "eva@example.org", hands)
    with app.app_context():
        account = db.session.get(Account, organiser.id)
    assert account
    kept = f"{account.totp_secret} {account.totp_candidate} {account.recovery_codes}"
    assert secret not in kept
    assert not any(code in kept or code.replace("-", "") in kept for code in recovery)


def test_a_code_works_once(
    client: FlaskClient, organiser: Account, hands: Hands, browser: Callable[[], FlaskClient]
) -> None:
    secret, _ = set_up_phone(client, "eva@example.org", hands)
    other, third = browser(), browser()
    assert sign_in(other, "eva@example.org").location == CODE
    post(other, CODE, {"code": code_at(secret, hands.now())}, 422)  # the one the set-up used
    hands.on(seconds=30)
    fresh = code_at(secret, hands.now())
    post(other, CODE, {"code": f" {fresh[:3]} {fresh[3:]}"})
    assert is_in(other)
    sign_in(third, "eva@example.org")
    post(third, CODE, {"code": fresh}, 422)
    assert not is_in(third)


def test_a_recovery_code_works_once(
    client: FlaskClient, organiser: Account, hands: Hands, browser: Callable[[], FlaskClient]
) -> None:
    _, recovery = set_up_phone(client, "eva@example.org", hands)
    other, third = browser(), browser()
    sign_in(other, "eva@example.org")
    post(other, CODE, {"code": recovery[3].lower()})
    assert is_in(other)
    sign_in(third, "eva@example.org")
    post(third, CODE, {"code": recovery[3]}, 422)
    assert not is_in(third)


def test_five_wrong_codes_are_enough(client: FlaskClient, organiser: Account, hands: Hands) -> None:
    secret, _ = set_up_phone(client, "eva@example.org", hands)
    post(client, "/sign-out")
    hands.on(minutes=1)
    sign_in(client, "eva@example.org")
    for _ in range(5):
        post(client, CODE, {"code": "12345"}, 422)
    refused = post(client, CODE, {"code": code_at(secret, hands.now())}, 429)
    assert "12.16" in words(refused)


def test_a_code_without_the_password_before_it_is_not_heard(client: FlaskClient, organiser: Account) -> None:
    assert get(client, CODE, 303).location == "/sign-in"
    assert post(client, CODE, {"code": "123456"}).location == "/sign-in"
    assert get(client, "/sign-in/set-up", 303).location == "/sign-in"


def test_the_password_is_forgotten_when_no_code_comes_in_ten_minutes(
    client: FlaskClient, organiser: Account, hands: Hands
) -> None:
    set_up_phone(client, "eva@example.org", hands)
    post(client, "/sign-out")
    sign_in(client, "eva@example.org")
    hands.on(minutes=11)
    assert get(client, CODE, 303).location == "/sign-in"


def test_who_has_a_phone_cannot_be_given_another_with_the_password_alone(
    client: FlaskClient, organiser: Account, hands: Hands
) -> None:
    set_up_phone(client, "eva@example.org", hands)
    post(client, "/sign-out")
    sign_in(client, "eva@example.org")
    assert get(client, "/sign-in/set-up", 303).location == "/sign-in"


def test_a_role_given_later_demands_the_phone_at_the_next_click(
    client: FlaskClient, viewer: Account, make: Builders, tree: Tree
) -> None:
    sign_in(client, "bo@example.org")
    assert is_in(client)
    with make.storing(tree.tenant_id):
        account = db.session.get(Account, viewer.id)
        assert account
        give_role(account, tree.falun, Role.ORGANISER)
    assert not is_in(client)
    assert sign_in(client, "bo@example.org").location == "/sign-in/set-up"


def test_another_phone_takes_the_password_and_ends_other_sign_ins(
    client: FlaskClient, organiser: Account, hands: Hands, browser: Callable[[], FlaskClient]
) -> None:
    secret, old_codes = set_up_phone(client, "eva@example.org", hands)
    other = browser()
    sign_in(other, "eva@example.org")
    hands.on(seconds=30)
    post(other, CODE, {"code": code_at(secret, hands.now())})
    assert get(client, "/account/second-step/scan", 303).location == "/account/second-step"
    post(client, "/account/second-step", {"password": "fel"}, 422)
    post(client, "/account/second-step", {"password": PASSWORD})
    found = KEY.search(get(client, "/account/second-step/scan").text)
    assert found
    hands.on(seconds=30)
    new = found[1].replace(" ", "")
    page = post(client, "/account/second-step/scan", {"code": code_at(new, hands.now())}, 200)
    assert set(CODES.findall(page.text)).isdisjoint(old_codes)
    assert is_in(client)
    assert not is_in(other)
    hands.on(seconds=30)
    sign_in(other, "eva@example.org")
    post(other, CODE, {"code": code_at(secret, hands.now())}, 422)
    post(other, CODE, {"code": code_at(new, hands.now())})


def test_new_recovery_codes_replace_the_old(client: FlaskClient, organiser: Account, hands: Hands) -> None:
    _, old = set_up_phone(client, "eva@example.org", hands)
    page = post(client, "/account/recovery-codes", {"password": PASSWORD}, 200)
    new = CODES.findall(page.text)
    post(client, "/sign-out")
    sign_in(client, "eva@example.org")
    post(client, CODE, {"code": old[0]}, 422)
    post(client, CODE, {"code": new[0]})


def test_a_viewer_may_choose_codes_and_do_without_again(
    client: FlaskClient, viewer: Account, hands: Hands
) -> None:
    sign_in(client, "bo@example.org")
    post(client, "/account/second-step", {"password": PASSWORD})
    found = KEY.search(get(client, "/account/second-step/scan").text)
    assert found
    code = code_at(found[1].replace(" ", ""), hands.now())
    post(client, "/account/second-step/scan", {"code": code}, 200)
    post(client, "/sign-out")
    assert sign_in(client, "bo@example.org").location == CODE
    hands.on(seconds=30)
    post(client, CODE, {"code": code_at(found[1].replace(" ", ""), hands.now())})
    post(client, "/account/second-step/off", {"password": PASSWORD})
    post(client, "/sign-out")
    assert sign_in(client, "bo@example.org").location == "/"


def test_an_organiser_may_not_do_without(client: FlaskClient, organiser: Account, hands: Hands) -> None:
    set_up_phone(client, "eva@example.org", hands)
    get(client, "/account/second-step/off", 403)
