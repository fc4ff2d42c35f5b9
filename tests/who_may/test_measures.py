"""A measure means one thing: every page that shows one by its name leads to what it means."""

import re

import pytest
from flask_babel import force_locale

from campaigns.goals.words import NAMES
from organiser.core.i18n import _
from tests.page import links
from tests.who_may.places import Place
from tests.who_may.table import TABLE, Cell, Row, Who
from tests.who_may.world import World

READERS = [row for row in TABLE if row.method == "GET" and row.cells[Who.ADMINISTRATOR] is not Cell.NO]
SHOW_THEM = {
    "/district/<uuid:unit_id>",
    "/goals/<uuid:unit_id>",
    "/campaigns/<uuid:campaign_id>",
    "/surveys/<uuid:survey_id>/results",
}
"""Pages that do; where the walk finds nothing on them, it has lost its way."""
IN_A_SURVEY = "Have answered"  # what its results call those who did


@pytest.fixture(scope="module")
def named(sqlite_world: World) -> re.Pattern[str]:
    """A measure's name alone: a heading, a term, a label or the head of a column."""
    with sqlite_world.app.test_request_context(), force_locale("sv"):
        names = [*map(str, NAMES.values()), str(_(IN_A_SURVEY))]
    return re.compile(rf">\s*(?:{'|'.join(names)})\s*<")


def shows_one(world: World, row: Row, named: re.Pattern[str]) -> bool:
    """Whether a page names a measure; if it does, what it means is one press away."""
    answer = world.ask(Who.ADMINISTRATOR, "GET", world.url(row, Place.OWN, Who.ADMINISTRATOR))
    if answer.mimetype != "text/html" or not named.search(answer.text):
        return False
    explained = [link for link in links(answer) if link.startswith(("/definitions", "#how-"))]
    assert explained or row.rule == "/definitions", f"{row} names a measure and does not say what it means"
    return True


def test_a_page_that_names_a_measure_leads_to_what_it_means(
    sqlite_world: World, named: re.Pattern[str]
) -> None:
    showing = {row.rule for row in READERS if shows_one(sqlite_world, row, named)}
    assert showing >= SHOW_THEM
