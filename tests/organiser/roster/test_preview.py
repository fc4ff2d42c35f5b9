"""Before anything is written an import says what becomes of every row."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from organiser.roster.columns import settle_columns
from organiser.roster.headings import match
from organiser.roster.places import Associations, Place
from organiser.roster.preview import DecisionKind, Known, KnownPhone, Plan, plan_import
from organiser.roster.problems import ProblemKind
from organiser.roster.rows import Row, read_row
from tests.organiser.roster.register import applied

TODAY = date(2026, 11, 21)
PLACES = [Place("falun", "Falun", "2080"), Place("mora", "Mora", "2062"), Place("orsa", "Orsa", "2034")]


def rows(*people: Mapping[str, str]) -> list[Row]:
    headings = list(dict.fromkeys(heading for person in people for heading in person))
    settled = settle_columns(match(headings), TODAY)
    return [
        read_row(line, [person.get(heading, "") for heading in headings], settled)
        for line, person in enumerate(people, start=2)
    ]


def plan(people: Iterable[Mapping[str, str]], known: Iterable[Known] = ()) -> Plan:
    return plan_import(rows(*people), known, Associations(PLACES), "dalarna")


def told(planned: Plan) -> list[ProblemKind]:
    return [problem.kind for problem in planned.problems]


ANNA = {
    "Medlemsnr": "0001",
    "Förnamn": "Anna",
    "Efternamn": "Berg",
    "Född": "1956-04-12",
    "Mobil": "070-174 06 05",
    "E-post": "anna@example.org",
    "Partiförening": "Vänsterpartiet Falun",
    "Spärr telefon": "Nej",
}
BO = {**ANNA, "Medlemsnr": "0002", "Förnamn": "Bo", "Född": "1960-01-01", "E-post": "bo@example.org"}


def known_anna(**differences: Any) -> Known:
    (anna,) = applied(plan([ANNA]))
    return replace(anna, **differences)


def test_somebody_new_is_created_in_the_association_the_row_names() -> None:
    (decision,) = plan([ANNA]).decisions
    assert (decision.kind, decision.organisation_id, decision.problems) == ("created", "falun", ())


@pytest.mark.parametrize("named", ["", "Sundsvall"])
def test_somebody_new_without_a_known_association_comes_to_the_named_unit_and_it_is_told(named: str) -> None:
    planned = plan([{**ANNA, "Partiförening": named}])
    assert planned.decisions[0].organisation_id == "dalarna"
    assert told(planned) == [ProblemKind.NO_ASSOCIATION]


def test_a_file_without_a_column_of_associations_is_not_told_it_row_by_row() -> None:
    person = {heading: cell for heading, cell in ANNA.items() if heading != "Partiförening"}
    planned = plan_import(rows(person), [], Associations(PLACES), "falun", tells_association=False)
    assert (planned.decisions[0].organisation_id, told(planned)) == ("falun", [])


def test_the_same_row_again_is_unchanged() -> None:
    planned = plan([ANNA], [known_anna()])
    assert planned.counts()["unchanged"] == 1
    assert planned.decisions[0].member_id == "m0"


def test_a_change_is_shown_field_by_field() -> None:
    planned = plan([{**ANNA, "Efternamn": "Lind", "E-post": "a.lind@example.org"}], [known_anna()])
    assert planned.decisions[0].kind is DecisionKind.UPDATED
    assert planned.decisions[0].changes == {
        "last_name": ("Berg", "Lind"),
        "email": ("anna@example.org", "a.lind@example.org"),
    }


def test_an_empty_cell_clears_nothing() -> None:
    bare = {"Medlemsnr": "0001", **dict.fromkeys([h for h in ANNA if h != "Medlemsnr"], "")}
    assert plan([bare], [known_anna(extra={"Kod": "7"})]).counts()["unchanged"] == 1


def test_a_move_is_an_update_with_its_from_and_to() -> None:
    planned = plan([{**ANNA, "Partiförening": "Mora"}], [known_anna()])
    (decision,) = planned.decisions
    assert (decision.moved, decision.changes) == (("falun", "mora"), {})
    assert (planned.counts()["moved"], planned.counts()["updated"]) == (1, 1)


@pytest.mark.parametrize(("named", "kinds"), [("", []), ("Sundsvall", [ProblemKind.NO_ASSOCIATION])])
def test_somebody_known_stays_where_they_are_when_the_association_is_unknown(
    named: str, kinds: list[ProblemKind]
) -> None:
    planned = plan([{**ANNA, "Partiförening": named}], [known_anna()])
    assert (planned.counts()["unchanged"], told(planned)) == (1, kinds)


def test_a_later_identical_row_is_a_duplicate_and_a_different_one_is_refused() -> None:
    planned = plan([ANNA, ANNA, {**ANNA, "Efternamn": "Lind"}])
    assert [decision.kind for decision in planned.decisions] == ["created", "duplicate", "refused"]
    assert told(planned) == [ProblemKind.NUMBER_TWICE]
    assert planned.counts()["phones_valid"] == 1


def test_the_same_person_under_two_numbers_is_created_and_told() -> None:
    planned = plan([ANNA, {**ANNA, "Medlemsnr": "0009", "E-post": "", "Mobil": ""}])
    assert planned.counts()["created"] == 2
    assert [(p.kind, p.text) for p in planned.problems] == [(ProblemKind.PROBABLE_DUPLICATE, "0001")]


def test_the_same_person_as_one_we_know_under_another_number_is_told() -> None:
    planned = plan([{**ANNA, "Medlemsnr": "0009"}], [known_anna()])
    assert [(p.kind, p.text) for p in planned.problems] == [(ProblemKind.PROBABLE_DUPLICATE, "0001")]


def test_namesakes_with_their_own_birthdays_are_two_people() -> None:
    planned = plan([ANNA, {**ANNA, "Medlemsnr": "0009", "Född": "1990-01-01"}])
    assert (planned.counts()["created"], told(planned)) == (2, [])


def test_a_number_of_somebody_outside_the_unit_is_refused() -> None:
    planned = plan([ANNA], [known_anna(in_scope=False)])
    assert (planned.counts()["refused"], told(planned)) == (1, [ProblemKind.NUMBER_ELSEWHERE])


def test_a_number_that_lost_its_zeros_is_the_same_member_and_told() -> None:
    planned = plan([{**ANNA, "Medlemsnr": "1"}], [known_anna()])
    assert (planned.counts()["unchanged"], told(planned)) == (1, [ProblemKind.NUMBER_ZEROS])


def test_lost_zeros_are_not_guessed_at_when_two_members_would_fit() -> None:
    two = [known_anna(values={}, phones=()), known_anna(id="m1", number="01", values={}, phones=())]
    assert plan([{**ANNA, "Medlemsnr": "1"}], two).counts()["created"] == 1


@pytest.mark.parametrize("key", ["E-post", "Mobil", "Född"])
def test_without_a_number_the_name_and_one_more_thing_tell_who_it_is(key: str) -> None:
    person = {"Förnamn": "ANNA", "Efternamn": "berg", key: ANNA[key]}
    (decision,) = plan([person], [known_anna()]).decisions
    assert decision.member_id == "m0"


def test_without_a_number_the_postcode_is_the_last_thing_asked() -> None:
    anna = known_anna(values={"first_name": "Anna", "last_name": "Berg", "postcode": "79171"})
    planned = plan([{"Förnamn": "Anna", "Efternamn": "Berg", "Postnr": "791 71"}], [anna])
    assert planned.counts()["unchanged"] == 1


def test_the_address_of_another_name_is_another_person() -> None:
    planned = plan([{"Förnamn": "Bo", "Efternamn": "Berg", "E-post": ANNA["E-post"]}], [known_anna()])
    assert planned.counts()["created"] == 1


def test_where_several_fit_somebody_new_is_created_and_told_and_the_next_time_found() -> None:
    two = [
        known_anna(id=name, number=None, values={"first_name": "Anna", "last_name": "Berg", "street": name})
        for name in ("Storgatan 1", "Storgatan 2")
    ]
    person = {"Förnamn": "Anna", "Efternamn": "Berg", "Mobil": ANNA["Mobil"], "Adress": "Storgatan 3"}
    planned = plan([person], two)
    assert planned.counts()["created"] == 1
    assert told(planned)[0] is ProblemKind.SEVERAL_FIT
    assert plan([person], applied(planned, two)).counts()["unchanged"] == 1


def test_nobody_outside_the_unit_is_met_by_name_or_told_of() -> None:
    planned = plan([{**ANNA, "Medlemsnr": ""}, {**ANNA, "Medlemsnr": "0009"}], [known_anna(in_scope=False)])
    assert [decision.member_id for decision in planned.decisions] == [None, None]
    assert "0001" not in [problem.text for problem in planned.problems]


def test_a_number_comes_to_somebody_we_knew_without_one() -> None:
    planned = plan([ANNA], [known_anna(number=None)])
    assert planned.decisions[0].changes == {"member_number": (None, "0001")}


def test_two_rows_never_change_one_member() -> None:
    person = {"Förnamn": "Anna", "Efternamn": "Berg", "E-post": ANNA["E-post"], "Ort": "Falun"}
    planned = plan([ANNA, {**person, "Medlemsnr": "", "Ort": "Mora"}], [known_anna()])
    assert [decision.member_id for decision in planned.decisions] == ["m0", None]


@pytest.mark.parametrize("written", ["0701740605", "+46 70 174 06 05", "701740605"])
def test_a_number_written_otherwise_is_no_change(written: str) -> None:
    assert plan([{**ANNA, "Mobil": written}], [known_anna()]).counts()["unchanged"] == 1


def test_a_new_number_takes_the_place_of_the_one_from_the_same_column() -> None:
    planned = plan([{**ANNA, "Mobil": "070-1740606", "Telefon hem": "031-3900600"}], [known_anna()])
    (decision,) = planned.decisions
    assert decision.changes["phones"] == (("+46701740605",), ("+46701740606", "+46313900600"))
    assert decision.drop_phones == ("+46701740605",)


def test_a_number_a_person_wrote_down_is_never_taken_away() -> None:
    anna = known_anna(phones=(KnownPhone("+46701740605", "mobile", from_file=False),))
    (decision,) = plan([{**ANNA, "Mobil": "070-1740606"}], [anna]).decisions
    assert (decision.drop_phones, decision.changes["phones"][1]) == ((), ("+46701740605", "+46701740606"))


def test_a_number_known_by_another_name_is_not_added_twice() -> None:
    anna = known_anna(phones=(KnownPhone("+46701740605", "home"),))
    assert plan([ANNA], [anna]).counts()["unchanged"] == 1


def test_a_file_sets_a_block_and_lifts_its_own() -> None:
    planned = plan([{**ANNA, "Spärr telefon": "Ja"}], [known_anna()])
    assert planned.decisions[0].changes == {"do_not_call": (False, True)}
    blocked = applied(planned, [known_anna()])
    assert plan([ANNA], blocked).decisions[0].changes == {"do_not_call": (True, False)}


def test_a_file_never_lifts_a_block_a_person_set() -> None:
    planned = plan([ANNA], [known_anna(blocks={"do_not_call": True})])
    assert (planned.counts()["unchanged"], told(planned)) == (1, [ProblemKind.BLOCK_KEPT])


def test_a_block_that_stands_is_not_set_again() -> None:
    blocked = {**ANNA, "Spärr telefon": "Ja"}
    assert plan([blocked], [known_anna(blocks={"do_not_call": True})]).counts()["unchanged"] == 1


def test_absent_are_those_in_scope_whom_the_file_does_not_mention() -> None:
    others = [
        known_anna(id="here", number="0005"),
        known_anna(id="left", number="0006", left=True),
        known_anna(id="elsewhere", number="0007", in_scope=False),
    ]
    planned = plan([ANNA], [known_anna(), *others])
    assert planned.absent == ("here",)
    assert planned.counts()["absent"] == 1


def test_somebody_who_left_is_found_in_the_file_all_the_same() -> None:
    planned = plan([ANNA], [known_anna(left=True)])
    assert (planned.counts()["unchanged"], planned.absent) == (1, ())


def test_every_row_is_exactly_one_of_five_things() -> None:
    people = [
        ANNA,
        BO,
        BO,
        {**BO, "Ort": "Orsa"},
        {"Medlemsnr": "", "Förnamn": "Cia"},
        {**ANNA, "Medlemsnr": "0003"},
    ]
    counts = plan(people, [known_anna()]).counts()
    parts = ("created", "updated", "unchanged", "refused", "duplicates")
    assert counts["rows"] == 6 == sum(counts[part] for part in parts)
    assert [counts[part] for part in parts] == [2, 0, 1, 2, 1]


def test_a_birth_year_that_fits_the_birthday_is_no_change() -> None:
    assert plan([{**ANNA, "Född": "1956"}], [known_anna()]).counts()["unchanged"] == 1
    (decision,) = plan([{**ANNA, "Född": "1957"}], [known_anna()]).decisions
    assert decision.changes == {"birth_year": (None, 1957), "birth_date": (date(1956, 4, 12), None)}
