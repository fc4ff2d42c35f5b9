"""Numbers that ring nobody: the 495 Swedish ones set aside for fiction, and foreign ones for longer lists.

The Swedish series are PTS's, kept for books and films. The foreign ones (555-01xx in the United States, five
French series, five German city blocks) are used only for lists made at run time to measure speed.
"""

from functools import cache
from random import Random

import phonenumbers

MOBILE = tuple(f"0701740{last}" for last in range(605, 700))
LANDLINE = (
    *(f"0846500{last}" for last in range(400, 500)),
    *(f"0313900{last}" for last in range(600, 700)),
    *(f"0406280{last}" for last in range(400, 500)),
    *(f"0980319{last}" for last in range(200, 300)),
)
RESERVED = MOBILE + LANDLINE
HANDS = 7

_FRENCH = ("19900", "26191", "35301", "46571", "53649")
_GERMAN = ("3023125", "6990009", "4066969", "2214710", "8999998")
_GROUPS = {"070": (3, 2, 2), "08": (3, 3, 2), "031": (3, 2, 2), "040": (3, 2, 2), "0980": (2, 2, 2)}


def written(number: str, hand: int) -> str:
    """A national number (digits) as one person writes it; `hand` (0 up to HANDS) is the habit."""
    area = next(area for area in _GROUPS if number.startswith(area))
    rest = number[len(area) :]
    pieces, at = [], 0
    for size in _GROUPS[area]:
        pieces.append(rest[at : at + size])
        at += size
    grouped = " ".join(pieces)
    return (
        f"{area}-{grouped}",
        f"{area}-{rest}",
        number,
        f"+46{number[1:]}",
        f"+46 {area[1:]} {grouped}",
        f"{area} {grouped}",
        f"+46 (0){area[1:]}-{grouped}",
    )[hand]


def is_mobile(number: str) -> bool:
    """Whether a reserved national number (digits) is a mobile's."""
    return number.startswith("070")


class PhoneBook:
    """Hands out reserved numbers so that two strangers in one association never get the same."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._taken: dict[str, set[str]] = {}

    def claim(self, association: str, number: str) -> bool:
        """Whether the number was free in the association; from now on it is taken there."""
        taken = self._taken.setdefault(association, set())
        free = number not in taken
        taken.add(number)
        return free

    def draw(self, association: str, *, mobile: bool) -> str:
        """A number nobody in the association has: a mobile if asked and any is left, else a landline."""
        taken = self._taken.setdefault(association, set())
        free = [number for number in MOBILE if number not in taken] if mobile else []
        free = free or [number for number in LANDLINE if number not in taken]
        number = self._rng.choice(free)
        taken.add(number)
        return number


@cache
def many_fictional() -> tuple[str, ...]:
    """91,395 distinct fictional numbers in E.164, all valid to libphonenumber, the Swedish ones first."""
    american = (f"+1{area}55501{last:02d}" for area in _american_areas() for last in range(100))
    french = (f"+33{series}{last:04d}" for series in _FRENCH for last in range(10_000))
    german = (f"+49{block}{last:03d}" for block in _GERMAN for last in range(1_000))
    return (*(f"+46{number[1:]}" for number in RESERVED), *american, *french, *german)


def _american_areas() -> list[int]:
    """Area codes where 555-01xx is a number of the United States, neither toll-free nor premium."""
    found = []
    for area in range(201, 990):
        number = phonenumbers.parse(f"+1{area}5550123")
        plain = phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE
        if plain and phonenumbers.region_code_for_number(number) == "US":
            found.append(area)
    return found
