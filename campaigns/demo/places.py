"""Where the invented people live: two districts, their 22 municipalities with SCB codes, and real postcodes.

The postcodes are public facts (156 of them, from sjbrg/swedish-geodata, CC0 1.0), not a complete list. How
many members an association has is made up.
"""

import csv
import io
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

PARTY = "Partiet"
PARTY_SLUG = "partiet"


@dataclass(frozen=True, slots=True)
class Municipality:
    """One municipality, home of one association: its SCB code, its slug, and how many members to invent."""

    code: str
    name: str
    slug: str
    members: int


@dataclass(frozen=True, slots=True)
class District:
    """A district and the municipalities its associations cover."""

    code: str
    name: str
    slug: str
    municipalities: tuple[Municipality, ...]

    @property
    def members(self) -> int:
        return sum(place.members for place in self.municipalities)


def _municipalities(district: str, rows: tuple[tuple[str, str, str, int], ...]) -> tuple[Municipality, ...]:
    return tuple(
        Municipality(code, name, f"{district}-{slug}", members) for code, name, slug, members in rows
    )


DALARNA = District(
    "20",
    "Dalarna",
    "dalarna",
    _municipalities(
        "dalarna",
        (
            ("2021", "Vansbro", "vansbro", 7),
            ("2023", "Malung-Sälen", "malung-salen", 31),
            ("2026", "Gagnef", "gagnef", 20),
            ("2029", "Leksand", "leksand", 64),
            ("2031", "Rättvik", "rattvik", 42),
            ("2034", "Orsa", "orsa", 24),
            ("2039", "Älvdalen", "alvdalen", 13),
            ("2061", "Smedjebacken", "smedjebacken", 41),
            ("2062", "Mora", "mora", 90),
            ("2080", "Falun", "falun", 290),
            ("2081", "Borlänge", "borlange", 236),
            ("2082", "Säter", "sater", 46),
            ("2083", "Hedemora", "hedemora", 70),
            ("2084", "Avesta", "avesta", 98),
            ("2085", "Ludvika", "ludvika", 130),
        ),
    ),
)
VASTERNORRLAND = District(
    "22",
    "Västernorrland",
    "vasternorrland",
    _municipalities(
        "vasternorrland",
        (
            ("2260", "Ånge", "ange", 22),
            ("2262", "Timrå", "timra", 45),
            ("2280", "Härnösand", "harnosand", 102),
            ("2281", "Sundsvall", "sundsvall", 260),
            ("2282", "Kramfors", "kramfors", 57),
            ("2283", "Sollefteå", "solleftea", 72),
            ("2284", "Örnsköldsvik", "ornskoldsvik", 143),
        ),
    ),
)
DISTRICTS = (DALARNA, VASTERNORRLAND)


@cache
def towns_of(code: str) -> tuple[tuple[str, str], ...]:
    """The postcodes (five digits) and their towns in the municipality with this SCB code."""
    rows = csv.DictReader(
        io.StringIO(files(__package__).joinpath("postcodes.csv").read_text(encoding="utf-8"))
    )
    return tuple((row["postcode"], row["town"]) for row in rows if row["code"] == code)


def organisations_csv() -> str:
    """The party, its districts and their associations, as `ringlista org load` reads them: parents first."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(("slug", "name", "kind", "parent", "code"))
    table.writerow((PARTY_SLUG, PARTY, "party", "", ""))
    for district in DISTRICTS:
        table.writerow((district.slug, district.name, "district", PARTY_SLUG, district.code))
        for place in district.municipalities:
            table.writerow((place.slug, place.name, "association", district.slug, place.code))
    return out.getvalue()
