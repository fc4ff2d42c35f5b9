"""A list's word for an association finds that one or none, and never another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organiser.core.text import without_accents
from organiser.roster.places import Associations, Place

DALARNA = {
    "Vansbro": "2021",
    "Malung-Sälen": "2023",
    "Gagnef": "2026",
    "Leksand": "2029",
    "Rättvik": "2031",
    "Orsa": "2034",
    "Älvdalen": "2039",
    "Smedjebacken": "2061",
    "Mora": "2062",
    "Falun": "2080",
    "Borlänge": "2081",
    "Säter": "2082",
    "Hedemora": "2083",
    "Avesta": "2084",
    "Ludvika": "2085",
}
PLACES = [
    Place(name, name, code, f"dalarna-{without_accents(name.casefold())}") for name, code in DALARNA.items()
]


@pytest.fixture
def associations() -> Associations[str]:
    return Associations(PLACES, above=["Partiet", "Dalarna"])


SPELLINGS = [
    "{name}",
    "Vänsterpartiet {name}",
    "V {name}",
    "{name} kommun",
    "{upper}",
    "{plain}",
    "Partiföreningen i {name}",
    "{code}",
    " vänsterpartiet  {lower} ",
    "{name} ({code})",
    "{code} {name}",
    "{name}s partiförening",
    "Partiföreningen {name}, Dalarna",
    "{code}.0",
    "dalarna-{slug}",
]


@pytest.mark.parametrize("name", DALARNA)
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_usual_spelling_finds_its_association(
    associations: Associations[str], name: str, spelling: str
) -> None:
    text = spelling.format(
        name=name,
        upper=name.upper(),
        lower=name.lower(),
        plain=without_accents(name).replace("-", " "),
        code=DALARNA[name],
        slug=without_accents(name.casefold()),
    )
    assert associations.find(text) == name


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "-",
            "saknas",
            "Falum",
            "Fal",
            "Falunda",
            "Falun Norra",
            "Mora och Orsa",
            "Mora Orsa",
            "Morarp",
        ),
        *(
            "Vänsterpartiet",
            "Vänsterpartiet Dalarna",
            "Partiet",
            "2099",
            "208",
            "20800",
            "2081 Falun",
            "Malung",
        ),
        *("Sälen", "Sundsvall", "Ånge", "Hede mora", "Kommunen", "x" * 5_000),
    ],
)
def test_a_near_miss_finds_nothing(associations: Associations[str], text: str) -> None:
    assert associations.find(text) is None


def test_accents_tell_two_places_apart_and_without_them_neither_is_guessed() -> None:
    places = Associations([Place(1, "Ånge"), Place(2, "Ange")])
    assert places.find("Ånge") == 1
    assert places.find("ange") == 2
    assert places.find("V Ange kommun") is None


def test_of_two_associations_with_one_name_neither_is_guessed() -> None:
    places = Associations([Place(1, "Norra", "1"), Place(2, "Norra", "2")])
    assert places.find("Norra") is None
    assert places.find("2") == 2


def test_half_the_name_of_a_district_does_not_stand_beside_an_association() -> None:
    places = Associations([Place(1, "Falun")], above=["Norra Dalarna"])
    assert places.find("Falun, Norra Dalarna") == 1
    assert places.find("Falun Norra") is None


def test_a_longer_name_is_not_taken_for_the_shorter_one_in_it() -> None:
    places = Associations([Place(1, "Falun"), Place(2, "Falun Norra")])
    assert places.find("Vänsterpartiet Falun Norra") == 2
    assert places.find("Vänsterpartiet Falun") == 1


@given(st.text(max_size=130))
def test_any_text_finds_one_association_or_none(text: str) -> None:
    assert Associations(PLACES).find(text) in (None, *DALARNA)
