"""A row is read whole: what it says is kept, what is odd is told, and hardly anything costs a member."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organiser.roster.columns import Columns, settle_columns
from organiser.roster.headings import Field, match
from organiser.roster.problems import ProblemKind
from organiser.roster.rows import ReadPhone, Row, read_row

TODAY = date(2026, 11, 21)


def columns(*headings: str) -> Columns:
    return settle_columns(match(headings), TODAY)


def read(cells: dict[str, str]) -> Row:
    return read_row(2, list(cells.values()), columns(*cells))


def kinds(row: Row) -> list[ProblemKind]:
    return [problem.kind for problem in row.problems]


def test_a_whole_row_becomes_a_member() -> None:
    row = read(
        {
            "Medlemsnr": "0022314",
            "Förnamn": " Peter ",
            "Efternamn": "Sandberg",
            "Födelsedatum": "1959-02-01",
            "Kön": "M",
            "Gatuadress": "Björkvägen 10C",
            "Postnr": "790 15",
            "Postort": "Sundborn",
            "Telefon hem": "031-390 06 24",
            "Mobil": "070-174 06 05",
            "E-post": "peter@example.org",
            "Partiförening": "Vänsterpartiet Falun",
            "Medlem sedan": "2023-11-02",
            "Betalt t.o.m.": "2023-12-31",
            "Status": "Medlem",
            "Spärr telefon": "Nej",
            "Anmärkning": "Ring efter 18\nhar bil",
        }
    )
    assert row.values == {
        "member_number": "0022314",
        "first_name": "Peter",
        "last_name": "Sandberg",
        "birth_date": date(1959, 2, 1),
        "gender": "m",
        "street": "Björkvägen 10C",
        "postcode": "79015",
        "city": "Sundborn",
        "phones": (ReadPhone("+46313900624", "home", ""), ReadPhone("+46701740605", "mobile", "")),
        "email": "peter@example.org",
        "association": "Vänsterpartiet Falun",
        "joined_on": date(2023, 11, 2),
        "paid_until": date(2023, 12, 31),
        "member_status": "active",
        "do_not_call": False,
        "note": "Ring efter 18\nhar bil",
    }
    assert (row.line, row.name, row.problems, row.extra) == (2, "Peter Sandberg", (), {})


def test_what_is_empty_is_not_there() -> None:
    row = read({"Medlemsnr": "1", "Förnamn": "Bo", "Ort": " ", "Mobil": "", "Gatuadress": "-"})
    assert row.values == {"member_number": "1", "first_name": "Bo"}


def test_a_bad_phone_date_and_address_are_told_and_cost_nobody_the_member() -> None:
    row = read({"Medlemsnr": "1", "Mobil": "070-174", "Född": "1956-02-30", "E-post": "x", "Postnr": "00000"})
    assert row.values == {"member_number": "1"}
    assert kinds(row) == [
        ProblemKind.PHONE_TOO_SHORT,
        ProblemKind.DATE_NOT_REAL,
        ProblemKind.EMAIL_NOT_VALID,
        ProblemKind.POSTCODE_NOT_VALID,
    ]
    assert row.problems[0] == (2, "Mobil", "phone_too_short", "070-174")
    assert not row.refused


@pytest.mark.parametrize(
    "cells",
    [
        {"Medlemsnr": "1", "Förnamn": ""},
        {"Förnamn": "", "E-post": "anna@example.org"},
        {"Förnamn": "", "Mobil": "070-1740605"},
        {"Förnamn": "Anna", "Född": "1956"},
        {"Efternamn": "Berg", "Postnr": "791 71"},
    ],
)
def test_a_row_that_names_somebody_is_taken(cells: dict[str, str]) -> None:
    assert not read(cells).refused


@pytest.mark.parametrize(
    "cells",
    [
        {"Förnamn": "Cia", "Efternamn": "Ås", "Förening": "Falun"},
        {"Förnamn": "", "Ort": "Falun"},
        {"Förnamn": "Anna", "Mobil": "saknas"},
    ],
)
def test_a_row_that_names_nobody_is_refused_and_told(cells: dict[str, str]) -> None:
    row = read(cells)
    assert row.refused
    assert kinds(row)[-1] is ProblemKind.NAMES_NOBODY


def test_a_number_of_two_columns_counts_once() -> None:
    row = read({"Medlemsnr": "1", "Mobil": "070-1740605", "Telefon hem": "0701740605"})
    assert row.values["phones"] == (ReadPhone("+46701740605", "mobile", ""),)


def test_two_numbers_and_the_words_beside_them_are_kept() -> None:
    row = read({"Medlemsnr": "1", "Telefon": "070-1740605 (arbete), 031-3900600"})
    assert [phone.e164 for phone in row.values["phones"]] == ["+46701740605", "+46313900600"]
    assert row.values["phones"][0].note == "arbete"
    assert kinds(row) == [ProblemKind.PHONE_SEVERAL]


@pytest.mark.parametrize(
    ("heading", "cell", "blocked"),
    [
        ("Spärr telefon", "Ja", True),
        ("Spärr telefon", "Nej", False),
        ("Spärr telefon", "", None),
        ("Får ringas", "Nej", True),
        ("Får ringas", "ja", False),
        ("Får ringas", "", None),
        ("Får ringas", "-", None),
    ],
)
def test_a_permission_to_ring_is_read_as_the_opposite_of_a_block(
    heading: str, cell: str, blocked: bool | None
) -> None:
    assert read({"Medlemsnr": "1", heading: cell}).values.get("do_not_call") is blocked


def test_an_unclear_word_about_a_block_never_lets_somebody_be_rung_unasked() -> None:
    row = read({"Medlemsnr": "1", "Spärr telefon": "på egen begäran"})
    assert row.values["do_not_call"] is True
    assert kinds(row) == [ProblemKind.WORD_TAKEN_AS_YES]
    row = read({"Medlemsnr": "1", "Får ringas": "kanske"})
    assert "do_not_call" not in row.values
    assert kinds(row) == [ProblemKind.WORD_UNKNOWN]


def test_columns_without_a_field_are_kept_under_their_heading() -> None:
    row = read({"Medlemsnr": "1", "Skostorlek": "43", "Intressen": "klimat", "Roll": "kassör"})
    assert row.extra == {"Skostorlek": "43", "Intressen": "klimat", "Roll": "kassör"}


def test_columns_with_one_heading_or_none_do_not_overwrite_each_other() -> None:
    row = read_row(2, ["1", "a", "b", "c"], columns("Medlemsnr", "Kod", "Kod", ""))
    assert row.extra == {"Kod (2)": "a", "Kod (3)": "b", "(4)": "c"}


def test_an_organiser_may_leave_a_column_out() -> None:
    matches = match(["Medlemsnr", "Skostorlek", "Mobil"])
    settled = settle_columns(matches, TODAY, leave_out={1, 2})
    row = read_row(2, ["1", "43", "070-1740605"], settled)
    assert (row.values, row.extra) == ({"member_number": "1"}, {})
    assert settled.fields == {Field.MEMBER_NUMBER}


def test_a_column_of_identity_numbers_gives_birthdays_and_is_told_once() -> None:
    settled = settle_columns(match(["Förnamn", "Personnummer"]), TODAY, header_line=4)
    row = read_row(5, ["Anna", "19900101-2385"], settled)
    assert row.values == {"first_name": "Anna", "birth_date": date(1990, 1, 1)}
    assert settled.problems == ((4, "Personnummer", ProblemKind.IDENTITY_NUMBER, ""),)
    assert row.problems == ()


@pytest.mark.parametrize("heading", ["Född", "Medlemsnr", "Anmärkning", "Kod", "Mobil", "E-post"])
def test_no_identity_number_gets_through_any_column(heading: str) -> None:
    row = read({"Telefon": "070-1740605", heading: "19900101-2385"})
    assert "2385" not in repr(row)


def test_only_the_year_of_a_birth_is_a_year() -> None:
    assert read({"Medlemsnr": "1", "Född": "1956"}).values["birth_year"] == 1956
    assert read({"Medlemsnr": "1", "Födelseår": "56"}).values["birth_year"] == 1956
    row = read({"Medlemsnr": "1", "Född": "1956-04-12", "Födelseår": "1956"})
    assert row.values == {"member_number": "1", "birth_date": date(1956, 4, 12)}


def test_a_fee_column_may_hold_a_date_a_year_or_just_yes() -> None:
    assert read({"Medlemsnr": "1", "Betalt t.o.m.": "2024-12-31"}).values["paid_until"] == date(2024, 12, 31)
    assert read({"Medlemsnr": "1", "Betalt år": "2024"}).values["paid_until"] == date(2024, 12, 31)
    for cell in ("x", "Nej", "12,50", "450 kr"):
        row = read({"Medlemsnr": "1", "Avgift 2024": cell})
        assert ("paid_until" in row.values, row.extra, row.problems) == (False, {"Avgift 2024": cell}, ())
    assert kinds(read({"Medlemsnr": "1", "Avgift 2024": "i våras"})) == [ProblemKind.NOT_A_DATE]


def test_a_year_is_no_day_to_have_joined_on() -> None:
    row = read({"Medlemsnr": "1", "Medlem sedan": "2019"})
    assert (row.extra, kinds(row)) == ({"Medlem sedan": "2019"}, [ProblemKind.DATE_YEAR_ONLY])


def test_a_family_name_in_a_column_of_whole_names() -> None:
    row = read({"Medlemsnr": "1", "Namn": "Öberg, Åsa"})
    assert (row.values["first_name"], row.values["last_name"]) == ("Åsa", "Öberg")
    row = read({"Namn": "Anna B Berg", "Medlemsnr": "1", "Förnamn": "Anna", "Efternamn": "Berg"})
    assert (row.values["first_name"], row.values["last_name"], row.problems) == ("Anna", "Berg", ())


def test_a_formula_in_a_name_stays_text() -> None:
    row = read({"Medlemsnr": "F4", "Förnamn": "=cmd|' /C calc'!A0", "Efternamn": "Test"})
    assert row.values["first_name"] == "=cmd|' /C calc'!A0"


def test_a_problem_is_told_in_one_short_line() -> None:
    row = read({"Medlemsnr": "1", "E-post": "a\r\nb " + "x" * 5_000})
    assert "\n" not in row.problems[0].text
    assert len(row.problems[0].text) <= 200


def test_a_row_too_short_or_too_long_is_told() -> None:
    settled = columns("Medlemsnr", "Förnamn")
    assert kinds(read_row(7, ["1", ""], settled, short=True)) == [ProblemKind.ROW_TOO_SHORT]
    row = read_row(7, ["1", "Bo"], settled, beyond=["8", "9"])
    assert row.problems == ((7, "", ProblemKind.ROW_TOO_LONG, "8 | 9"),)


def test_a_status_we_have_no_word_for_is_kept_beside_it() -> None:
    row = read({"Medlemsnr": "1", "Status": "Vilande"})
    assert (row.values["member_status"], row.extra) == ("other", {"Status": "Vilande"})


EVERY_HEADING = [
    "Medlemsnr",
    "Namn",
    "Född",
    "Kön",
    "Mobil",
    "E-post",
    "Postnr",
    "Betalt",
    "Status",
    "NIX",
    "Kod",
]


@given(st.lists(st.text(max_size=40), min_size=11, max_size=11))
def test_no_row_ever_raises(cells: list[str]) -> None:
    row = read_row(2, cells, columns(*EVERY_HEADING))
    assert set(row.values) <= {
        *(
            "member_number",
            "first_name",
            "last_name",
            "birth_date",
            "birth_year",
            "gender",
            "phones",
            "email",
        ),
        *("postcode", "city", "country", "paid_until", "member_status", "do_not_call"),
    }
    assert all(value not in ("", None, ()) for value in row.values.values())


@pytest.mark.parametrize(
    "street", ["Skyddade personuppgifter", "SKYDDAD ADRESS", "Sekretess", "Hemlig adress"]
)
def test_a_street_that_says_it_is_protected_protects_the_member(street: str) -> None:
    row = read({"Medlemsnr": "0020001", "Gatuadress": street, "Skyddad identitet": "Nej"})
    assert row.values["protected"] is True


def test_a_street_called_something_like_it_protects_nobody() -> None:
    assert "protected" not in read({"Medlemsnr": "0020001", "Gatuadress": "Skyddsvägen 4"}).values
