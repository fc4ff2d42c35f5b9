#!/usr/bin/env python3
"""Photographs the main pages of a demo: three sizes, light and dark, Swedish and English.

screenshots.py FOLDER                  make a demo, photograph it, throw it away
screenshots.py FOLDER --demo PLACE     the same, and keep the demo in PLACE for the next time
screenshots.py FOLDER --only call      only pages whose name begins so
"""

import argparse
import os
import re
import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright
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
LANGUAGES = ("sv", "en")
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
        """Press the button of the form that sends to an address like ``address``, and photograph."""
        self.page.locator(f'form[action*="{address}"] button:visible').first.click()
        self.page.wait_for_load_state()
        self.take(name)

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


def visitors(album: Album) -> None:
    """Whoever has not signed in."""
    album.open("sign-in", "/sign-in")
    album.open("forgotten", "/forgotten")
    album.open("demo", "/demo/")
    album.open("not-found", "/nowhere")


def board(album: Album) -> None:
    """The viewer: how far the district has come."""
    album.open("district", "/")


def caller(album: Album) -> None:
    """The volunteer's evening, from the list to the thanks."""
    album.open("list", "/calls")
    album.press("call", "/next")
    call = album.page.url.removeprefix(album.site).partition("?")[0]
    album.open("call-later", f"{call}#later")
    album.open("other", f"{call}/other")
    album.page.goto(f"{album.site}{call}")
    album.page.locator('button[value="talked"]').click()
    album.page.wait_for_load_state()
    album.take("next")
    album.open("recent", "/calls/recent")
    album.page.goto(f"{album.site}/calls")
    album.press("thanks", "/calls/pause")


def organiser(album: Album) -> None:
    """The organiser's work, from the register to an evening of ringing."""
    album.open("members", "/members")
    album.open("members-found", "/members?q=ask")
    album.follow("member", r"/members/[0-9a-f-]{36}")
    album.open("member-edit", f"{album.page.url.removeprefix(album.site)}/edit")
    album.open("account", "/account")
    album.open("campaigns", "/campaigns")
    album.follow("campaign", r"/campaigns/[0-9a-f-]{36}")
    campaign = album.page.url.removeprefix(album.site)
    album.open("campaign-words", f"{campaign}/words")
    album.open("campaign-new", "/campaigns/new")
    album.page.goto(f"{album.site}{campaign}")
    album.follow("assignment", r"/assignments/[0-9a-f-]{36}")
    assignment = album.page.url.removeprefix(album.site)
    album.open("inbox", f"{assignment}/waiting")
    album.open("evening-new", f"{assignment}/evenings/new")
    album.press("evening", "/evenings/new") if not album.page.locator("form.flow").count() else _evening(
        album
    )


def _evening(album: Album) -> None:
    album.page.locator("form.flow button[type=submit]").click()
    album.page.wait_for_load_state()
    album.take("evening")
    album.page.locator("textarea").fill("Kim\nBo")
    album.press("links", "/invitations")
    link = album.page.locator("input[id^=link-]").first.input_value()
    door = album.page.context.browser
    if door:
        with browsing(door, album.language) as page:
            Album(album.folder, album.only, album.language, page, album.site).open(
                "door", link.removeprefix(album.site)
            )


def importer(album: Album, file: Path) -> None:
    """A member list read in, as far as the preview; nothing is confirmed."""
    album.open("imports", "/imports")
    album.page.locator("input[type=file]").set_input_files(file)
    album.page.locator("main form button[type=submit]").first.click()
    album.page.wait_for_load_state()
    for name in ("import-columns", "import-check", "import-preview"):
        album.take(name)
        album.page.locator("main .go").first.click()
        album.page.wait_for_load_state()
        if name == "import-check":
            album.take("import-preview")
            break


def administrator(album: Album) -> None:
    """Units, accounts and the logs."""
    album.open("units", "/units/")
    album.follow("unit", r"/units/[0-9a-f-]{36}")
    album.open("accounts", "/accounts/")
    album.follow("person", r"/accounts/[0-9a-f-]{36}")
    album.open("invite", "/accounts/new")
    album.open("logs", "/logs/")
    album.open("changes", "/logs/changes")


STORIES = {"viewer": board, "caller": caller, "organiser": organiser, "administrator": administrator}


def photograph(browser: Browser, site: str, folder: Path, only: str, lists: Path) -> None:
    """Everybody's pages in both languages."""
    for language in LANGUAGES:
        with browsing(browser, language, site) as page:
            visitors(Album(folder, only, language, page, site))
        for role, story in STORIES.items():
            with browsing(browser, language, site) as page:
                page.goto(f"{site}/demo/{role}")
                page.locator("main form button").click()
                album = Album(folder, only, language, page, site)
                story(album)
                if role == "organiser":
                    importer(album, lists / "dalarna.csv")
                print(f"{language}: {role}", flush=True)


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


def main() -> None:
    """Read the command line, make, serve and photograph."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, help="where the pictures go")
    parser.add_argument("--demo", type=Path, help="keep the demo here")
    parser.add_argument("--only", default="", help="only pages whose name begins so")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as throwaway, sync_playwright() as tools:
        place = given.demo or Path(throwaway)
        place.mkdir(parents=True, exist_ok=True)
        app = demo_in(place)
        browser = tools.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        with served(app) as site:
            photograph(browser, site, given.folder, given.only, place)
        browser.close()


if __name__ == "__main__":
    main()
