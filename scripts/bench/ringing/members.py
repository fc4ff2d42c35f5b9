"""Members to ring, as the file an association would send: invented, and some share a telephone at home."""

import csv
import io

from campaigns.demo.dice import dice
from campaigns.demo.names import all_given_names, all_surnames
from campaigns.demo.phones import many_fictional

HEADINGS = (
    "Medlemsnummer",
    "Förnamn",
    "Efternamn",
    "Födelsedatum",
    "Postort",
    "Mobil",
    "Hemtelefon",
    "Förening",
)
HOUSEHOLDS, HOME_PHONES = 0.15, 0.10
"""How many share the number of the one before them; how many more share only a second number with them."""


def member_list(count: int, associations: list[str]) -> bytes:
    """``count`` members, as many in each association, neighbours in the file being neighbours at home.

    Numbers are made at run time, of those that ring nobody.
    """
    rng = dice("ringing evening", count)
    given, family, fresh = all_given_names(), all_surnames(), iter(many_fictional())
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(HEADINGS)
    own = home = ""
    for place in range(count):
        chance, first_of_association = rng.random(), place * len(associations) % count < len(associations)
        shares = not first_of_association and bool(own)
        if not (shares and chance < HOUSEHOLDS):
            own = next(fresh)
        if not (shares and HOUSEHOLDS <= chance < HOUSEHOLDS + HOME_PHONES and home):
            home = next(fresh) if chance < 2 * (HOUSEHOLDS + HOME_PHONES) else ""
        table.writerow(
            (
                100_000 + place,
                rng.choice(given),
                rng.choice(family),
                f"{rng.randint(1940, 2000)}-0{rng.randint(1, 9)}-{rng.randint(10, 28)}",
                "Falun",
                own,
                home,
                associations[place * len(associations) // count],
            )
        )
    return out.getvalue().encode()
