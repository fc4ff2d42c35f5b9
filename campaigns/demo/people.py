"""The invented people: who they are, where they live, how they are reached."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from campaigns.demo.names import name_for, surname
from campaigns.demo.person import MAIL_DOMAINS, MEMBER, UNPAID, Person, ascii_name
from campaigns.demo.phones import HANDS, PhoneBook, is_mobile
from campaigns.demo.places import District, Municipality, towns_of

_STREETS = """
Storgatan, Kyrkvägen, Skolgatan, Björkvägen, Tallstigen, Bergsgatan, Kvarnvägen, Järnvägsgatan, Strandvägen,
Åsvägen, Älvgatan, Hantverkargatan, Norra Järnvägsgatan, Östra Storgatan, Fäbodvägen, Myrstigen, Slalomvägen,
Hyttgatan, Granvägen, Södra Ringvägen
"""
_DOORS = ("", "", "", "", " A", " B", "C", " lgh 1102", " lgh 1201")
_COUPLES, _ONE_MOBILE, _SAME_SURNAME = 0.12, 0.4, 0.7
_WITHOUT_MAIL, _WITHOUT_BIRTH_DATE = 0.2, 0.04
_PHONES = {(True, False): 66, (True, True): 12, (False, True): 16, (False, False): 6}
_AGES = ((33.0, 8.0), (55.0, 10.0), (70.0, 8.0))
_ADULT, _OLDEST = 18, 97


class Census:
    """Invents the people of one district as of a day; gives no member number or mail address twice."""

    def __init__(self, district: District, rng: Random, as_of: date, first_number: int) -> None:
        self.district = district
        self.as_of = as_of
        self.phones = PhoneBook(rng)
        self._rng = rng
        self._last_number = first_number
        self._mails: set[str] = set()
        self._streets = [street.strip() for street in _STREETS.split(",")]

    def everyone(self) -> list[Person]:
        """All members of the district, association by association, couples beside each other."""
        return [person for place in self.district.municipalities for person in self._association(place)]

    def newcomer(self, place: Municipality) -> Person:
        """One more member of the association, living in its municipality."""
        rng = self._rng
        born = self._born()
        gender = rng.choices(("K", "M", "X", ""), (51, 46, 1, 2))[0]
        woman = gender == "K" or (gender != "M" and rng.choice((True, False)))
        first, last = name_for(rng, born.year, woman=woman)
        street, postcode, town = self.address(place)
        joined_on = self._joined(born)
        paid_until = date(self.as_of.year - rng.choices((0, 1, 2), (63, 32, 5))[0], 12, 31)
        mobile, home = self._numbers(place)
        return Person(
            number=self.member_number(),
            first=first,
            last=last,
            gender=gender,
            born=None if rng.random() < _WITHOUT_BIRTH_DATE else born,
            association=place.name,
            street=street,
            postcode=postcode,
            town=town,
            joined_on=joined_on,
            paid_until=paid_until,
            mobile=mobile,
            home=home,
            hand=rng.randrange(HANDS),
            email="" if rng.random() < _WITHOUT_MAIL else self.mail(first, last, born.year),
            status=UNPAID if paid_until.year < self.as_of.year - 1 else MEMBER,
        )

    def member_number(self) -> str:
        """The next free member number: seven digits, the first of them zero."""
        self._last_number += self._rng.randint(1, 13)
        return f"{self._last_number:07d}"

    def address(self, place: Municipality) -> tuple[str, str, str]:
        """A made-up street address, with a postcode (five digits) and town of the municipality."""
        postcode, town = self._rng.choice(towns_of(place.code))
        street = f"{self._rng.choice(self._streets)} {self._rng.randint(1, 88)}{self._rng.choice(_DOORS)}"
        return street, postcode, town

    def mail(self, first: str, last: str, year: int) -> str:
        """An address at a domain that is reserved for examples, no two alike."""
        name, family = ascii_name(first), ascii_name(last)
        local = self._rng.choice(
            (f"{name}.{family}", f"{family}.{name}", f"{name}_{family}", f"{name}{year % 100:02d}")
        )
        domain = self._rng.choice(MAIL_DOMAINS)
        tries: Iterator[str] = (f"{local}{mark or ''}@{domain}" for mark in range(len(self._mails) + 2))
        address = next(mail for mail in tries if mail not in self._mails)
        self._mails.add(address)
        return address

    def _association(self, place: Municipality) -> list[Person]:
        group: list[Person] = []
        while len(group) < place.members:
            person = self.newcomer(place)
            group.append(person)
            if len(group) < place.members and self._rng.random() < _COUPLES:
                group.append(self._partner(person, place))
        return group

    def _partner(self, person: Person, place: Municipality) -> Person:
        """Someone who shares the person's home, and the landline in it or, for some, the only mobile."""
        rng = self._rng
        other = self.newcomer(place)
        last = person.last if rng.random() < _SAME_SURNAME else surname(rng)
        email = self.mail(other.first, last, other.joined_on.year) if other.email else ""
        home = replace(
            other, last=last, email=email, street=person.street, postcode=person.postcode, town=person.town
        )
        if person.home:
            return replace(home, home=person.home)
        return replace(home, mobile=person.mobile, home="") if rng.random() < _ONE_MOBILE else home

    def _born(self) -> date:
        """Members of a movement are grown-ups of all ages, most of them past fifty."""
        rng = self._rng
        age = rng.gauss(*rng.choice(_AGES))
        return self.as_of - timedelta(days=round(min(_OLDEST, max(_ADULT, age)) * 365.25) + 1)

    def _joined(self, born: date) -> date:
        grown = (self.as_of - born).days - 15 * 365
        return self.as_of - timedelta(days=min(round(self._rng.expovariate(1 / 2800)), max(grown, 0)))

    def _numbers(self, place: Municipality) -> tuple[str, str]:
        """Mobile and home number; some have only one of them, some none."""
        wants_mobile, wants_home = self._rng.choices(tuple(_PHONES), tuple(_PHONES.values()))[0]
        mobile = self.phones.draw(place.name, mobile=True) if wants_mobile else ""
        if mobile and not is_mobile(mobile):
            return "", mobile
        return mobile, self.phones.draw(place.name, mobile=False) if wants_home else ""
