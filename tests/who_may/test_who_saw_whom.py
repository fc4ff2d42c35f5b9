"""Whoever is shown a member, by whatever page, is written down before the page leaves."""

from collections import Counter
from itertools import islice
from uuid import UUID

import pytest
from sqlalchemy import select

from organiser.audit.models import AccessEntry
from organiser.core.database import db
from organiser.core.tenancy import inside
from tests.who_may.bodies import body_of
from tests.who_may.places import Place
from tests.who_may.table import TABLE, Cell, Row, Who
from tests.who_may.world import World, said_in

LOOKERS = [Who.ADMINISTRATOR, Who.ORGANISER]
FEWEST = 14  # pages that do show a member: fewer, and this walk has lost its way
IN_REACH = [row for row in TABLE if not row.public and row.cells[Who.ADMINISTRATOR] is not Cell.NO]


def sights(world: World, who: Who, member_id: UUID) -> Counter[str]:
    """How often somebody has been shown a member, by request."""
    account_id = world.accounts[who].id
    found = select(AccessEntry.request_id).where(
        AccessEntry.actor_id == account_id, AccessEntry.member_id == member_id
    )
    with world.app.app_context(), inside(world.tree.tenant_id):
        return Counter(db.session.scalars(found))


def shown_by(world: World, row: Row, who: Who, *, body: bool, query: str = "") -> bool:
    """Whether a page shows our member; if it does, this very request must have told the log."""
    canary, url = world.rooms[Place.OWN].canary, world.url(row, Place.OWN, who) + query
    before = sights(world, who, canary.id)
    answer = world.ask(who, row.method, url, body_of(row, world, Place.OWN) if body else {})
    said = said_in(answer)
    shown = [word for word in canary.words if word in said]
    told = sights(world, who, canary.id) - before
    assert told or not shown, f"{row} as {who} shows {shown} and nobody will know"
    assert len(told) <= 1
    return bool(shown)


@pytest.mark.parametrize("who", LOOKERS)
@pytest.mark.parametrize("row", IN_REACH, ids=str)
def test_a_page_that_shows_a_member_has_told_the_log(sqlite_world: World, row: Row, who: Who) -> None:
    shown_by(sqlite_world, row, who, body=False)
    if body_of(row, sqlite_world, Place.OWN):
        shown_by(sqlite_world, row, who, body=True)


def test_the_walk_does_meet_the_member(sqlite_world: World) -> None:
    pages = [row for row in IN_REACH if not row.unsafe]
    showing = (row for row in pages if shown_by(sqlite_world, row, Who.ADMINISTRATOR, body=False))
    assert len(list(islice(showing, FEWEST))) == FEWEST


@pytest.mark.parametrize(
    ("rule", "query"),
    [
        ("/members", "?q=zelda"),
        ("/members", "?q=7704411"),
        ("/members", "?q=070-1740660"),
        ("/members", "?show=callable"),
        ("/imports/drafts/<uuid:draft_id>/preview", "?show=updated"),
        ("/imports/<uuid:batch_id>", "?show=updated"),
    ],
)
def test_a_list_narrowed_to_a_member_has_told_the_log(sqlite_world: World, rule: str, query: str) -> None:
    row = next(row for row in TABLE if str(row) == f"GET {rule}")
    assert shown_by(sqlite_world, row, Who.ORGANISER, body=False, query=query)
