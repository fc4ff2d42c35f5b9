#!/usr/bin/env python3
"""Photographs the main pages of a demo: three sizes, light and dark, Swedish and English, the board on paper.

screenshots.py FOLDER                  make a demo, photograph it, throw it away
screenshots.py FOLDER --demo PLACE     the same, and keep the demo in PLACE for the next time
screenshots.py FOLDER --only call      only pages whose name begins so
"""

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from album import CHROMIUM, Album, browsing, demo_in, served
from playwright.sync_api import Browser, sync_playwright

LANGUAGES = ("sv", "en")


def visitors(album: Album) -> None:
    """Whoever has not signed in."""
    album.open("sign-in", "/sign-in")
    album.open("forgotten", "/forgotten")
    album.open("demo", "/demo/")
    album.open("not-found", "/nowhere")


def board(album: Album) -> None:
    """The viewer: how far the district has come, on the screen and on paper."""
    album.open("district", "/")
    album.print("district")
    album.follow("district-stands", r"/district/[0-9a-f-]{36}/ledger")
    album.open("definitions", "/definitions")


def caller(album: Album) -> None:
    """The volunteer's evening: practice, a call with its questions, a break, a pause of all, the thanks."""
    album.open("list", "/calls")
    start = album.page.url.removeprefix(album.site)
    practice(album)
    album.page.goto(f"{album.site}{start}")
    album.press("call", "/next")
    call = album.page.url.removeprefix(album.site).partition("?")[0]
    album.page.locator("#number button").click()
    album.page.locator('a[href^="tel:"]').wait_for()
    album.take("call-number")
    album.open("call-later", f"{call}#later")
    album.open("other", f"{call}/other")
    album.open("why", f"{call}/why")
    album.page.goto(f"{album.site}{call}")
    album.page.locator('.outcomes button[value="talked"]').click()
    album.page.locator(".saved").wait_for()
    album.take("next")
    album.open("recent", "/calls/recent")
    album.page.goto(f"{album.site}/calls")
    album.press("break", "/calls/pause")
    with everybody_paused(album):
        album.open("paused", start)


def practice(album: Album) -> None:
    """The first of the invented people, and what a tap would have led to."""
    album.open("practice", "/calls/practice")
    for step in ("show", "ring"):
        album.page.locator(f'#number button[value="{step}"]').click()
    album.take("practice-rung")
    album.page.locator('.outcomes button[value="no_answer"]').click()
    album.take("practice-told")


@contextmanager
def everybody_paused(album: Album) -> Iterator[None]:
    """The organiser of the same demo pauses the campaign that is rung, for a moment."""
    browser = album.page.context.browser
    if browser is None:
        return
    with browsing(browser, album.language, album.site) as page:
        page.goto(f"{album.site}/demo/organiser")
        page.locator("main form button").click()
        page.goto(f"{album.site}/campaigns")
        page.locator('main a[href^="/campaigns/"]:not([href*="new"])').first.click()
        live = f"{page.url.partition('?')[0]}/live"
        page.goto(live)
        page.locator('main .row form[action$="/pausing"] button').click()
        page.locator('form[action$="/resuming"]').first.wait_for()
        yield
        page.goto(live)
        page.locator('main > .row form[action$="/resuming"] button').click()
        page.locator('form[action$="/pausing"]').first.wait_for()


def organiser(album: Album) -> None:
    """The organiser's work, from the register to an evening of ringing."""
    album.open("members", "/members")
    album.open("members-found", "/members?q=ask")
    album.follow("member", r"/members/[0-9a-f-]{36}")
    album.open("member-edit", f"{album.page.url.removeprefix(album.site)}/edit")
    album.open("account", "/account")
    album.open("campaign-new", "/campaigns/new?start=survey")
    album.open("inbox", "/inbox")
    album.follow("follow-up", r"/follow-ups/[0-9a-f-]{36}(\?.*)?")
    album.open("surveys", "/surveys")
    album.follow("survey", r"/surveys/[0-9a-f-]{36}")
    survey = album.page.url.removeprefix(album.site)
    album.open("survey-preview", f"{survey}/preview")
    album.open("results", f"{survey}/results")
    album.open("campaigns", "/campaigns")
    album.follow("campaign", r"/campaigns/[0-9a-f-]{36}")
    a_campaign(album, album.page.url.removeprefix(album.site))
    album.page.goto(f"{album.site}/district")
    album.follow("goals", r"/goals/[0-9a-f-]{36}")
    album.follow("goal", r"/goals/[0-9a-f-]{36}/[a-z]+")


def a_campaign(album: Album, campaign: str) -> None:
    """Its plan, its words, who answers for it, how it goes just now, one list of it and an evening."""
    for name in ("plan", "words", "responsible", "live"):
        album.open(f"campaign-{name}", f"{campaign}/{name}")
    album.page.goto(f"{album.site}{campaign}")
    album.follow("assignment", r"/assignments/[0-9a-f-]{36}")
    assignment = album.page.url.removeprefix(album.site)
    album.open("live", f"{assignment}/live")
    album.open("calls", f"{assignment}/calls")
    album.open("evening-new", f"{assignment}/evenings/new")
    album.page.locator("form.flow button[type=submit]").click()
    album.page.wait_for_load_state()
    album.take("evening")
    evening = album.page.url.removeprefix(album.site)
    album.press("wall", "/wall")
    album.page.goto(f"{album.site}{evening}")
    album.page.locator("textarea").fill("Kim\nBo")
    album.press("links", "/invitations")
    at_the_door(album, album.page.locator("input[id^=link-]").first.input_value())
    album.page.goto(f"{album.site}{evening}")
    album.page.locator('form[action$="/ending"] button').last.click()


def at_the_door(album: Album, link: str) -> None:
    """Whoever was handed the link."""
    browser = album.page.context.browser
    if browser:
        with browsing(browser, album.language, album.site) as page:
            door = Album(album.folder, album.only, album.language, page, album.site)
            door.open("door", link.removeprefix(album.site))


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
