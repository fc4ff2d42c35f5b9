"""A cell says the same whichever way it is written, and what cannot be read is told and not guessed."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from time import perf_counter

import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import given
from hypothesis import strategies as st

from organiser.members.kinds import MemberStatus
from organiser.roster.dates import DateRead, read_date
from organiser.roster.emails import read_email, valid_address
from organiser.roster.names import read_full_name
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
FIRST_OF_MARCH = date(2024, 3, 1)


@pytest.mark.parametrize(
    "written",
    [
        *(
            "2024-03-01",
            "01/03/2024",
            "1.3.2024",
            "01.03.24",
            "1 mars 2024",
            "1 mar 2024",
            "45352",
            "Mar 1, 2024",
        ),
        *("20240301", "240301", "24-03-01", "2024/03/01", "2024-03-01 00:00:00", "2024-03-01T13:05:00Z"),
        *(
            "den 1 mars 2024",
            "1:e mars 2024",
            "01-03-2024",
            "45352.0",
            " 2024-03-01 ",
            "２０２４-03-01",
            "01032024",
        ),
    ],
)
def test_every_usual_way_to_write_a_date_is_the_same_day(written: str) -> None:
    assert read_date(written, TODAY) == DateRead(FIRST_OF_MARCH)


@pytest.mark.parametrize(
    ("written", "year"), [("1956", 1956), ("1956-00-00", 1956), ("1956-04", 1956), ("april 1956", 1956)]
)
def test_a_year_alone_is_a_year(written: str, year: int) -> None:
    assert read_date(written, TODAY, born=True) == DateRead(year=year)


@pytest.mark.parametrize("written", ["00-00-00", "0000-00-00", "0", "9999-12-31", "-", "saknas"])
def test_no_date_and_no_end_are_nothing(written: str) -> None:
    assert read_date(written, TODAY) == DateRead()


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("2024-02-30", ProblemKind.DATE_NOT_REAL),
        ("2023-02-29", ProblemKind.DATE_NOT_REAL),
        ("31.4.2024", ProblemKind.DATE_NOT_REAL),
        ("03/25/2024", ProblemKind.DATE_NOT_REAL),
        ("20241301", ProblemKind.DATE_NOT_REAL),
        ("3/4", ProblemKind.DATE_WITHOUT_YEAR),
        ("i våras", ProblemKind.NOT_A_DATE),
        ("Ja", ProblemKind.NOT_A_DATE),
        ("²³/¹/፩", ProblemKind.NOT_A_DATE),
        ("9" * 10_000, ProblemKind.NOT_A_DATE),
    ],
)
def test_what_is_no_day_of_the_calendar_is_told(written: str, problem: ProblemKind) -> None:
    assert read_date(written, TODAY) == DateRead(problem=problem)


def test_two_digits_of_a_year_of_birth_are_never_in_the_future() -> None:
    assert read_date("580102", TODAY, born=True).day == date(1958, 1, 2)
    assert read_date("261231", TODAY, born=True).problem is ProblemKind.DATE_NOT_REAL
    assert read_date("270101", TODAY, born=True).day == date(1927, 1, 1)
    assert read_date("27-12-31", TODAY).day == date(2027, 12, 31)


def test_somebody_born_early_in_the_last_century_is_read_from_a_short_serial() -> None:
    assert read_date("9133", TODAY, born=True).day == date(1925, 1, 1)


@given(st.dates(date(1927, 5, 19), date(2026, 11, 20)))
def test_a_serial_is_the_day_a_spreadsheet_meant(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    assert read_date(str(serial), TODAY, born=True).day == day
    assert read_date(f"{day:%y%m%d}", day + timedelta(days=1), born=True).day == day


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("19560412-2381", date(1956, 4, 12)),
        ("560412-2381", date(1956, 4, 12)),
        ("560412+2381", date(1856, 4, 12)),
        ("19560472-2388", date(1956, 4, 12)),
        ("195604122381", date(1956, 4, 12)),
        ("19560412-XXXX", date(1956, 4, 12)),
    ],
)
def test_of_an_identity_number_only_the_day_of_birth_is_kept(written: str, day: date) -> None:
    assert read_date(written, TODAY, born=True) == DateRead(day, None, ProblemKind.IDENTITY_NUMBER)
    assert read_date(written, TODAY).day is None


@given(st.text(max_size=60))
def test_no_text_makes_the_date_reader_raise(text: str) -> None:
    found = read_date(text, TODAY, born=True)
    assert found.day is None or found.day <= TODAY


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


@pytest.mark.parametrize(
    ("cell", "first", "last", "problem"),
    [
        ("Andersson, Anna", "Anna", "Andersson", None),
        ("Anna Andersson", "Anna", "Andersson", None),
        ("Anna-Karin von Essen", "Anna-Karin", "von Essen", None),
        ("af Klint, Eva", "Eva", "af Klint", None),
        ("O'Brien, Seán", "Seán", "O'Brien", None),
        ("Lisa  Öhman ", "Lisa", "Öhman", None),
        ("Anna (Sussi) Holm", "Anna (Sussi)", "Holm", None),
        ("A\N{COMBINING RING ABOVE}sa Åberg", "Åsa", "Åberg", None),
        ("Anna Karin Lind Berg", "Anna Karin", "Lind Berg", ProblemKind.NAME_GUESSED),
        ("Anna Karin Lind", "Anna Karin", "Lind", ProblemKind.NAME_GUESSED),
        ("Ö", "", "Ö", ProblemKind.NAME_ONE_ONLY),
        ("", "", "", None),
    ],
)
def test_a_name_in_one_cell_is_taken_apart(
    cell: str, first: str, last: str, problem: ProblemKind | None
) -> None:
    assert read_full_name(cell) == (first, last, problem)


@pytest.mark.parametrize(
    ("cell", "first", "last"),
    [("ANDERSSON ANNA", "ANNA", "ANDERSSON"), ("von Essen Anna-Karin", "Anna-Karin", "von Essen")],
)
def test_the_heading_may_say_that_the_family_name_stands_first(cell: str, first: str, last: str) -> None:
    assert read_full_name(cell, family_first=True)[:2] == (first, last)


@given(st.text(max_size=40), st.booleans())
def test_no_letter_of_a_name_is_lost(cell: str, family_first: bool) -> None:
    def letters(text: str) -> list[str]:
        return sorted(re.findall(r"\w", text))

    first, last, _ = read_full_name(cell, family_first=family_first)
    again = read_full_name(f"{last}, {first}") if first else read_full_name(last)
    assert letters(again.first + again.last) == letters(first + last)


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
