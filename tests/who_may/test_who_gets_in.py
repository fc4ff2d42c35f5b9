"""Every page asked for by everybody, for what is theirs and what is not, against a table a board can read."""

import pytest
from werkzeug.test import TestResponse

from organiser.accounts.guard import rule_of
from tests.who_may.bodies import body_of
from tests.who_may.furnishing import survey_of
from tests.who_may.places import Place
from tests.who_may.table import TABLE, Cell, Row, Who
from tests.who_may.world import REACH, TOP, World, said_in

SIGN_IN, CLOSED, NOTHING_HERE = "to the sign-in", "closed", "nothing here"
OPEN = "open"
SEES_MEMBERS = {Who.ADMINISTRATOR, Who.ORGANISER}
CHOOSES_A_SURVEY = {"/campaigns/new", "/campaigns/<uuid:campaign_id>/words"}
"""There the party's surveys are offered by name, as docs/who-may.md says; nothing else of the party."""


def routes(world: World) -> list[str]:
    """Each route with each of its methods, as the table writes it."""
    return [
        f"{method} {rule}"
        for rule in world.app.url_map.iter_rules()
        if rule.endpoint != "static"
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]


def test_every_page_stands_in_the_table_once_and_nothing_else_does(sqlite_world: World) -> None:
    assert sorted(map(str, TABLE)) == sorted(routes(sqlite_world))


def test_every_page_says_whom_it_is_for(sqlite_world: World) -> None:
    endpoints = {rule.endpoint for rule in sqlite_world.app.url_map.iter_rules()} - {"static"}
    assert [name for name in sorted(endpoints) if rule_of(sqlite_world.app, name) is None] == []


def expected(row: Row, who: Who, place: Place) -> str:
    """What the table promises."""
    cell = row.cells[who]
    if row.public:
        return OPEN
    if who is Who.NOBODY:
        return SIGN_IN
    if cell is Cell.NO:
        return CLOSED
    if cell is Cell.TOP:
        return NOTHING_HERE
    reach = {Place.OWN} if cell is Cell.OWN else REACH
    return OPEN if place in reach or not row.arguments else NOTHING_HERE


def answered(answer: TestResponse, row: Row) -> str:
    """What the answer amounts to; an answer that is none of these is told as it is."""
    status = answer.status_code
    if status in {303, 401} and not row.public and (status == 401 or _leads_to_sign_in(answer)):
        return SIGN_IN
    if status in {403, 404}:
        return CLOSED if status == 403 else NOTHING_HERE
    return OPEN if status in {200, 303, 409, 410, 422} else f"{status}"


def _leads_to_sign_in(answer: TestResponse) -> bool:
    return answer.headers["Location"].startswith("/sign-in?next=")


def beside_surveys(said: str, row: Row) -> str:
    """What is said but for the names of the party's surveys, where one may be chosen."""
    return said.replace(survey_of(Place.PARENT).lower(), "") if row.rule in CHOOSES_A_SURVEY else said


def betrayed(world: World, answer: TestResponse, who: Who, row: Row, place: Place) -> list[str]:
    """Words of members, units and accounts the one who asks may not know of: a member's only if the role
    sees members; an account's also from above, since it may answer for a list here.
    """
    opened = answered(answer, row) == OPEN
    known = {place} if row.public else REACH if opened else frozenset()
    people = known if who in SEES_MEMBERS and not row.public else frozenset()
    said = beside_surveys(said_in(answer), row)
    words = [
        *((word, one in people) for one in Place for word in world.rooms[one].canary.words),
        *((one.thing, one in known) for one in Place),
        *((one.account, one in known or (opened and one is Place.PARENT)) for one in Place),
    ]
    return [word for word, may_know in words if word.lower() in said and not may_know]


@pytest.mark.parametrize("who", list(Who))
@pytest.mark.parametrize("row", TABLE, ids=str)
def test_only_those_in_the_table_get_in(world: World, row: Row, who: Who) -> None:
    faults = []
    for place in Place if row.arguments else [Place.OWN]:
        answer = world.ask(who, row.method, world.url(row, place, who), body_of(row, world, place))
        wanted, got = expected(row, who, place), answered(answer, row)
        if got != wanted:
            faults.append(f"{place}: {got} ({answer.status_code}), the table says {wanted}")
        faults += [f"{place}: shows {word}" for word in betrayed(world, answer, who, row, place)]
    assert not faults, f"{row} as {who}: " + "; ".join(faults)


@pytest.mark.parametrize("row", [row for row in TABLE if Cell.TOP in row.cells.values()], ids=str)
def test_whoever_has_the_role_at_the_top_gets_in(world: World, row: Row) -> None:
    answer = world.ask(TOP, row.method, world.url(row, Place.PARENT, Who.ADMINISTRATOR))
    assert answered(answer, row) == OPEN
