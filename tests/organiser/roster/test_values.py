"""A cell says the same whichever way it is written, and what cannot be read is told and not guessed."""

from collections.abc import Callable
from datetime import date
from time import perf_counter

import pytest

from organiser.members.kinds import MemberStatus
from organiser.roster.dates import read_date
from organiser.roster.emails import read_email
from organiser.roster.problems import ProblemKind
from organiser.roster.values import (
    read_gender,
    read_number,
    read_postcode,
    read_status,
    read_yes_no,
    without_identity_numbers,
)

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("cell", "postcode", "city"),
    [
        ("791 71", "79171", ""),
        ("79171", "79171", ""),
        ("79171.0", "79171", ""),
        ("SE-791 71", "79171", ""),
        ("SE 79171", "79171", ""),
        ("791\u00a071", "79171", ""),
        ("791 71 Falun", "79171", "Falun"),
        ("SE-791 71 Falun", "79171", "Falun"),
        ("AX-22100", "AX-22100", ""),
        ("DK-2100 København", "DK-2100", "København"),
        ("saknas", "", ""),
    ],
)
def test_a_postcode_is_five_digits_or_kept_with_its_country(cell: str, postcode: str, city: str) -> None:
    read = read_postcode(cell)
    assert (read.postcode, read.city, read.problem) == (postcode, city, None)


@pytest.mark.parametrize("cell", ["00000", "99999", "1234", "Falun", "<b>", "7" * 50_000])
def test_what_is_no_postcode_is_told(cell: str) -> None:
    assert read_postcode(cell).problem is ProblemKind.POSTCODE_NOT_VALID


@pytest.mark.parametrize(
    "word", ["ja", "J", "x", "SANT", "TRUE", "yes", "1", "✓", "Ja, sedan 2019", "2024-03-01"]
)
def test_yes(word: str) -> None:
    assert read_yes_no(word) == (True, None)


@pytest.mark.parametrize("word", ["nej", "N", "0", "FALSKT", "no", "0.0", "nej tack", "EJ", "Nej."])
def test_no(word: str) -> None:
    assert read_yes_no(word) == (False, None)


@pytest.mark.parametrize("word", ["", "-", "vet ej", "#N/A", "okänt"])
def test_neither_yes_nor_no(word: str) -> None:
    assert read_yes_no(word) == (None, None)


@pytest.mark.parametrize("word", ["på egen begäran", "kanske", "jag vet inte"])
def test_an_answer_nobody_knows_is_told(word: str) -> None:
    assert read_yes_no(word) == (None, ProblemKind.WORD_UNKNOWN)


@pytest.mark.parametrize(
    ("word", "gender"),
    [("K", "f"), ("kvinna", "f"), ("M", "m"), ("Man", "m"), ("X", "x"), ("Okänd", None), ("", None)],
)
def test_genders(word: str, gender: str | None) -> None:
    assert read_gender(word) == (gender, None)


def test_a_gender_nobody_knows_is_told() -> None:
    assert read_gender("H") == (None, ProblemKind.WORD_UNKNOWN)


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("Medlem", "active"),
        ("Obetald", "unpaid"),
        ("Utträdd", "left"),
        ("AVLIDEN", "deceased"),
        ("Lapsed", "left"),
        ("Vilande", "other"),
    ],
)
def test_how_a_membership_stands(word: str, status: str) -> None:
    assert read_status(word) == (status, None)


def test_a_status_nobody_knows_is_kept_and_told() -> None:
    assert read_status("Klass 7") == (MemberStatus.OTHER, ProblemKind.STATUS_UNKNOWN)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("0022314", "0022314"),
        ("704067.0", "704067"),
        ("7.04067E5", "704067"),
        (" M 100 ", "M 100"),
        ("'0022314", "0022314"),
        ("196001011234", "196001011234"),
        ("-", ""),
    ],
)
def test_a_member_number_is_text_and_keeps_its_zeros(cell: str, number: str) -> None:
    assert read_number(cell) == (number, None)


def test_a_member_number_with_digits_lost_is_left_out_and_told() -> None:
    assert read_number("1.96001E+11") == ("", ProblemKind.NUMBER_ROUNDED)


@pytest.mark.parametrize("cell", ["19900101-2385", "199001012385", "900101-2385"])
def test_an_identity_number_is_no_member_number(cell: str) -> None:
    assert read_number(cell) == ("", ProblemKind.IDENTITY_NUMBER)


def test_identity_numbers_in_a_note_are_masked() -> None:
    assert without_identity_numbers("pnr 19900101-2385, ring") == "pnr 19900101-****, ring"
    assert without_identity_numbers("ring 070-1740605") == "ring 070-1740605"


READERS: list[Callable[[str], object]] = [
    lambda text: read_date(text, TODAY, born=True),
    read_email,
    read_number,
    read_postcode,
    read_yes_no,
    read_gender,
    read_status,
    without_identity_numbers,
]


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    "bait", ["1" * 100_000, "a@" * 50_000, " -" * 50_000, "å." * 50_000, "791 71 " * 14_000]
)
def test_no_cell_can_hold_a_reader_up(reader: Callable[[str], object], bait: str) -> None:
    began = perf_counter()
    reader(bait)
    assert perf_counter() - began < 0.5
