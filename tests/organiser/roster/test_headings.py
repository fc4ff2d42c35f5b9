"""Columns are known by their headings, guessed where they are nearly known, and left alone otherwise."""

import json
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organiser.roster.headings import FIELDS, Confidence, Field, field_of, is_inverse, match

DALARNA = {
    "Medlemsnr": "member_number",
    "Förnamn": "first_name",
    "Efternamn": "last_name",
    "Födelsedatum": "birth_date",
    "Kön": "gender",
    "C/o": "co_address",
    "Gatuadress": "street",
    "Postnr": "postcode",
    "Postort": "city",
    "Telefon hem": "home_phone",
    "Mobiltelefon": "mobile",
    "E-post": "email",
    "Partiförening": "association",
    "Medlem sedan": "joined_on",
    "Betalt t.o.m.": "paid_until",
    "Status": "member_status",
    "Spärr telefon": "do_not_call",
    "Anmärkning": "note",
    "Mobil": "mobile",
    "Betald till": "paid_until",
    "Utträdesdatum": "left_on",
}
VASTERNORRLAND = {
    "Partiförening": "association",
    "Medlnr": "member_number",
    "Namn": "full_name",
    "Född": "birth_date",
    "Adress": "street",
    "Postnr": "postcode",
    "Ort": "city",
    "Telefon": "phone",
    "Mejl": "email",
    "Medlem fr.o.m.": "joined_on",
    "Avgift 2024": "paid_until",
    "Får ringas": "do_not_call",
    "Kod": None,
}
DAMAGED = [
    *("FÃ¶rnamn", "F√∂rnamn", "F\ufffdrnamn", "F?rnamn", "Fo\u0308rnamn", "FORNAMN", "Förnamn\u00a0"),
    *('"Förnamn"', "\ufeffFörnamn", " förnamn ", "Förnamn *", "FÖRNAMN:", "Förnamn (obligatoriskt)"),
]
SOMEBODY_ELSE = [
    *("Målsman telefon", "Vårdnadshavare 1 mobil", "Telefon (målsman)", "Anhörigs telefonnummer"),
    *("Faktura e-post", "Emergency phone", "Parent email"),
]
SOMETHING_ELSE = [
    "Arbetsgivare",
    "Antal barn",
    "Kod",
    "Skostorlek",
    "",
    "x" * 5_000,
    "<img src=x onerror=alert(1)>",
]


def fields(*headings: str, samples: list[list[str]] | None = None) -> list[str | None]:
    return [one.field for one in match(headings, samples or [])]


def test_every_field_has_its_synonyms() -> None:
    source = resources.files("organiser.roster").joinpath("synonyms.json").read_text(encoding="utf-8")
    assert set(json.loads(source)["fields"]) == set(FIELDS)
    assert len(FIELDS) == 37


def test_the_handbooks_table_of_headings_is_known() -> None:
    table = Path(__file__).parents[4] / "shared" / "data" / "header_synonyms.json"
    if not table.exists():
        pytest.skip("the handbook is not beside this checkout")
    words = [
        (word, field)
        for field, languages in json.loads(table.read_text(encoding="utf-8"))["fields"].items()
        for language in languages.values()
        for word in language
    ]
    other = {(word, field) for word, field in words if field_of(word) != field}
    assert other == {("Name", "last_name"), ("Lag", "association"), ("County", "district")}
    assert len(words) > 900


def test_the_headings_of_real_shaped_lists_are_known() -> None:
    assert {heading: field_of(heading) for heading in DALARNA} == DALARNA
    assert {heading: field_of(heading) for heading in VASTERNORRLAND} == VASTERNORRLAND


@pytest.mark.parametrize("damaged", DAMAGED)
def test_a_heading_damaged_on_the_way_is_still_known(damaged: str) -> None:
    assert field_of(damaged) is Field.FIRST_NAME


@pytest.mark.parametrize("heading", SOMEBODY_ELSE)
def test_a_column_about_somebody_else_stays_unmatched_even_when_it_holds_phones(heading: str) -> None:
    assert fields(heading, samples=[["070-1740605"], ["070-1740606"], ["070-1740607"]]) == [None]


@pytest.mark.parametrize("heading", SOMETHING_ELSE)
def test_a_column_about_something_else_stays_unmatched(heading: str) -> None:
    assert fields(heading) == [None]


@pytest.mark.parametrize(
    "heading", ["Får ringas", "Kan ringas", "May be called", "email_opt_in", "Nyhetsbrev"]
)
def test_a_permission_is_the_opposite_of_a_block(heading: str) -> None:
    (one,) = match([heading])
    assert one.field in (Field.DO_NOT_CALL, Field.DO_NOT_EMAIL)
    assert one.inverse


