"""The registers the demo's files are written from: two districts three months ago, and one of them today."""

from dataclasses import dataclass
from datetime import date, timedelta

from campaigns.demo import mess
from campaigns.demo.dice import dice
from campaigns.demo.later import Quarter
from campaigns.demo.people import Census
from campaigns.demo.person import Person
from campaigns.demo.places import DALARNA, VASTERNORRLAND

SEED = 2024
QUARTER = timedelta(days=91)


@dataclass(frozen=True, slots=True)
class Registers:
    """Rows in the order of their files; `dalarna` holds some twice, `people` each member number once."""

    people: tuple[Person, ...]
    dalarna: tuple[Person, ...]
    vasternorrland: tuple[Person, ...]
    dalarna_later: tuple[Person, ...]
    drawn_on: date
    today: date


def draw(today: date, seed: int = SEED) -> Registers:
    """All registers as of `today` and of a quarter earlier (`drawn_on`); same day and seed, same people."""
    drawn_on = today - QUARTER
    rng = dice(seed, "dalarna")
    census = Census(DALARNA, rng, drawn_on, first_number=20_000)
    people = census.everyone()
    pencil = mess.Pencil(people, rng)
    mess.life(pencil, drawn_on, blocks=30, protected=2, young=6)
    mess.damage(pencil)
    extra = mess.entered_twice(people, census, rng)
    rows = rng.sample(people + extra, len(people) + len(extra))
    later = Quarter(census, rng, today).passes(people)
    northern = _vasternorrland(drawn_on, seed)
    return Registers(
        people=(*people, *northern),
        dalarna=tuple(rows),
        vasternorrland=tuple(northern),
        dalarna_later=tuple(rng.sample(later, len(later))),
        drawn_on=drawn_on,
        today=today,
    )


def _vasternorrland(drawn_on: date, seed: int) -> list[Person]:
    rng = dice(seed, "vasternorrland")
    census = Census(VASTERNORRLAND, rng, drawn_on, first_number=700_000)
    people = census.everyone()
    mess.life(mess.Pencil(people, rng), drawn_on, blocks=14, protected=1, young=3)
    return people
