"""What somebody who rings does on a telephone, told by what stands on its screen."""

import re
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Locator, Page

from tests.chromium import faults_seen_by

WORDS = {
    "sv": {
        "welcome": "Kom med och ring",
        "code": "Kvällens kod",
        "name": "Ditt namn",
        "come in": "Gå med",
        "next": "Visa nästa person",
        "undo": "Ångra",
        "other": "Annat",
        "later": "Ring senare",
        "declined": "Nådd – ville inte svara",
        "talked": "Du har ringt 5 samtal i dag och pratat med 3 personer.",
        "over": "Passet är slut – tack!",
        "together": "{} samtal",
    },
    "en": {
        "welcome": "Come and ring",
        "code": "The evening's code",
        "name": "Your name",
        "come in": "Come in",
        "next": "Show the next person",
        "undo": "Undo",
        "other": "Other",
        "later": "Call later",
        "declined": "Reached – did not want the questions",
        "talked": "You have made 5 calls today and talked with 3 people.",
        "over": "The shift is over – thank you!",
        "together": "{} calls",
    },
}

EVERYTHING_STORED = """async () => ({
  local: {...localStorage}, session: {...sessionStorage},
  databases: await indexedDB.databases(), caches: await caches.keys(),
  workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""

NOTHING: dict[str, Any] = {"local": {}, "session": {}, "databases": [], "caches": [], "workers": 0}


@dataclass
class Volunteer:
    """Somebody's telephone, the words they look for, and whom they have rung, in order."""

    page: Page
    language: str = "sv"
    script: bool = True
    rung: list[str] = field(default_factory=list)

    def come_in(self, link: str, code: str, *, looks: bool = True) -> None:
        """Open the link, say who one is and the evening's code."""
        self.page.goto(link)
        self.reads("welcome")
        if looks:
            self.look()
        self.page.get_by_label(self.says("code")).fill(code)
        self.page.get_by_label(self.says("name")).fill("Bo")
        self.press("come in")

    def take_the_next(self) -> None:
        self.look()
        self.press("next")
        self.look()

    def sees_the_number(self) -> None:
        """It is asked for, and can be dialled then."""
        assert self.page.locator('a[href^="tel:"]').count() == 0
        self.page.locator("#number button").click()
        self.page.locator('a[href^="tel:"]').wait_for()

    def tells(self, outcome: str) -> None:
        """One tap on how it went, at the bottom of the page."""
        self.taps(self.page.locator(f'.outcomes button[value="{outcome}"]'))

    def taps(self, button: Locator) -> None:
        """What ends the call; somebody else is on the page then."""
        person = self.member
        self.rung.append(person)
        button.click()
        if self.script:
            self.page.wait_for_function(
                "name => document.getElementById('who')?.innerText !== name", arg=person
            )

    def tells_and_takes_back(self, outcome: str) -> None:
        """The wrong button, and the member back."""
        person = self.member
        self.tells(outcome)
        self.press("undo")
        assert self.member == self.rung.pop() == person

    def promises_a_later_time(self) -> None:
        """The first of the times that are offered."""
        self.page.locator(".outcomes").get_by_role("link", name=self.says("later")).click()
        self.look()
        self.taps(self.page.locator('.later button[value^="talked_call_back@"]').first)

    def tells_another(self) -> None:
        """Reached, but no wish to answer: from the page of all the outcomes."""
        self.rung.append(self.member)
        self.page.locator(".outcomes").get_by_role("button", name=self.says("other")).click()
        self.page.locator("#outcome").wait_for()
        self.look()
        self.page.get_by_role("button", name=self.says("declined")).click()

    def rings_five(self) -> None:
        """Five people, five ways it can go; three of them were reached. A wrong tap is taken back."""
        self.take_the_next()
        self.sees_the_number()
        self.look()
        self.tells_and_takes_back("wrong_number")
        self.tells("talked")
        self.promises_a_later_time()
        self.tells_another()
        self.tells("no_answer")
        self.tells("wrong_number")

    def stops(self) -> None:
        """A break, and then it was enough for tonight."""
        self.page.locator('header form[action="/calls/pause"] button').click()
        self.page.wait_for_url("**/calls/pause**")
        assert self.says("talked") in self.text
        self.look()
        self.page.locator('main form[action="/calls/ending"] button').click()
        self.reads("over")
        self.look()

    def press(self, what: str) -> None:
        self.page.get_by_role("button", name=self.says(what), exact=True).click()

    def reads(self, what: str) -> None:
        self.page.get_by_role("heading", name=self.says(what), exact=True).wait_for()

    def says(self, what: str) -> str:
        return WORDS[self.language][what]

    def look(self) -> None:
        """Everything can be read and pressed, by everybody; only a browser with script can tell."""
        assert not self.script or faults_seen_by(self.page) == []

    @property
    def member(self) -> str:
        """Whose page it is."""
        heading = self.page.locator("#who")
        heading.wait_for()
        return heading.inner_text()

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", self.page.locator("main").inner_text())