@pytest.mark.parametrize("heading", ["Spärr telefon", "Får ej ringas", "Do not call", "Ej e-post"])
def test_a_block_is_a_block(heading: str) -> None:
    assert field_of(heading) in (Field.DO_NOT_CALL, Field.DO_NOT_EMAIL)
    assert not is_inverse(heading)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Telefonummer", Field.PHONE),
        ("Medlemsnumer", Field.MEMBER_NUMBER),
        ("Efternamm", Field.LAST_NAME),
        ("Hem telefonnummer", Field.PHONE),
        ("Mobiltelefon privat", Field.MOBILE),
    ],
)
def test_a_heading_nearly_known_is_an_unsure_guess(heading: str, field: Field) -> None:
    (one,) = match([heading])
    assert (one.field, one.confidence) == (field, Confidence.UNSURE)


def test_a_guess_is_dropped_when_the_values_are_something_else() -> None:
    assert fields("Telefonummer", samples=[["blå"], ["röd"], ["grön"]]) == [None]


def test_values_give_an_unknown_column_away() -> None:
    headings = ("Kol 1", "Kol 2", "Kol 3", "Kol 4", "Kol 5")
    rows = [
        [f"070-17406{n:02}", f"m{n}@example.org", f"791 {n}", f"{31234500 + n}", "2024-03-01"]
        for n in range(10, 15)
    ]
    matches = match(headings, rows)
    assert [one.field for one in matches] == [Field.PHONE, Field.EMAIL, Field.POSTCODE, None, None]
    assert {one.confidence for one in matches[:3]} == {Confidence.UNSURE}


def test_of_two_columns_for_one_field_the_more_specific_wins() -> None:
    assert fields("ID", "Externt ID", "Förnamn") == [None, Field.MEMBER_NUMBER, Field.FIRST_NAME]
    assert fields("Kommentar", "Not", samples=[["", "x"]])[0] == Field.NOTE


def test_an_empty_column_loses_to_a_filled_one() -> None:
    assert fields("E-postadress", "Mejl", samples=[["", "anna@example.org"]]) == [None, Field.EMAIL]


def test_several_phone_columns_stand_side_by_side() -> None:
    assert fields("Mobil", "Telefon hem", "Telefon arbete", "Telefon", "Mobil 1") == [
        *("mobile", "home_phone", "work_phone", "phone", "mobile"),
    ]


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (("Namn", "Förnamn"), ["last_name", "first_name"]),
        (("Namn", "Telefon"), ["full_name", "phone"]),
        (("Name", "Vorname"), ["last_name", "first_name"]),
        (("Gatuadress", "Postadress"), ["street", "city"]),
        (("Postadress", "Postnr", "Ort"), ["street", "postcode", "city"]),
        (("Medlem t.o.m.", "Utträdesdatum"), ["paid_until", "left_on"]),
        (("Medlem t.o.m.", "Namn"), ["left_on", "full_name"]),
    ],
)
def test_an_ambiguous_heading_is_settled_by_its_company(
    headings: tuple[str, ...], expected: list[str]
) -> None:
    assert fields(*headings) == expected


@pytest.mark.parametrize(
    ("heading", "values", "field"),
    [
        ("Nr", ["1", "2", "3"], None),
        ("Nr", ["0022314", "0024527", "0028842"], Field.MEMBER_NUMBER),
        ("Pnr", ["79015", "78193", "78161"], Field.POSTCODE),
        ("Pnr", ["19900101-2385", "19170101-2393", "19900101-2385"], Field.IDENTITY_NUMBER),
        ("Medlem", ["Ja", "Nej", "Ja"], Field.MEMBER_STATUS),
        ("Medlem", ["Anna Berg", "Bo Ek", "Cia Ås"], Field.FULL_NAME),
        ("Nummer", ["0022314", "0024527", "0028842"], Field.MEMBER_NUMBER),
        ("Nummer", ["070-1740605", "", "070-1740606"], Field.PHONE),
    ],
)
def test_an_ambiguous_heading_is_settled_by_its_values(
    heading: str, values: list[str], field: Field | None
) -> None:
    assert fields(heading, samples=[[value] for value in values]) == [field]


@given(
    st.lists(st.text(max_size=30), max_size=8),
    st.lists(st.lists(st.text(max_size=12), max_size=9), max_size=4),
)
def test_any_headings_at_all_get_one_match_each(headings: list[str], samples: list[list[str]]) -> None:
    matches = match(headings, samples)
    assert [one.heading for one in matches] == headings
    assert [one.position for one in matches] == list(range(len(headings)))
    assert all((one.field is None) == (one.confidence is Confidence.NONE) for one in matches)
