"""Hundreds of rows are written out by the page itself: they look as the components draw them, and lead on."""

import re
from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient

from campaigns.goals.models import Goal
from campaigns.queue.outcomes import Outcome
from organiser.accounts.permissions import Role
from organiser.core import clock
from organiser.core.database import db
from tests.builders import Builders, Tree
from tests.campaigns.activation.builders import Ringing
from tests.page import get, links, words

BAR = (
    """{% from "components/chart.html" import bar %}{{ bar(50.0, "Contacted: 50%, the goal is 75%", 75) }}"""
)
CELLS = """{% from "components/table.html" import cell, head_cell %}
{{ head_cell("Falun", url) }}{{ cell("10", "Members", true) }}{{ cell("10", "Can be rung", true) }}
{{ cell("5 (50%)", "Contacted", true) }}{{ cell("5 (50%)", "Talked with", true) }}
{{ cell("0 (0%)", "Survey answered", true) }}{{ cell("0 (0%)", "Active", true) }}"""


def page(client: FlaskClient, make: Builders, tree: Tree, asked: str = "") -> str:
    """Dalarna as somebody reads it in English who sees no members; Falun has 5 of 10, a goal and somebody
    who answers for the calls.
    """
    ringing = Ringing(make, tree.tenant_id, tree.district)
    ringing.list_of(tree.falun, responsible_id=make.account(tree.tenant_id, name="Samira Elm").id)
    falun = [make.member(tree.tenant_id, tree.falun) for _ in range(10)]
    for member in falun[:5]:
        ringing.rang(member, Outcome.TALKED, clock.now() - timedelta(days=20))
    make.member(tree.tenant_id, make.unit(tree.tenant_id, tree.district, "Mora"))
    with make.storing(tree.tenant_id):
        due_on = clock.now().date() + timedelta(weeks=10)
        db.session.add(Goal(organisation_id=tree.falun, percent=75, due_on=due_on))
    account = make.account(tree.tenant_id, (Role.VIEWER, tree.district), language="en")
    return get(make.sign_in(client, account, tree.tenant_id), f"/district/{tree.district}{asked}").text


def plain(html: str) -> str:
    """Without the space between tags."""
    return re.sub(r"\s*\n\s*", "", html).replace("> <", "><")


def drawn(app: Flask, source: str, **values: str) -> str:
    with app.test_request_context():
        return plain(app.jinja_env.from_string(source).render(**values))


def test_bars_and_cells_are_those_of_the_components(
    app: Flask, client: FlaskClient, make: Builders, tree: Tree
) -> None:
    found = plain(page(client, make, tree))
    assert drawn(app, BAR) in found
    assert drawn(app, CELLS, url=f"/district/{tree.falun}") in found


def test_each_row_leads_to_its_association_as_the_page_was_asked_for(
    client: FlaskClient, make: Builders, tree: Tree
) -> None:
    found = page(client, make, tree, "?measure=talked&sort=name&order=descending&period=4w")
    here = re.findall(rf'<th role="rowheader" scope="row"><a href="/district/{tree.falun}(.*?)"', found)
    asked = {"measure=talked", "period=4w", "sort=name", "order=descending"}
    assert [set(one.removeprefix("?").split("&amp;")) for one in here] == [asked, asked]


def test_what_there_is_nothing_to_show_of_says_why(client: FlaskClient, make: Builders, tree: Tree) -> None:
    page(client, make, tree)
    said = words(get(client, f"/district/{tree.district}"))
    assert "Borlänge No members yet" in said
    assert "Mora Too few to show" in said
    assert "Mora 1 Too few to show – – – – missing" in said
    assert "quiet for two weeks or more" in said
    alone = get(client, f"/district/{tree.falun}")
    assert "Falun 10 10 5 (50%)" in words(alone)
    assert f"/district/{tree.falun}" not in links(alone)


def test_no_icon_is_drawn_that_no_row_shows(client: FlaskClient, make: Builders, tree: Tree) -> None:
    page(client, make, tree)
    for unit_id in (tree.district, tree.falun):
        found = get(client, f"/district/{unit_id}").text
        shown = set(re.findall(r'href="#i-([^"]+)', found))
        assert shown == set(re.findall(r'<symbol id="i-([^"]+)', found))
        assert ("user-x" in shown) is (unit_id == tree.district)
