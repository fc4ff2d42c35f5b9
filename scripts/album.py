"""Somebody's browser to be photographed, and a demo served for it: what scripts/screenshots.py stands on."""

import os
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize
from werkzeug.serving import WSGIRequestHandler, make_server

from campaigns.app import create_app
from campaigns.demo.making import ROOT, make_demo
from campaigns.demo.on_duty import keep_caller_on_duty
from organiser.config import Settings
from organiser.core import clock
from organiser.core.database import db
from organiser.core.tenancy import inside
from organiser.orgs.queries import tenant_called
from organiser.web.command import bring_up_to_date
from organiser.web.frame import Framed, in_one_transaction

CHROMIUM = os.environ.get("RINGLISTA_TEST_CHROMIUM", "/usr/bin/chromium")
SCHEMES = ("light", "dark")
SIZES: dict[str, ViewportSize] = {
    "phone": {"width": 390, "height": 844},
    "small": {"width": 320, "height": 640},
    "computer": {"width": 1280, "height": 900},
}
MARKER = "photographed-demo-is-made"


@dataclass(frozen=True, slots=True)
class Album:
    """Where the pictures go, which of them are wanted, and the person whose browser is looked into."""

    folder: Path
    only: str
    language: str
    page: Page
    site: str

    def open(self, name: str, address: str) -> None:
        """Go to a page and photograph it."""
        self.page.goto(f"{self.site}{address}")
        self.take(name)

    def follow(self, name: str, pattern: str) -> None:
        """Follow the first link to an address like ``pattern`` and photograph what it leads to."""
        found = [link.get_attribute("href") or "" for link in self.page.locator("main a").all()]
        self.open(name, next(address for address in found if re.fullmatch(pattern, address)))

    def press(self, name: str, address: str) -> None:
        """Press the button of the form that sends to an address that ends so, and photograph."""
        self.page.locator(f'form[action$="{address}"] button:visible').first.click()
        self.page.wait_for_load_state()
        self.take(name)

    def print(self, name: str) -> None:
        """The page as it comes on paper."""
        if name.startswith(self.only):
            self.page.set_viewport_size(SIZES["computer"])
            self.page.emulate_media(media="print", color_scheme="light")
            self.page.screenshot(path=self.folder / f"{name}-{self.language}-print.png", full_page=True)
            self.page.emulate_media(media="screen")

    def take(self, name: str) -> None:
        """The page in every size and light: the whole of it, and what a phone and a computer show first."""
        if not name.startswith(self.only):
            return
        for size, viewport in SIZES.items():
            self.page.set_viewport_size(viewport)
            for scheme in SCHEMES:
                self.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
                stem = f"{name}-{self.language}-{size}-{scheme}"
                self.page.screenshot(path=self.folder / f"{stem}.png", full_page=True)
                if size != "small":
                    self.page.screenshot(path=self.folder / f"{stem}-first.png")


@contextmanager
def browsing(browser: Browser, language: str, site: str = "") -> Iterator[Page]:
    """Somebody's own browser, in their language."""
    context = browser.new_context(viewport=SIZES["phone"], locale="sv-SE", reduced_motion="reduce")
    page = context.new_page()
    if site:
        page.goto(f"{site}/language/{language}")
    yield page
    context.close()


@contextmanager
def served(app: Framed) -> Iterator[str]:
    """The application at its address, for as long as it lasts."""
    address = app.config["SETTINGS"].public_url
    port = int(address.rpartition(":")[2])
    server = make_server("127.0.0.1", port, app, threaded=True, request_handler=Quiet)
    threading.Thread(target=server.serve_forever).start()
    yield address
    server.shutdown()


class Quiet(WSGIRequestHandler):
    """Says nothing of each request."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Not told."""


def demo_in(folder: Path) -> Framed:
    """The demo, made unless it is there, with its caller on duty now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = Settings(
        data_dir=folder,
        secret_key=f"for-{MARKER}-only",
        public_url=f"http://127.0.0.1:{port}",
        demo=True,
        second_step=False,
    )
    app = create_app(settings)
    with app.app_context():
        bring_up_to_date(app)
        if not (folder / MARKER).exists():
            make_demo(folder, clock.now().date(), print)
            (folder / MARKER).touch()
        with inside(db.session.scalars(tenant_called(ROOT)).one().id):
            in_one_transaction(lambda: keep_caller_on_duty(clock.now()))
        db.session.remove()
    return app
