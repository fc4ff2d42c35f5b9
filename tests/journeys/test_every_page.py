"""Every page that somebody may open, opened in a real browser by everybody who may, and read."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page

from tests.builders import Builders
from tests.chromium import (
    PHONE,
    Visit,
    faults_in_large_text,
    faults_of_a_scheme,
    faults_on_a_small_phone,
)
from tests.journeys.conftest import installed, served
from tests.page import words
from tests.who_may.places import Place
from tests.who_may.table import TABLE, Cell, Row, Who
from tests.who_may.world import TOP, World, build_world

pytestmark = pytest.mark.browser
NO_PAGES = {
    "/healthz",  # answers a machine
    "/language/<code>",  # a step on the way back to a page
    "/district/<uuid:unit_id>/table.csv",  # a file
    "/district/<uuid:unit_id>/table.xlsx",  # a file
    "/campaigns/<uuid:campaign_id>/live/now",  # a part of a page
    "/assignments/<uuid:assignment_id>/live/now",  # a part of a page
    "/surveys/<uuid:survey_id>/results.csv",  # a file
    "/surveys/<uuid:survey_id>/results.xlsx",  # a file
}
PAGES = [row for row in TABLE if row.method == "GET" and row.rule not in NO_PAGES]
SEVERAL_PAGES = 60  # members: more than one page of a list shows
ENGLISH = re.compile(r"\b(the|and|with|your|you|not|from|nobody|yet|who)\b", re.IGNORECASE)
SWEDISH = re.compile(r"\b(och|att|är|din|ditt|du|inte|från|ingen|för|med|som)\b", re.IGNORECASE)


@dataclass(slots=True)
class People:
    """Somebody of every role, and somebody without one, each in a browser of their own."""

    browser: Browser
    world: World
    site: str
    visits: dict[str, Visit] = field(default_factory=dict)

    def session(self, row: Row, who: Who, **more: str) -> Mapping[str, Any]:
        """What their browser remembers."""
        return {**self.world.sessions[TOP if row.cells[who] is Cell.TOP else who], **more}

    def url(self, row: Row, who: Who) -> str:
        """The address of a row for what is theirs."""
        top = row.cells[who] is Cell.TOP
        return self.world.url(row, Place.PARENT if top else Place.OWN, who)

    def visit_of(self, who: str, language: str) -> Visit:
        """Their browser in a language, opened when they first need it."""
        key = f"{who} {language}"
        if key not in self.visits:
            self.visits[key] = Visit(self.browser.new_context(viewport=PHONE, locale="sv-SE").new_page())
            self.visits[key].listen()
            session = {**self.world.sessions[who], "language": language}
            name, _, value = self.world.cookie(session).partition("=")
            context = self.visits[key].page.context
            context.add_cookies([{"name": name, "value": value, "url": self.site}])
        return self.visits[key]

    @contextmanager
    def reading(self, row: Row, who: Who, language: str = "sv") -> Iterator[Page]:
        """The page of a row before their eyes; it must answer, stay calm, and ask no other host."""
        visit = self.visit_of(TOP if row.cells[who] is Cell.TOP else who, language)
        answer = visit.page.goto(self.site + self.url(row, who))
        assert answer is not None
        assert answer.status == 200, f"{row} as {who}: {answer.status}"
        yield visit.page
        complaints, visit.complaints = visit.complaints, []
        assert complaints == []
        assert visit.hosts == {"127.0.0.1"}


@pytest.fixture(scope="module")
def people(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[People]:
    """One of everything in every place, and a register of several pages."""
    app = installed(tmp_path_factory.mktemp("every-page"))
    world = build_world(app)
    make = Builders(app)
    for _ in range(SEVERAL_PAGES):
        make.member(world.tree.tenant_id, world.tree.falun)
    with served(app) as site:
        people = People(browser, world, site)
        yield people
        for visit in people.visits.values():
            visit.page.context.close()


def may_open(row: Row) -> list[Who]:
    """Those who may; who has not signed in first, then who sees most."""
    may = [who for who in Who if row.cells[who] is not Cell.NO]
    return sorted(may, key=lambda who: who is not Who.NOBODY)


@pytest.mark.parametrize("row", PAGES, ids=lambda row: row.rule)
def test_everybody_can_read_and_press_every_page(people: People, row: Row) -> None:
    first, *others = may_open(row)
    with people.reading(row, first) as page:
        faults = {"in Swedish": faults_of_a_scheme(page, "light") + faults_on_a_small_phone(page)}
    with people.reading(row, first, "en") as page:
        faults["in English"] = faults_of_a_scheme(page, "dark") + faults_on_a_small_phone(page)
        faults["in large text"] = faults_in_large_text(page)
    for who in others:
        with people.reading(row, who) as page:
            faults[who] = faults_on_a_small_phone(page)
    assert {where: found for where, found in faults.items() if found} == {}


@pytest.mark.parametrize(("language", "another"), [("sv", ENGLISH), ("en", SWEDISH)])
@pytest.mark.parametrize("row", PAGES, ids=lambda row: row.rule)
def test_a_page_speaks_one_language(
    people: People, row: Row, language: str, another: re.Pattern[str]
) -> None:
    who = may_open(row)[0]
    client: FlaskClient = people.world.app.test_client(use_cookies=False)
    cookie = people.world.cookie(people.session(row, who, language=language))
    page = client.get(people.url(row, who), headers={"Cookie": cookie}, follow_redirects=True)
    assert [found.group() for found in another.finditer(words(page))] == []
