"""Names in one column taken apart: "Efternamn, Förnamn", or the words in the order people say them."""

from typing import NamedTuple

from organiser.core.text import squeeze
from organiser.roster.problems import ProblemKind

_PARTICLES = frozenset(
    {
        "von",
        "van",
        "af",
        "av",
        "de",
        "da",
        "di",
        "del",
        "della",
        "der",
        "den",
        "des",
        "du",
        "la",
        "le",
        "ter",
        "ten",
    }
    | {"zu", "zum", "zur", "al", "el", "bin", "ben", "ibn", "abu", "dos", "das", "st", "mac"},
)
_TWO, _THREE = 2, 3


class NameRead(NamedTuple):
    """First and last name as they are kept, and what is to be told."""

    first: str = ""
    last: str = ""
    problem: ProblemKind | None = None


def read_full_name(text: str, *, family_first: bool = False) -> NameRead:
    """Both names out of one cell. ``family_first`` is what the heading said ("Efternamn Förnamn"). Where the
    words could be parted in two ways it is told; a single name is kept as the family name and told.
    """
    name = squeeze(text).strip(", ")
    last, comma, first = name.partition(",")
    if comma:
        return NameRead(first.strip(" ,"), last.strip())
    words = name.split(" ")
    if len(words) < _TWO:
        return NameRead("", name, ProblemKind.NAME_ONE_ONLY if name else None)
    if family_first:
        at = _family_ends(words)
        return NameRead(" ".join(words[at:]), " ".join(words[:at]), _guessed(words[at:]))
    at = _family_begins(words)
    told = None if words[at].casefold() in _PARTICLES else _guessed(_without_call_name(words))
    return NameRead(" ".join(words[:at]), " ".join(words[at:]), told)


def _family_begins(words: list[str]) -> int:
    """At a particle ("von Essen"), else at the last word; of four words at the third."""
    for at, word in enumerate(words[1:-1], start=1):
        if word.casefold() in _PARTICLES:
            return at
    plain = _without_call_name(words)
    return len(words) - (_TWO if len(plain) > _THREE else 1)


def _family_ends(words: list[str]) -> int:
    """After the first word, particles not counted, when the family name comes first."""
    at = 0
    while at < len(words) - _TWO and words[at].casefold() in _PARTICLES:
        at += 1
    return at + 1


def _without_call_name(words: list[str]) -> list[str]:
    return [word for word in words if not (word.startswith("(") and word.endswith(")"))]


def _guessed(words: list[str]) -> ProblemKind | None:
    return ProblemKind.NAME_GUESSED if len(words) > _TWO else None
