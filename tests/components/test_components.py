"""The components in a real Chromium: under our content policy, on three widths, in light and dark."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, Page

from organiser.web.headers import CSP
from tests.chromium import faults_seen_by, visit
from tests.components.conftest import ROOT

pytestmark = pytest.mark.browser
STATIC = ROOT / "organiser" / "static"
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".png": "image/png"}
ANSWER = b'<link rel="icon" href="/static/favicon.svg"><p id="answer">Klart</p>'
PAGES = ["specimen.html", "call.html", "error.html"]


@dataclass
class Site:
    """Pages by address, and what a browser sent back."""

    url: str = ""
    pages: dict[str, str] = field(default_factory=dict)
    posts: list[tuple[str, str | None]] = field(default_factory=list)


class Server(ThreadingHTTPServer):
    """Takes the handful of requests that one page sends at once."""

    request_queue_size = 64


def _handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = self.path.partition("?")[0].lstrip("/")
            if name.startswith("static/"):
                path = STATIC / name.removeprefix("static/")
                self._send(path.read_bytes(), TYPES.get(path.suffix, "application/manifest+json"))
            else:
                self._send(site.pages[name].encode(), "text/html; charset=utf-8")

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"] or 0))
            site.posts.append((self.path, self.headers["X-CSRFToken"]))
            self._send(ANSWER, "text/html; charset=utf-8")

        def _send(self, body: bytes, kind: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Security-Policy", CSP)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_request(self, code: object = "-", size: object = "-") -> None:
            """Say nothing of each request."""

    return Handler


@pytest.fixture
def site(page: Callable[[str], str]) -> Iterator[Site]:
    """The specimens on an address of this machine."""
    site = Site(pages={name: page(name) for name in PAGES})
    server = Server(("127.0.0.1", 0), _handler(site))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    site.url = f"http://127.0.0.1:{server.server_port}/"
    yield site
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def tab(browser: Browser, site: Site) -> Iterator[Page]:
    """A phone's browser, closed before the site is; what its console complains of fails the test."""
    assert site.url
    with visit(browser) as person:
        yield person.page


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_everybody_can_read_and_press_everything(tab: Page, site: Site, name: str, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 844})
    tab.goto(site.url + name)
    assert faults_seen_by(tab) == []


def test_the_name_the_number_and_the_outcomes_are_on_the_first_screen(tab: Page, site: Site) -> None:
    tab.goto(site.url + "call.html")
    for what in ("#who", ".call", ".say", ".outcomes"):
        box = tab.locator(what).first.bounding_box()
        assert box
        assert 0 <= box["y"] < box["y"] + box["height"] <= 844
    bar = tab.locator(".after").bounding_box()
    said = tab.locator(".say").first.bounding_box()
    assert bar
    assert said
    assert said["y"] + said["height"] <= bar["y"]


def test_the_outcomes_do_not_cover_name_and_number_on_a_short_screen(tab: Page, site: Site) -> None:
    tab.set_viewport_size({"width": 320, "height": 568})
    tab.goto(site.url + "call.html")
    bar = tab.locator(".after").bounding_box()
    assert bar
    assert bar["height"] <= 568 / 3
    for shown in ("#who", ".call"):
        box = tab.locator(shown).bounding_box()
        assert box
        assert box["y"] + box["height"] <= bar["y"]
    tab.set_viewport_size({"width": 320, "height": 480})
    assert tab.locator(".after").evaluate("e => getComputedStyle(e).position") == "static"


def test_what_is_to_be_put_right_has_the_focus(tab: Page, site: Site) -> None:
    tab.goto(site.url + "specimen.html")
    assert tab.evaluate("document.activeElement.className") == "oops"


def test_a_link_can_be_copied(tab: Page, site: Site) -> None:
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab.goto(site.url + "specimen.html")
    tab.locator("[data-copy]").click()
    tab.get_by_text("Copied").wait_for()
    assert tab.evaluate("navigator.clipboard.readText()") == "https://ringlista.example/join/abcdef"


def test_a_form_pressed_twice_is_sent_once(tab: Page, site: Site) -> None:
    tab.goto(site.url + "call.html")
    tab.locator(".outcomes button").first.evaluate("button => { button.click(); button.click(); }")
    tab.locator("#answer").wait_for()
    assert [path for path, _ in site.posts] == ["/report"]


def test_a_part_fetched_by_htmx_carries_the_token(tab: Page, site: Site) -> None:
    button = '<button class="btn" type="button" id="go" hx-post="/part" hx-target="#part">Hämta</button>'
    site.pages["part"] = site.pages["error.html"].replace("</main>", f'{button}<p id="part"></p></main>')
    tab.goto(site.url + "part")
    tab.locator("#go").click()
    tab.locator("#answer").wait_for()
    assert site.posts == [("/part", "a-token")]


def test_a_reader_may_jump_past_the_menu(tab: Page, site: Site) -> None:
    tab.goto(site.url + "call.html")
    tab.keyboard.press("Tab")
    assert tab.locator(".skip").bounding_box()
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "main"
