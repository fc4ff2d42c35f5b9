"""An id of somewhere else, put into a form or an address by hand, is refused and does nothing there."""

from collections.abc import Iterator
from itertools import product

import pytest

from tests.who_may.forms import Form
from tests.who_may.places import Place
from tests.who_may.table import TABLE, Who
from tests.who_may.test_who_gets_in import beside_surveys
from tests.who_may.world import REACH, ROLES, World

KEYS = frozenset(
    {
        ("POST /members/new", "key"),
        ("POST /members/<uuid:member_id>/contacts", "key"),
        ("POST /imports", "key"),
        ("POST /campaigns/new", "key"),
        ("POST /campaigns/<uuid:campaign_id>/evenings/new", "key"),
        ("POST /assignments/<uuid:assignment_id>/evenings/new", "key"),
        ("POST /evenings/<uuid:evening_id>/wall", "batch"),
        ("POST /evenings/<uuid:evening_id>/invitations", "batch"),
        ("POST /calls/<uuid:call_id>/report", "key"),
        ("POST /follow-ups/<uuid:follow_up_id>/note", "key"),
        ("POST /surveys/new", "key"),
        ("POST /surveys/<uuid:survey_id>/questions/new", "key"),
    }
)
"""Ids the page made for what is about to be made: a new row may have any id, but not somebody else's."""
CHOICES = frozenset(
    {
        ("POST /accounts/new", "unit"),
        ("POST /accounts/<uuid:account_id>/roles", "unit"),
        ("POST /units/<uuid:unit_id>/move", "parent"),
        ("POST /members/new", "organisation_id"),
        ("POST /members/<uuid:member_id>/edit", "organisation_id"),
        ("POST /imports", "organisation_id"),
        ("POST /surveys/new", "unit"),
        ("POST /assignments/<uuid:assignment_id>/responsible", "account"),
        ("POST /campaigns/new", "unit"),
        ("POST /campaigns/new", "units"),
        ("POST /campaigns/new", "tags"),
        ("POST /calls/<uuid:call_id>/answers", "question"),
        ("POST /campaigns/new", "survey"),
        ("POST /campaigns/<uuid:campaign_id>/plan", "units"),
        ("POST /campaigns/<uuid:campaign_id>/plan", "tags"),
        ("POST /campaigns/<uuid:campaign_id>/words", "survey"),
        ("POST /campaigns/<uuid:campaign_id>/responsible", "account"),
        ("POST /campaigns/<uuid:campaign_id>/responsible", "list"),
        ("POST /follow-ups/<uuid:follow_up_id>/move", "organisation_id"),
        ("POST /follow-ups/<uuid:follow_up_id>/entrusting", "owner"),
    }
)
"""Fields that choose something that is there."""
IN_ADDRESSES = [
    ("/members", "unit"),
    ("/members", "tag"),
    ("/members/new", "unit"),
    ("/imports", "unit"),
    ("/logs/", "who"),
    ("/logs/changes", "who"),
    ("/surveys/<uuid:survey_id>/results", "unit"),
    ("/campaigns/new", "unit"),
    ("/assignments/<uuid:assignment_id>/calls", "caller"),
    ("/district/<uuid:unit_id>/ledger", "campaign"),
    ("/calls", "saved"),
    ("/calls/lists/<uuid:assignment_id>", "saved"),
    ("/calls/<uuid:call_id>", "saved"),
    ("/calls/<uuid:call_id>", "undone"),
    ("/calls/<uuid:call_id>", "question"),
    ("/calls/practice", "list"),
    ("/calls/practice/other", "list"),
    ("/calls/pause", "list"),
    ("/calls/why", "list"),
]
MEANT = {
    "unit": "unit",
    "units": "unit",
    "parent": "unit",
    "organisation_id": "unit",
    "account": "account",
    "owner": "account",
    "who": "account",
    "caller": "account",
    "survey": "survey",
    "question": "question",
    "tag": "tag",
    "tags": "tag",
    "list": "assignment",
    "campaign": "campaign",
    "saved": "call",
    "undone": "call",
}
"""What a field's id is the id of."""
MADE = "member contact campaign assignment evening invitation call draft batch survey question"
ELSEWHERE = [place for place in Place if place not in REACH]


def foreign_ids(world: World, kinds: str) -> Iterator[str]:
    """The ids of these kinds of things that stand out of reach."""
    for place, kind in product(ELSEWHERE, kinds.split()):
        yield str(world.rooms[place].ids[f"{kind}_id"])


def betrayed(world: World, said: str) -> list[str]:
    """Members out of reach that the answer names."""
    words = [word for place in ELSEWHERE for word in world.rooms[place].canary.words]
    return [word for word in words if word in said.lower()]


def test_every_field_that_takes_an_id_is_known(forms: dict[str, Form]) -> None:
    assert {(row, name) for row, form in forms.items() for name in form.ids()} == KEYS | CHOICES


@pytest.mark.parametrize(("row", "name"), sorted(CHOICES))
def test_a_choice_from_elsewhere_is_refused(
    sqlite_world: World, forms: dict[str, Form], row: str, name: str
) -> None:
    world, form = sqlite_world, forms[row]
    before = world.kept.rows()
    for foreign in foreign_ids(world, f"{MEANT[name]} member"):
        if foreign in form.offers.get(name, []):
            continue
        with world.as_it_goes():
            answer = world.ask(Who.ADMINISTRATOR, "POST", form.action, form.filled(**{name: foreign}))
            assert answer.status_code in {404, 422}
            assert betrayed(world, answer.text) == []
            assert world.kept.rows() == before


@pytest.mark.parametrize(("row", "name"), sorted(KEYS))
def test_the_id_of_something_elsewhere_opens_and_changes_nothing_there(
    sqlite_world: World, forms: dict[str, Form], row: str, name: str
) -> None:
    world, form = sqlite_world, forms[row]
    before = world.kept.rows()
    for foreign in foreign_ids(world, MADE):
        with world.as_it_goes():
            answer = world.ask(Who.ADMINISTRATOR, "POST", form.action, form.filled(**{name: foreign}))
            after = world.kept.rows()
            assert answer.status_code < 500
            assert betrayed(world, answer.text) == []
        for table, rows in before.items():
            touched = [one for one in rows - after[table] if foreign in one]
            assert touched == [], f"{table}: {foreign}"


@pytest.mark.parametrize(("rule", "name"), IN_ADDRESSES)
def test_an_id_from_elsewhere_in_an_address_shows_nothing_of_it(
    sqlite_world: World, rule: str, name: str
) -> None:
    world, row = sqlite_world, next(row for row in TABLE if str(row) == f"GET {rule}")
    for who, foreign in product(ROLES, foreign_ids(world, f"{MEANT[name]} member")):
        answer = world.ask(who, "GET", f"{world.url(row, Place.OWN, who)}?{name}={foreign}")
        assert answer.status_code in {200, 303, 403, 404}
        assert betrayed(world, answer.text) == []
        said = beside_surveys(answer.text.lower(), row)
        assert [place.thing for place in ELSEWHERE if place.thing.lower() in said] == []
