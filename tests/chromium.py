"""A real Chromium for the tests: how it is started, and what every page in it is held to."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

CHROMIUM = os.environ.get("RINGLISTA_TEST_CHROMIUM", "/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
PHONE: ViewportSize = {"width": 390, "height": 844}
LARGE_TEXT = 32  # pixels: twice what a browser's text is by default
TABLET: ViewportSize = {"width": 640, "height": 900}
SMALL_PHONE: ViewportSize = {"width": 320, "height": 640}
COMPUTER: ViewportSize = {"width": 1280, "height": 900}
PATIENCE = 10_000  # milliseconds until somebody gives up waiting

# What one presses, except a link in a sentence (WCAG 2.5.8) and a tick whose label is the target.
SMALL_TARGETS = """() => [...document.querySelectorAll(
    'a, button, summary, input:not([type=hidden]), select, textarea, .chip, .check > label')]
  .filter(e => !e.matches('.skip, .check input, .chip input, p:not(.row) > a:not(.btn)'))
  .filter(e => { const box = e.getBoundingClientRect(); return box.width && box.height < 47.5; })
  .map(e => e.outerHTML.slice(0, 90))"""
LONG_MENU = "(document.querySelector('.top > nav')?.offsetHeight ?? 0) > 60"
HERE_OUT_OF_VIEW = """() => [...document.querySelectorAll('.top > nav [aria-current]')].some(e => {
  const box = e.getBoundingClientRect(); return box.left < 0 || box.right > innerWidth; })"""
TOO_WIDE = "document.documentElement.scrollWidth - innerWidth"


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser, or a sentence that says what to install."""
    if not Path(CHROMIUM).exists():
        pytest.fail(f"{CHROMIUM} is missing: install chromium, or say where it is in RINGLISTA_TEST_CHROMIUM")
    with sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Visit:
    """One person's browser: its page, what the console complained of, and which hosts it asked."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)

    def listen(self) -> None:
        """Take note of errors and of where the page asks."""
        self.page.on(
            "console", lambda said: self.complaints.append(said.text) if said.type == "error" else None
        )
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda asked: self.hosts.add(asked.url.split("/")[2].partition(":")[0]))


@contextmanager
def visit(browser: Browser, viewport: ViewportSize = PHONE, **options: Any) -> Iterator[Visit]:
    """A person's own browser, by default on a phone in Swedish; it must stay calm and ask nobody else."""
    context: BrowserContext = browser.new_context(viewport=viewport, locale="sv-SE", **options)
    context.set_default_timeout(PATIENCE)
    visit = Visit(context.new_page())
    visit.listen()
    yield visit
    context.close()
    assert visit.complaints == []
    assert visit.hosts <= {"127.0.0.1"}


def faults_seen_by(page: Page) -> list[str]:
    """What keeps somebody from reading or pressing: axe in light and dark, width at 320, small targets."""
    faults = faults_of_a_scheme(page, "light")
    faults += faults_of_a_scheme(page, "dark", {"runOnly": ["color-contrast"]})  # nothing else differs
    page.emulate_media(color_scheme="light")
    return faults + faults_on_a_small_phone(page)


def faults_of_a_scheme(
    page: Page, scheme: Literal["light", "dark"], options: dict[str, Any] | None = None
) -> list[str]:
    """What axe finds where the page is light, or dark."""
    page.emulate_media(color_scheme=scheme)
    found = Axe().run(page, options={"resultTypes": ["violations"], **(options or {})}).response["violations"]
    return [f"{scheme}: {fault['id']} {fault['nodes'][0]['html'][:120]}" for fault in found]


def faults_in_large_text(page: Page) -> list[str]:
    """What is wider than a page of 640 pixels where somebody has set the browser's text to twice its size."""
    size, tools = page.viewport_size, page.context.new_cdp_session(page)
    tools.send("Page.setFontSizes", {"fontSizes": {"standard": LARGE_TEXT, "fixed": LARGE_TEXT}})
    page.set_viewport_size(TABLET)
    text = page.evaluate("parseFloat(getComputedStyle(document.querySelector('main')).fontSize)")
    wide = page.evaluate(TOO_WIDE)
    tools.send("Page.setFontSizes", {"fontSizes": {"standard": LARGE_TEXT // 2, "fixed": 13}})
    tools.detach()
    if size:
        page.set_viewport_size(size)
    faults = [f"text of {text} px did not grow"] if text < LARGE_TEXT else []
    return [*faults, f"{wide} px wider than 640"] if wide > 0 else faults


def faults_on_a_small_phone(page: Page) -> list[str]:
    """What is wider than a small phone, or too small for a thumb."""
    size = page.viewport_size
    page.set_viewport_size(SMALL_PHONE)
    wide = page.evaluate(TOO_WIDE)
    faults = [f"{wide} px wider than 320"] if wide > 0 else []
    faults += [f"small: {target}" for target in page.evaluate(SMALL_TARGETS)]
    faults += ["the menu takes more than a line"] if page.evaluate(LONG_MENU) else []
    faults += ["the menu hides the page one is on"] if page.evaluate(HERE_OUT_OF_VIEW) else []
    if size:
        page.set_viewport_size(size)
    return faults
