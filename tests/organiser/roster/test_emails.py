"""An address is kept when it can be one; of two the first, and it is told."""

import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import given
from hypothesis import strategies as st

from organiser.roster.emails import read_email, valid_address
from organiser.roster.problems import ProblemKind


@pytest.mark.parametrize(
    ("cell", "address", "problem"),
    [
        ("anna@example.org", "anna@example.org", None),
        (" a+tag@example.org ", "a+tag@example.org", None),
        ("A@EXAMPLE.ORG", "A@example.org", None),
        ("å@exämple.se", "å@exämple.se", None),
        ("bo@example.com;bo@example.org", "bo@example.com", ProblemKind.EMAIL_SEVERAL),
        ("trasig@@example.org; bo@example.org", "bo@example.org", ProblemKind.EMAIL_SEVERAL),
        ("mail: eva@example.com", "eva@example.com", ProblemKind.EMAIL_MENDED),
        ("mailto:a@example.org", "a@example.org", ProblemKind.EMAIL_MENDED),
        ("Åsa <a@example.org>", "a@example.org", ProblemKind.EMAIL_MENDED),
        ("a@example.org.", "a@example.org", ProblemKind.EMAIL_MENDED),
        ("", "", None),
        ("saknas", "", None),
        ("x", "", ProblemKind.EMAIL_NOT_VALID),
        ("kalle@@example.com", "", ProblemKind.EMAIL_NOT_VALID),
        ("lisa @example.com", "", ProblemKind.EMAIL_NOT_VALID),
        ("a b@example.org", "", ProblemKind.EMAIL_NOT_VALID),
        ("pelle@example", "", ProblemKind.EMAIL_NOT_VALID),
        ("anna@example,com", "", ProblemKind.EMAIL_NOT_VALID),
        ("anna@nowhere.invalid", "", ProblemKind.EMAIL_NOT_VALID),
        ("a@[127.0.0.1]", "", ProblemKind.EMAIL_NOT_VALID),
        (f"{'x' * 65}@example.org", "", ProblemKind.EMAIL_NOT_VALID),
        ("a@" + "example." * 40_000 + "org", "", ProblemKind.EMAIL_NOT_VALID),
    ],
)
def test_an_address_is_kept_when_it_can_be_one(cell: str, address: str, problem: ProblemKind | None) -> None:
    assert read_email(cell) == (address, problem)


@given(
    st.from_regex(r"[A-Za-z0-9._+-]{1,30}", fullmatch=True),
    st.sampled_from(
        ["example.org", "EXAMPLE.com", "mejl.example", "a.test", "-a.example.org", "b", "exämple.se", ""]
    ),
)
def test_asking_once_a_domain_gives_the_librarys_answer(local: str, domain: str) -> None:
    text = f"{local}@{domain}"
    try:
        expected = validate_email(text, check_deliverability=False).normalized
    except EmailNotValidError:
        expected = ""
    assert valid_address(text) == expected
