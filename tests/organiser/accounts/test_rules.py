"""The rules about passwords, codes and browsers, without web or database."""

import unicodedata

import pyotp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from organiser.accounts import browsers, passwords, second_step
from organiser.accounts.passwords import Weakness
from organiser.accounts.tokens import hash_token, new_token, veiled

KEY = "a-long-invented-secret-for-tests-0123456789"


@pytest.mark.parametrize("weak", ["kort", "åäö", "1234567"])
def test_a_short_password_is_refused(weak: str) -> None:
    assert passwords.weakness(weak) is Weakness.SHORT


@pytest.mark.parametrize(
    "weak",
    [
        *("lösenord", "Lösenord123!", "password1", "P@ssw0rd", "sommar2024", "Sommar-2024", "Stockholm1"),
        *("qwertyuiop", "12345678", "87654321", "19840312", "aaaaaaaa", "abcdefgh", "hejhej12", "välkommen!"),
        "asdfasdf",
    ],
)
def test_what_everybody_tries_first_is_refused(weak: str) -> None:
    assert passwords.weakness(weak) is Weakness.COMMON


@pytest.mark.parametrize("weak", ["bo.berglund@example.org", "Berglund", "berglund1984"])
def test_ones_own_name_and_address_are_refused(weak: str) -> None:
    assert passwords.weakness(weak, "Bo Berglund", "bo.berglund@example.org") is Weakness.OWN


@pytest.mark.parametrize(
    "strong",
    ["fyra blå älgar på ön", "korrekt häst batteri häftklammer", "x7#kQ2pLw9", "en rad om sommar " * 10],
)
def test_a_good_one_is_taken(strong: str) -> None:
    assert passwords.weakness(strong, "Bo Berglund", "bo@example.org") is None


def test_more_than_can_be_meant_is_refused() -> None:
    assert passwords.weakness("ny fras " * 100) is Weakness.LONG


def test_a_hash_is_argon2id_and_matches_both_ways_of_writing_letters() -> None:
    stored = passwords.hashed(unicodedata.normalize("NFC", "älgar på ön"))
    assert stored.startswith("$argon2id$")
    assert passwords.matches(stored, unicodedata.normalize("NFD", "älgar på ön"))
    assert not passwords.matches(stored, "algar pa on")
    assert not passwords.is_dated(stored)


def test_nobody_matches_where_there_is_no_password() -> None:
    assert not passwords.matches(None, "nobody has this password")
    assert not passwords.matches("not a hash", "not a hash")


def test_a_code_is_right_half_a_minute_to_either_side_and_never_twice() -> None:
    secret, at = second_step.new_secret(), 1_700_000_010

    now = at // 30
    totp = pyotp.TOTP(secret)
    for drift, found in ((-2, None), (-1, now - 1), (0, now), (1, now + 1), (2, None)):
        assert second_step.counter_of(secret, totp.at(at + 30 * drift), at, 0) == found
    assert second_step.counter_of(secret, totp.at(at), at, now) is None
    assert second_step.counter_of(secret, totp.at(at + 30), at, now) == now + 1


def test_recovery_codes_are_compared_however_they_are_typed() -> None:
    codes = second_step.new_recovery_codes()
    assert len({second_step.hash_recovery(code) for code in codes}) == 10
    sloppy = codes[0].lower().replace("-", " ")
    assert second_step.hash_recovery(sloppy) == second_step.hash_recovery(codes[0])


@given(st.text(max_size=100))
@settings(max_examples=50, deadline=None)
def test_what_is_sealed_opens_with_the_same_secret_only(words: str) -> None:
    sealed = second_step.seal(KEY, words)
    assert second_step.unseal(KEY, sealed) == words
    assert second_step.unseal(KEY + "x", sealed) is None


def test_the_square_has_no_style_and_no_script() -> None:
    drawn = second_step.square(second_step.address(second_step.new_secret(), "bo@example.org"))
    assert drawn.startswith("<svg")
    assert "style" not in drawn
    assert "script" not in drawn


def test_tokens_are_long_and_the_database_keeps_another_word() -> None:
    token = new_token()
    assert len(token) >= 43
    assert hash_token(token) != token
    assert veiled(KEY, "as", "bo") != veiled(KEY, "from", "bo") != veiled(KEY + "x", "from", "bo")


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:121.0) Gecko/20100101 Firefox/121.0",
            "Firefox, Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_2 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1",
            "Safari, iPhone",
        ),
        ("curl/8", ""),
    ],
)
def test_a_browser_is_told_in_words_its_owner_knows(agent: str, said: str) -> None:
    assert browsers.told(agent) == said
