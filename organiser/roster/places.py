"""Which association a list means by "Vänsterpartiet Falun", "V Falun", "FALUN" or 2080; never a guess."""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable
from typing import Generic, NamedTuple, TypeVar

from organiser.core.text import search_key, squeeze

LONGEST_PLACE = 120
"""Characters; nothing longer names an association."""

Id = TypeVar("Id", bound=Hashable)

_WORDS = re.compile(r"[^\W_]+")
_FILLERS = frozenset(
    {"v", "vp", "s", "sap", "mp", "c", "kd", "l", "m", "i", "for", "av", "och", "of", "the", "in"}
    | {"kommun", "kommunen", "kommuns", "kommunforening", "stad", "kommune", "municipality"}
    | {"partiforening", "partiforeningen", "forening", "foreningen", "lokalforening", "lokalforeningen"}
    | {
        "lokalavdelning",
        "lokalavdelningen",
        "avdelning",
        "avdelningen",
        "lokalorganisation",
        "klubb",
        "klubben",
    }
    | {"krets", "kretsen", "lokallag", "lag", "grundorganisation", "arbetarekommun", "grupp", "gruppen"}
    | {"association", "branch", "local", "chapter", "pf", "lf", "avd"},
)
_PARTY_ENDINGS = ("partiet", "demokraterna")


class Place(NamedTuple, Generic[Id]):
    """One association as the organisation knows it."""

    id: Id
    name: str
    code: str = ""
    slug: str = ""


class Associations(Generic[Id]):
    """The associations a file may name. ``above`` are the names of units over them, which may stand beside:
    "Falun, Dalarna".
    """

    def __init__(self, places: Iterable[Place[Id]], above: Iterable[str] = ()) -> None:
        self._by_code: dict[str, set[Id]] = defaultdict(set)
        self._by_words: dict[tuple[str, ...], set[Id]] = defaultdict(set)
        self._by_letters: dict[str, set[Id]] = defaultdict(set)
        self._above = {_words(name) for name in above}
        self._found: dict[str, Id | None] = {}
        for place in places:
            self._learn(place)

    def find(self, text: str) -> Id | None:
        """The one association that ``text`` names, or None: unknown, or more than one could be meant."""
        if text not in self._found:
            self._found[text] = self._search(squeeze(text)) if len(text) <= LONGEST_PLACE else None
        return self._found[text]

    def _learn(self, place: Place[Id]) -> None:
        if place.code:
            self._by_code[place.code.casefold()].add(place.id)
        if place.slug:
            self._by_code[place.slug.casefold()].add(place.id)
        self._by_letters[place.name.casefold()].add(place.id)
        words = _words(place.name)
        if words:
            self._by_words[words].add(place.id)
            self._by_words[(*words[:-1], f"{words[-1]}s")].add(place.id)

    def _search(self, text: str) -> Id | None:
        plain = text.casefold().removesuffix(".0")
        for known in (self._by_code.get(plain), self._by_letters.get(plain), self._named(_words(plain))):
            if known:
                return next(iter(known)) if len(known) == 1 else None
        return None

    def _named(self, words: tuple[str, ...]) -> set[Id]:
        """Every association whose whole name stands in the words, with only filling words beside it."""
        found: set[Id] = set()
        for start in range(len(words)):
            for end in range(start + 1, len(words) + 1):
                for one in self._by_words.get(words[start:end], ()):
                    beside = tuple(word for word in words[:start] + words[end:] if not self._fills(word, one))
                    if not beside or beside in self._above:
                        found.add(one)
        return found

    def _fills(self, word: str, one: Id) -> bool:
        return word in _FILLERS or word.endswith(_PARTY_ENDINGS) or one in self._by_code.get(word, ())


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORDS.findall(search_key(text)))
