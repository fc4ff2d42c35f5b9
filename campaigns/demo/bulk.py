"""A member list of any length, for measuring: as many invented people as asked for, written in a moment."""

import csv
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from campaigns.demo.dice import dice
from campaigns.demo.names import all_given_names, all_surnames
from campaigns.demo.person import MAIL_DOMAINS, ascii_name
from campaigns.demo.phones import many_fictional
from campaigns.demo.places import DISTRICTS, towns_of
from campaigns.demo.registers import SEED

HEADINGS = (
    "Medlemsnummer",
    "Förnamn",
    "Efternamn",
    "Födelsedatum",
    "Gatuadress",
    "Postnummer",
    "Postort",
    "Telefon",
    "E-post",
    "Partiförening",
    "Medlem sedan",
)
_FIRST_NUMBER = 1_000_000
_BATCH = 10_000


def big_file(path: Path, rows: int, seed: int = SEED) -> None:
    """Writes `rows` sound members to `path` (UTF-8, commas), each number fictional but valid in form.

    Numbers are distinct up to 91,395 rows, then they come again, as in households. Same rows and seed, same
    bytes. Memory does not grow with the length.
    """
    with path.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out, lineterminator="\n")
        table.writerow(HEADINGS)
        table.writerows(islice(_members(seed), rows))


def _members(seed: int) -> Iterator[tuple[str, ...]]:
    """Members without end, drawn in batches because one draw at a time is slow."""
    rng = dice(seed, "bulk")
    phones = many_fictional()
    given = [(name, ascii_name(name)) for name in all_given_names()]
    family = [(name, ascii_name(name)) for name in all_surnames()]
    homes = _homes()
    weights = [weight for weight, *_ in homes]
    at = 0
    while True:
        firsts, lasts = rng.choices(given, k=_BATCH), rng.choices(family, k=_BATCH)
        places, days = rng.choices(homes, weights, k=_BATCH), rng.choices(range(365 * 60), k=_BATCH)
        for (first, mail), (last, mail_last), (_, association, postcode, town), day in zip(
            firsts, lasts, places, days, strict=True
        ):
            number = _FIRST_NUMBER + at
            yield (
                str(number),
                first,
                last,
                f"{1944 + day // 365}-{day % 12 + 1:02d}-{day % 28 + 1:02d}",
                f"Storgatan {day % 97 + 1}",
                postcode,
                town,
                phones[at % len(phones)],
                f"{mail}.{mail_last}.{number}@{MAIL_DOMAINS[day % len(MAIL_DOMAINS)]}",
                association,
                f"{2005 + day % 20}-{day % 12 + 1:02d}-01",
            )
            at += 1


def _homes() -> list[tuple[float, str, str, str]]:
    """Every town of every association, with its share of the association's members."""
    places = [place for district in DISTRICTS for place in district.municipalities]
    return [
        (place.members / len(towns_of(place.code)), place.name, postcode, town)
        for place in places
        for postcode, town in towns_of(place.code)
    ]
