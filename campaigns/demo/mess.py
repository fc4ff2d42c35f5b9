"""What real lists look like: wrong cells, notes, blocks, people entered twice. What an import must notice."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from campaigns.demo.people import Census
from campaigns.demo.person import Person

Change = Callable[[Person], Person]

BAD_PHONES = (
    "070-174",
    "saknas",
    "hemligt nummer",
    "ring till sonen",
    "0701740605 / 031-3900600",
    "070-174 06 05 (jobbet)",
    "7,01740605E+08",
    "O70-1740605",
)
BAD_MAILS = (
    "kim@@example.com",
    "robin@example",
    "saknas",
    "sam @example.org",
    "mejl: alex@example.net",
    "ti@example.com;pe@example.org",
)
BAD_DATES = ("1971-02-30", "1958", "okänt")
_BAD_NAMES = (
    ("last", "LINDSTRÖM"),
    ("last", "Wi?niewska"),
    ("last", "LindstrÃ¶m"),
    ("first", " anna-karin "),
)
_BAD_PLACES = ("", "", "", "Rättvik/Leksand")
_NOTES = (
    "Nås lättast efter klockan 18",
    "Vill ha kallelser på papper",
    "Skjutsar gärna till möten; har plats för tre",
    'Kallas "Lillen" i föreningen',
    "Flyttar snart\nhör själv av sig med ny adress",
    "Var kassör för några år sedan",
    "Bakar till studiecirkeln",
    "Svarar helst på sms",
    '=HYPERLINK("https://example.com";"öppna")',
)
_GUESTS = ("c/o Lindberg", "C/O Rask", "c/o Hedman", "c/o Åström")
_PROTECTED_STREET = "Skyddade personuppgifter"
_YOUNG_NAMES = 1990
_BIG = frozenset({"Falun", "Borlänge", "Ludvika"})


class Pencil:
    """Changes people here and there in a list, never the same plain person twice."""

    def __init__(self, people: list[Person], rng: Random) -> None:
        self.people = people
        self._rng = rng
        self._free = set(range(len(people)))

    def mark(self, changes: Iterable[Change], who: Callable[[Person], bool] = lambda _: True) -> list[Person]:
        """Each change happens to one plain person for whom `who` holds; the changed people come back."""
        marked = []
        for change in changes:
            at = self._rng.choice(
                [at for at in sorted(self._free) if self.people[at].plain and who(self.people[at])]
            )
            self._free.remove(at)
            self.people[at] = change(self.people[at])
            marked.append(self.people[at])
        return marked


def _scribble(field: str, text: str) -> Change:
    return lambda person: replace(person, scribbles={field: text})


def _bad_phone(text: str) -> Change:
    return lambda person: replace(person, mobile="", home="", scribbles={"mobile": text})


def _noted(text: str) -> Change:
    return lambda person: replace(person, note=text)


def _guest(text: str) -> Change:
    return lambda person: replace(person, co=text)


def _blocked(person: Person) -> Person:
    return replace(person, do_not_call=True)


def _protected(person: Person) -> Person:
    """A protected identity: the register holds neither address nor number."""
    hidden = replace(person, protected=True, street=_PROTECTED_STREET, postcode="", town="")
    return replace(hidden, mobile="", home="", email="")


def _young(as_of: date) -> Change:
    """Fifteen years old, and still under age when the later list is drawn."""
    born = as_of - timedelta(days=round(15.5 * 365.25))
    return lambda person: replace(person, born=born, joined_on=as_of - timedelta(days=60))


def life(pencil: Pencil, as_of: date, *, blocks: int, protected: int, young: int) -> None:
    """What is true of a few anywhere: a block, a protected identity, being under 18, a note, a guest."""
    pencil.mark([_blocked] * blocks)
    pencil.mark([_protected] * protected)
    pencil.mark(
        [_young(as_of)] * young,
        who=lambda person: person.born is not None and person.born.year >= _YOUNG_NAMES,
    )
    pencil.mark(map(_noted, _NOTES))
    pencil.mark(map(_guest, _GUESTS))


def damage(pencil: Pencil) -> None:
    """Cells that someone filled in wrongly, or that a program spoilt on the way."""
    pencil.mark(map(_bad_phone, BAD_PHONES))
    pencil.mark(_scribble("email", text) for text in BAD_MAILS)
    pencil.mark(_scribble("born", text) for text in BAD_DATES)
    pencil.mark(_scribble(field, text) for field, text in _BAD_NAMES)
    pencil.mark([_scribble("postcode", "791 3")])
    pencil.mark(
        (_scribble("association", text) for text in _BAD_PLACES),
        who=lambda person: person.association in _BIG,
    )


def entered_twice(people: list[Person], census: Census, rng: Random) -> list[Person]:
    """Rows to add: four typed in again, five under new numbers, one under its own with another street."""
    known = [person for person in people if person.plain and person.born and person.email and person.mobile]
    chosen = rng.sample(known, 10)
    again, twins, other = chosen[:4], chosen[4:9], chosen[9]
    changed = [
        replace(twin, number=census.member_number(), last=twin.last.upper() if at % 2 else twin.last, hand=0)
        for at, twin in enumerate(twins)
    ]
    return [*again, *changed, replace(other, street="Okänd gata 1")]
