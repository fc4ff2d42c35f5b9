"""The practice round: three invented people, what happens when one rings them, and where somebody is in it.

Nothing of it is stored: where one is stands signed in the page's address, and nowhere else.
"""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from campaigns.queue.outcomes import Outcome
from organiser.core.i18n import lazy

MOST = 200
"""No address grows longer than this many signs of what was told."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who does not exist; ``numbers`` are of the series reserved for that."""

    first_name: str
    last_name: str
    city: str
    joined: int
    numbers: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"


@dataclass(frozen=True, slots=True)
class Situation:
    """One ring: whom, on which of their numbers, what is heard, and which answer it teaches. ``asks``: they
    answer a question first.
    """

    person: int
    number: int
    heard: Any
    teaches: Outcome
    asks: bool = False


PEOPLE = (
    Person("Signe", "Hallqvist", "Kyrkbyn", 2019, ("+46701740651",)),
    Person("Yusuf", "Norrman", "Sjövik", 2022, ("+46701740652", "+46313900652")),
    Person("Karin", "Ekbäck", "Norrby", 2015, ("+46701740653",)),
)
ROUND = (
    Situation(0, 0, lazy("It rings and rings. Nobody answers."), Outcome.NO_ANSWER),
    Situation(
        1,
        0,
        lazy("“Yusuf? There is no Yusuf here. I have had this number for two years.”"),
        Outcome.WRONG_NUMBER,
    ),
    Situation(
        1,
        1,
        lazy("“Yes, this is Yusuf! I am at work just now. Can you ring tomorrow evening?”"),
        Outcome.TALKED_CALL_BACK,
    ),
    Situation(
        2,
        0,
        lazy("“This is Karin. How nice that you ring! I have five minutes.”"),
        Outcome.TALKED,
        asks=True,
    ),
)


@dataclass(frozen=True, slots=True)
class Practice:
    """How far somebody has come: at which situation, whether the number is shown and rung, what was answered
    there, what was told of those before, and which list it is for.
    """

    at: int = 0
    shown: bool = False
    rung: bool = False
    answer: str = ""
    told: tuple[str, ...] = ()
    list_id: UUID | None = None

    @property
    def is_over(self) -> bool:
        return self.at >= len(ROUND)

    @property
    def situation(self) -> Situation:
        """The one now."""
        return ROUND[self.at]

    @property
    def person(self) -> Person:
        """Whom one rings now."""
        return PEOPLE[self.situation.person]

    @property
    def number(self) -> str:
        return self.person.numbers[self.situation.number]

    @property
    def people_done(self) -> int:
        """How many people one is through with."""
        return len(PEOPLE) if self.is_over else self.situation.person

    @property
    def last(self) -> tuple[Situation, str] | None:
        """The situation just told of, and what was told: an outcome, its time (if any) after an @."""
        return (ROUND[self.at - 1], self.told[-1]) if self.told else None

    def tell(self, answer: str) -> "Practice":
        """On to the next situation, after one tap."""
        return replace(
            self, at=self.at + 1, shown=False, rung=False, answer="", told=(*self.told, answer[:MOST])
        )

    def take_back(self) -> "Practice":
        """Back to the situation before, where it was when one tapped."""
        if not self.told:
            return self
        return replace(self, at=self.at - 1, shown=True, rung=True, answer="", told=self.told[:-1])

    def as_json(self) -> list[object]:
        """As ``read_json`` reads it."""
        own = str(self.list_id) if self.list_id else ""
        return [self.at, int(self.shown), int(self.rung), self.answer, list(self.told), own]


def read_json(told: Any) -> Practice:
    """Where somebody is, as ``as_json`` wrote it. Raises ``ValueError`` for anything else."""
    match told:
        case [int(at), int(shown), int(rung), str(answer), [*heard], str(own)] if (
            len(heard) == at <= len(ROUND)
        ):
            return Practice(
                at, bool(shown), bool(rung), answer, tuple(map(str, heard)), UUID(own) if own else None
            )
        case _:
            raise ValueError(repr(told))
