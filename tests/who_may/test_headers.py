"""Every answer carries the headers, whatever it is; no cookie can be read, or sent in clear."""

from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from organiser.web.headers import HEADERS
from tests.who_may.bodies import body_of
from tests.who_may.places import Place
from tests.who_may.table import TABLE, Row, Who
from tests.who_may.world import World

STATIC = Path(__file__).parents[2] / "organiser" / "static"
FILES = sorted(path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*") if path.is_file())
LOOKED_AT_AGAIN = "/live/now"
"""Names nobody, so that the browser may keep it and only ask whether it is still true."""
ASKERS = [Who.NOBODY, Who.ADMINISTRATOR, Who.CALLER]


def faults_of(answer: TestResponse) -> list[str]:
    """What is missing of the headers and wrong with the cookies."""
    faults = [name for name, value in HEADERS.items() if answer.headers.get(name) != value]
    if "max-age=31536000" not in answer.headers.get("Strict-Transport-Security", ""):
        faults.append("Strict-Transport-Security")
    return faults + [
        f"{needed.strip()} of the cookie"
        for cookie in answer.headers.getlist("Set-Cookie")
        for needed in ("__Host-ringlista=", "; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/")
        if needed not in cookie or "Domain" in cookie
    ]


@pytest.mark.parametrize("row", TABLE, ids=str)
def test_every_page_and_refusal_carries_the_headers_and_stays_in_no_cache(
    sqlite_world: World, row: Row
) -> None:
    for who in ASKERS:
        url = sqlite_world.url(row, Place.OWN, who)
        answer = sqlite_world.ask(who, row.method, url, body_of(row, sqlite_world, Place.OWN))
        assert faults_of(answer) == []
        kept = row.rule.endswith(LOOKED_AT_AGAIN) and answer.status_code == 200
        assert answer.headers["Cache-Control"] == ("private, no-cache" if kept else "no-store")


@pytest.mark.parametrize("name", FILES)
def test_every_file_carries_the_headers(sqlite_world: World, name: str) -> None:
    answer = sqlite_world.ask(Who.NOBODY, "GET", f"/static/{name}")
    assert answer.status_code == 200
    assert faults_of(answer) == []
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    ("status", "method", "url"),
    [
        (404, "GET", "/no-such-page"),
        (404, "GET", "/static/no-such-file"),
        (405, "DELETE", "/sign-in"),
        (400, "POST", "/sign-in"),
        (403, "GET", "/accounts/"),
    ],
)
def test_every_error_page_carries_the_headers(
    sqlite_world: World, status: int, method: str, url: str
) -> None:
    answer = sqlite_world.ask(Who.ORGANISER, method, url, token=None)
    assert answer.status_code == status
    assert faults_of(answer) == []


def test_a_file_too_large_is_refused_with_the_headers(sqlite_world: World) -> None:
    body = {"file": "x" * (2 * 1024 * 1024)}
    answer = sqlite_world.ask(Who.ADMINISTRATOR, "POST", "/imports", body)
    assert answer.status_code == 413
    assert faults_of(answer) == []
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_page_that_breaks_shows_nothing_of_why_and_carries_the_headers(
    sqlite_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks() -> str:
        raise RuntimeError("Zelda Kanarieown, 070-174 06 60")

    monkeypatch.setitem(sqlite_world.app.view_functions, "web.alive", breaks)
    monkeypatch.setitem(sqlite_world.app.extensions["declared_rules"], "web.alive", "public")
    answer = sqlite_world.ask(Who.NOBODY, "GET", "/healthz")
    assert answer.status_code == 500
    assert faults_of(answer) == []
    assert "Zelda" not in answer.text
