"""Three months on: the same register again, with the new, the changed, the moved and those who left.

Those who stood twice under different numbers have been found and stand once.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from campaigns.demo.mess import Pencil
from campaigns.demo.names import surname
from campaigns.demo.people import Census
from campaigns.demo.person import DECEASED, LEFT, MEMBER, Person
from campaigns.demo.phones import HANDS, is_mobile

ABSENT, RESIGNED, DIED, MOVED, MOVED_NEARBY, NEW = 30, 6, 3, 16, 22, 55
NEW_PHONE, REWRITTEN_PHONE, FIRST_PHONE, LOST_PHONE = 36, 14, 18, 6
NEW_MAIL, NEW_SURNAME, NEW_BLOCKS, LIFTED_BLOCKS = 20, 5, 5, 2
_OLD = 1950
_RENEWED, _LEFT_AS_IT_WAS = 0.45, 0.5
_QUARTER = 91


class Quarter:
    """What three months did to the people of a district."""

    def __init__(self, census: Census, rng: Random, today: date) -> None:
        self._census = census
        self._rng = rng
        self._today = today
        self._places = {place.name: place for place in census.district.municipalities}

    def passes(self, before: list[Person]) -> list[Person]:
        """The register of today, given the one of three months ago; the absent are simply not in it."""
        people = [self._tidied(person) for person in before]
        pencil = Pencil(people, self._rng)
        gone = {person.number for person in pencil.mark([_same] * ABSENT)}
        for times, change, who in self._changes():
            pencil.mark([change] * times, who)
        self._lift_blocks(people, before)
        staying = [self._renewed(person) for person in people if person.number not in gone]
        return staying + [self._new() for _ in range(NEW)]

    def _changes(self) -> list[tuple[int, Callable[[Person], Person], Callable[[Person], bool]]]:
        return [
            (RESIGNED, self._resigned, _anyone),
            (DIED, self._died, lambda person: person.born is not None and person.born.year < _OLD),
            (MOVED, self._moved, _anyone),
            (MOVED_NEARBY, self._moved_nearby, _anyone),
            (NEW_PHONE, self._new_phone, lambda person: bool(person.mobile)),
            (REWRITTEN_PHONE, _rewritten, lambda person: bool(person.mobile or person.home)),
            (FIRST_PHONE, self._new_phone, lambda person: not person.mobile and not person.home),
            (
                LOST_PHONE,
                lambda person: replace(person, mobile=""),
                lambda person: bool(person.mobile and not person.home),
            ),
            (NEW_MAIL, self._new_mail, lambda person: bool(person.email)),
            (NEW_SURNAME, self._new_surname, _anyone),
            (NEW_BLOCKS, lambda person: replace(person, do_not_call=True), _anyone),
        ]

    def _tidied(self, person: Person) -> Person:
        """Someone at the office has mended about half of the damaged cells."""
        if not person.scribbles or self._rng.random() < _LEFT_AS_IT_WAS:
            return person
        mended = replace(person, scribbles={})
        return self._new_phone(mended) if "mobile" in person.scribbles else mended

    def _resigned(self, person: Person) -> Person:
        return replace(person, status=LEFT, left_on=self._lately())

    def _died(self, person: Person) -> Person:
        return replace(person, status=DECEASED, left_on=self._lately())

    def _moved(self, person: Person) -> Person:
        """To another association, with the mobile along unless somebody there has its number."""
        place = self._rng.choice(
            [place for name, place in self._places.items() if name != person.association]
        )
        street, postcode, town = self._census.address(place)
        home = self._census.phones.draw(place.name, mobile=False) if person.home else ""
        moved = replace(
            person, association=place.name, street=street, postcode=postcode, town=town, home=home
        )
        keeps = not person.mobile or self._census.phones.claim(place.name, person.mobile)
        return moved if keeps else self._new_phone(moved)

    def _moved_nearby(self, person: Person) -> Person:
        street, postcode, town = self._census.address(self._places[person.association])
        return replace(person, street=street, postcode=postcode, town=town)

    def _new_phone(self, person: Person) -> Person:
        number = self._census.phones.draw(person.association, mobile=True)
        return (
            replace(person, mobile=number) if is_mobile(number) else replace(person, mobile="", home=number)
        )

    def _new_mail(self, person: Person) -> Person:
        return replace(person, email=self._census.mail(person.first, person.last, self._today.year))

    def _new_surname(self, person: Person) -> Person:
        return replace(
            person, last=next(name for name in iter(lambda: surname(self._rng), "") if name != person.last)
        )

    def _lift_blocks(self, people: list[Person], before: list[Person]) -> None:
        """The file says these may be rung again. Whether they may is a person's to decide, not a file's."""
        blocked = [at for at, person in enumerate(before) if person.do_not_call]
        for at in self._rng.sample(blocked, LIFTED_BLOCKS):
            people[at] = replace(people[at], do_not_call=False)

    def _renewed(self, person: Person) -> Person:
        owes = person.paid_until.year < self._today.year and person.left_on is None
        if not owes or self._rng.random() > _RENEWED:
            return person
        return replace(person, paid_until=date(self._today.year, 12, 31), status=MEMBER)

    def _new(self) -> Person:
        places = list(self._places.values())
        place = self._rng.choices(places, [place.members for place in places])[0]
        paid_until = date(self._today.year, 12, 31)
        return replace(
            self._census.newcomer(place), joined_on=self._lately(), paid_until=paid_until, status=MEMBER
        )

    def _lately(self) -> date:
        return self._today - timedelta(days=self._rng.randint(1, _QUARTER - 3))


def _anyone(_: Person) -> bool:
    return True


def _same(person: Person) -> Person:
    return person


def _rewritten(person: Person) -> Person:
    """The same numbers, written in another way: no change at all."""
    return replace(person, hand=(person.hand + 1) % HANDS)
