"""The rules every page is held against can be broken, and are noticed when they are."""

import pytest
from flask.testing import FlaskClient

from tests.page import faults_of, get, links, words

GOOD = (
    '<!DOCTYPE html><html lang="sv"><title>Hem – Ringlista</title>'
    "<body><main><h1>Hem</h1>{}</main></body></html>"
)


def test_a_good_page_has_no_faults() -> None:
    token, field = '<input type="hidden" name="csrf_token">', '<label for="a">A</label><input id="a">'
    form = f'<form method="post">{token}{field}</form>'
    assert faults_of(GOOD.format(form)) == []


@pytest.mark.parametrize(
    "broken",
    [
        "<h1>Twice</h1>",
        '<p style="color:red">Red</p>',
        "<style>p{}</style>",
        "<script>alert(1)</script>",
        '<a href="/" onclick="go()">Go</a>',
        '<input name="unlabelled">',
        '<p id="a"></p><p id="a"></p>',
        '<form method="post"></form>',
    ],
)
def test_a_broken_page_is_noticed(broken: str) -> None:
    assert faults_of(GOOD.format(broken))


@pytest.mark.parametrize("cut", ["<!DOCTYPE html>", ' lang="sv"', "Hem", "<h1>Hem</h1>"])
def test_a_page_lacking_something_is_noticed(cut: str) -> None:
    assert faults_of(GOOD.format("").replace(cut, "", 1))


def test_a_page_is_opened_and_read(client: FlaskClient) -> None:
    page = get(client, "/nothing-here", 404)
    assert "Ringlista" in words(page)
    assert "/" in links(page)
