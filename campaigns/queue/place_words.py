"""What the places of a ledger are called, what happens next to those who stand there, and how it is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from campaigns.queue.ledger import Ledger
from campaigns.queue.places import LEFT, SETTLED, Place
from organiser.core.i18n import lazy

PLACE: dict[Place, Any] = {
    Place.TALKED: lazy("Talked with"),
    Place.OTHER_MEANS: lazy("Met in another way"),
    Place.ON_PHONE: lazy("On the phone just now"),
    Place.CALL_BACK: lazy("Promised a call"),
    Place.NOT_TRIED: lazy("Not tried yet"),
    Place.READY: lazy("To be tried again"),
    Place.RESTING: lazy("Resting"),
    Place.WAITS: lazy("Waits for the organiser"),
    Place.TRIED_OUT: lazy("Tried enough times"),
    Place.ASKED_NOT: lazy("Has asked not to be rung"),
    Place.NO_NUMBER: lazy("No number leads to them"),
    Place.CANNOT: lazy("May not be rung"),
}
NEXT_STEP: dict[Place, Any] = {
    Place.TALKED: lazy("Done. Nobody rings again in this round."),
    Place.OTHER_MEANS: lazy("Done: met, or answered the survey before. Nobody rings in this round."),
    Place.ON_PHONE: lazy("Their caller tells how it went."),
    Place.CALL_BACK: lazy("Rung first when their time comes."),
    Place.NOT_TRIED: lazy("Rung when it is their turn."),
    Place.READY: lazy("Rung when those not tried have been."),
    Place.RESTING: lazy("Back in the queue when they have rested."),
    Place.WAITS: lazy("Deal with it under To follow up."),
    Place.TRIED_OUT: lazy("Meet them in another way: a visit, a letter."),
    Place.ASKED_NOT: lazy("Left alone until they say otherwise."),
    Place.NO_NUMBER: lazy("Find a number, and they are rung."),
    Place.CANNOT: lazy("Left, under 18, protected, or moved away."),
}
SETTLED_KIND, LEFT_KIND, ASIDE_KIND = "part", "all", "half"


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One place: how many stand there of how many, and the swatch it is drawn with."""

    place: Place
    n: int
    of: int
    kind: str

    @property
    def word(self) -> Any:
        return PLACE[self.place]

    @property
    def next_step(self) -> Any:
        return NEXT_STEP[self.place]


def ledger_rows(ledger: Ledger, *, every: bool = False) -> Sequence[LedgerRow]:
    """The places of a ledger with somebody in them, or ``every`` one: settled first, then those left, then
    those aside. They add up to the audience.
    """
    places = [place for place in PLACE if every or ledger.places[place]]
    return [LedgerRow(place, ledger.places[place], ledger.audience, _kind(place)) for place in places]


def _kind(place: Place) -> str:
    if place in SETTLED:
        return SETTLED_KIND
    return LEFT_KIND if place in LEFT else ASIDE_KIND
