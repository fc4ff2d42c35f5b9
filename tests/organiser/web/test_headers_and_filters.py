"""What goes with every answer, and how days, moments and figures are written."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from flask import g, session
from flask.testing import FlaskClient

from organiser.web import filters, language
from organiser.web.frame import Framed
from tests.page import links

AT = datetime(2024, 3, 8, 17, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    "address", ["/", "/healthz", "/nowhere", "/static/app.css", "/members", "/static/none"]
)
def test_every_answer_keeps_to_our_own_host(client: FlaskClient, address: str) -> None:
    with client.get(address) as answer:
        headers = answer.headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    for name, value in {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
    }.items():
        assert headers[name] == value
    assert "max-age=31536000" in headers["Strict-Transport-Security"]


def test_pages_are_never_kept_and_files_for_long(client: FlaskClient) -> None:
    def kept(address: str) -> str:
        with client.get(address) as answer:
            return answer.headers["Cache-Control"]

    assert [kept(address) for address in ("/", "/nowhere", "/static/none?v=1")] == ["no-store"] * 3
    assert kept("/static/app.css?v=1") == "public, max-age=31536000, immutable"
    assert kept("/static/app.css") == "public, max-age=3600"


def test_cookies_belong_to_this_host_alone(client: FlaskClient) -> None:
    cookies = client.get("/language/en").headers.getlist("Set-Cookie")
    assert cookies
    for cookie in cookies:
        assert cookie.startswith("__Host-")
        assert all(part in cookie for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"))


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("sv", ("8 mars 2024", "fredag 8 mars", "8 mars 2024 kl. 18.05", "18.05", "1\u00a0180", "35\u00a0%")),
        ("en", ("8 March 2024", "Friday 8 March", "8 March 2024 18:05", "18:05", "1,180", "35%")),
    ],
)
def test_days_moments_and_figures_are_written_as_the_reader_does(
    app: Framed, code: str, written: tuple[str, ...]
) -> None:
    with app.test_request_context("/"):
        session["language"] = code
        g.zone = ZoneInfo("Europe/Stockholm")
        day = date(2024, 3, 8)
        assert written == (
            filters.day(day),
            filters.weekday(day),
            filters.moment(AT),
            filters.clock_time(AT),
            filters.count(1180),
            filters.share(35, 100),
        )


def test_a_moment_is_shown_in_the_tenants_zone(app: Framed) -> None:
    with app.test_request_context("/"):
        g.zone = ZoneInfo("Europe/Helsinki")
        assert filters.clock_time(AT) == "19.05"
        g.zone = None
        assert filters.clock_time(AT) == "18.05"


def test_nothing_is_written_as_nothing_and_a_share_of_nothing_as_a_dash(app: Framed) -> None:
    with app.test_request_context("/"):
        assert (filters.day(None), filters.weekday(None), filters.moment(None), filters.clock_time(None)) == (
            "",
        ) * 4
        assert filters.share(0, 0) == "–"


def test_the_language_changes_on_the_page_one_reads(app: Framed, client: FlaskClient) -> None:
    with app.test_request_context("/members?q=å&page=2"):
        ((code, _name, address),) = language.links()
    answer = client.get(address)
    assert code == "en"
    assert answer.headers["Location"] == "/members?q=%C3%A5&page=2"


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example.com/", "//evil.example.com", "/\\evil.example.com", "x"]
)
def test_a_change_of_language_never_leads_to_another_host(client: FlaskClient, elsewhere: str) -> None:
    assert client.get("/language/en", query_string={"next": elsewhere}).headers["Location"] == "/"
    assert all("evil" not in link for link in links(client.get("/nowhere")))
