"""The invented people: as many as promised, at home where they say, numbers and mails that reach nobody."""

import csv
import io
from collections import Counter, defaultdict
from datetime import date

import phonenumbers
import pytest

from campaigns.demo.dice import dice
from campaigns.demo.names import name_for
from campaigns.demo.person import MAIL_DOMAINS, Person, ascii_name
from campaigns.demo.phones import HANDS, LANDLINE, MOBILE, RESERVED, PhoneBook, many_fictional, written
from campaigns.demo.places import DALARNA, DISTRICTS, VASTERNORRLAND, organisations_csv, towns_of
from campaigns.demo.registers import Registers, draw

TODAY = date(2026, 11, 21)
EVERY_PLACE = [place for district in DISTRICTS for place in district.municipalities]


@pytest.fixture(scope="module")
def registers() -> Registers:
    return draw(TODAY)


@pytest.fixture(scope="module")
def people(registers: Registers) -> tuple[Person, ...]:
    return registers.people


def age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def test_the_same_day_and_seed_give_the_same_people_and_another_seed_others() -> None:
    assert draw(TODAY) == draw(TODAY)
    assert draw(TODAY).people != draw(TODAY, seed=7).people


def test_the_organisations_are_a_party_two_districts_and_22_municipalities_with_scb_codes() -> None:
    rows = list(csv.DictReader(io.StringIO(organisations_csv())))
    assert list(rows[0]) == ["slug", "name", "kind", "parent", "code"]
    assert Counter(row["kind"] for row in rows) == {"party": 1, "district": 2, "association": 22}
    assert rows[0] == {"slug": "partiet", "name": "Partiet", "kind": "party", "parent": "", "code": ""}
    seen: set[str] = set()
    for row in rows:
        assert not row["parent"] or row["parent"] in seen, "a parent stands above its children"
        seen.add(row["slug"])
    codes = {row["slug"]: row["code"] for row in rows}
    assert codes["dalarna-malung-salen"] == "2023"
    assert codes["vasternorrland-ornskoldsvik"] == "2284"
    assert all(row["code"].startswith(codes[row["parent"]]) for row in rows if row["kind"] == "association")


def test_every_association_has_as_many_members_as_it_should(people: tuple[Person, ...]) -> None:
    assert Counter(person.association for person in people) == {p.name: p.members for p in EVERY_PLACE}
    assert (DALARNA.members, VASTERNORRLAND.members) == (1202, 701)


def test_a_postcode_belongs_to_one_municipality_only() -> None:
    postcodes = [postcode for place in EVERY_PLACE for postcode, _ in towns_of(place.code)]
    assert len(postcodes) == len(set(postcodes)) == 156


def test_people_live_in_the_municipality_of_their_association(people: tuple[Person, ...]) -> None:
    codes = {place.name: place.code for place in EVERY_PLACE}
    for person in people:
        if not person.protected:
            assert (person.postcode, person.town) in towns_of(codes[person.association])


def test_every_number_is_one_of_the_495_that_ring_nobody(people: tuple[Person, ...]) -> None:
    assert len(set(RESERVED)) == 495
    assert {person.mobile for person in people} <= {"", *MOBILE}
    assert {person.home for person in people} <= {"", *LANDLINE}
    assert all(phonenumbers.is_valid_number(phonenumbers.parse(number, "SE")) for number in RESERVED), (
        "libphonenumber knows them"
    )


def test_only_a_couple_under_one_roof_shares_a_number(people: tuple[Person, ...]) -> None:
    holders: dict[tuple[str, str], list[Person]] = defaultdict(list)
    for person in people:
        for number in filter(None, (person.mobile, person.home)):
            holders[person.association, number].append(person)
    shared = [group for group in holders.values() if len(group) > 1]
    assert len(shared) > 30
    for group in shared:
        homes = {(person.street, person.postcode) for person in group if not person.protected}
        assert len(group) == 2
        assert len(homes) == 1


def test_some_have_no_phone_and_some_only_a_landline(people: tuple[Person, ...]) -> None:
    kinds = Counter((bool(person.mobile), bool(person.home)) for person in people)
    assert 0.04 < kinds[False, False] / len(people) < 0.10
    assert kinds[True, False] > kinds[False, True] > 100
    assert kinds[True, True] > 50


def test_every_mail_goes_to_a_reserved_domain_and_to_one_person(people: tuple[Person, ...]) -> None:
    mails = [person.email for person in people if person.email]
    assert {mail.partition("@")[2] for mail in mails} <= set(MAIL_DOMAINS)
    assert all(
        domain.endswith((".example", "example.com", "example.org", "example.net")) for domain in MAIL_DOMAINS
    )
    for district in (people[: DALARNA.members], people[DALARNA.members :]):
        own = [person.email for person in district if person.email]
        assert len(own) == len(set(own))
    assert 0.7 < len(mails) / len(people) < 0.9


def test_nine_are_under_18_a_few_lack_a_birth_date_and_all_joined_before_today(registers: Registers) -> None:
    born = [person.born for person in registers.people if person.born]
    assert sum(age(day, registers.drawn_on) < 18 for day in born) == 9
    assert sum(age(day, registers.today) < 18 for day in born) == 9
    assert 40 < len(registers.people) - len(born) < 120
    assert all(person.joined_on <= registers.drawn_on for person in registers.people)


def test_a_few_are_protected_and_hold_no_way_to_reach_them(people: tuple[Person, ...]) -> None:
    protected = [person for person in people if person.protected]
    assert len(protected) == 3
    assert not any(p.mobile or p.home or p.email or p.postcode or p.town for p in protected)
    assert sum(person.do_not_call for person in people) == 44


def test_names_fit_the_year_someone_was_born_and_keep_their_letters(people: tuple[Person, ...]) -> None:
    rng = dice(1)
    old = {name_for(rng, 1940, woman=True)[0] for _ in range(500)}
    young = {name_for(rng, 2004, woman=True)[0] for _ in range(500)}
    assert "Gunvor" in old - young
    assert "Wilma" in young - old
    letters = set("".join(person.first + person.last for person in people))
    assert set("åäöÅÖéł") <= letters
    assert ascii_name("Małgorzata Öhman-Đorđević") == "malgorzataohman-dordevic"


@pytest.mark.parametrize("number", ["0701740605", "0846500400", "0313900699", "0980319200"])
def test_a_number_is_written_in_seven_ways_that_all_mean_the_same(number: str) -> None:
    ways = {written(number, hand) for hand in range(HANDS)}
    assert len(ways) == HANDS
    assert {phonenumbers.parse(way, "SE").national_number for way in ways} == {int(number)}


def test_the_phone_book_gives_a_number_once_and_landlines_when_the_mobiles_are_out() -> None:
    book = PhoneBook(dice(1))
    drawn = [book.draw("Falun", mobile=True) for _ in range(495)]
    assert set(drawn[:95]) == set(MOBILE)
    assert set(drawn[95:]) == set(LANDLINE)
    assert not book.claim("Falun", MOBILE[0])
    assert book.claim("Mora", MOBILE[0])


def test_there_are_more_than_90_000_distinct_numbers_for_long_lists() -> None:
    numbers = many_fictional()
    assert len(numbers) == len(set(numbers)) > 90_000
    assert all(phonenumbers.is_valid_number(phonenumbers.parse(number)) for number in numbers[::500])
