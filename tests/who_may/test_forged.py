"""A form sent from a strange page does nothing: without our token, or with somebody else's."""

import pytest

from tests.who_may.bodies import body_of
from tests.who_may.places import Place
from tests.who_may.table import TABLE, Row, Who
from tests.who_may.world import World

UNSAFE = [row for row in TABLE if row.unsafe]


def asker_of(row: Row) -> Who:
    """Somebody whom the table lets in."""
    return Who.NOBODY if row.public else next(who for who in Who if row.cells[who] != "nej")


@pytest.mark.parametrize("row", UNSAFE, ids=str)
def test_a_form_without_our_token_is_refused(sqlite_world: World, row: Row) -> None:
    world, who = sqlite_world, asker_of(row)
    url = world.url(row, Place.OWN, who)
    before = world.kept.rows()
    with world.as_it_goes():
        for token in (None, world.form_token(Who.VIEWER), "", world.form_token(who)[:-1]):
            answer = world.ask(who, row.method, url, body_of(row, world, Place.OWN), token=token)
            assert answer.status_code == 400
        assert world.kept.rows() == before


@pytest.mark.parametrize("row", UNSAFE, ids=str)
def test_no_page_that_writes_opens_by_a_mere_link(sqlite_world: World, row: Row) -> None:
    """Whatever answers a GET there writes nothing: a picture on a strange page may ask for it."""
    world, who = sqlite_world, asker_of(row)
    before = world.kept.rows()
    with world.as_it_goes():
        world.ask(who, "GET", world.url(row, Place.OWN, who))
        assert world.kept.rows() == before
