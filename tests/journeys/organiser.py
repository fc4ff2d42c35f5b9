"""What an organiser does, from the first sign-in to an evening of ringing, in Swedish."""

import re
from dataclasses import dataclass
from pathlib import Path

import pyotp
from playwright.sync_api import Page

from organiser.core import clock
from tests.chromium import faults_seen_by

EMAIL, PASSWORD = "olle@example.org", "tre gröna granar vid sjön"


@dataclass
class Organiser:
    """Somebody's computer."""

    page: Page
    site: str

    def sign_in_the_first_time(self) -> list[str]:
        """Password, then codes on the telephone. Gives the recovery codes."""
        self.page.goto(self.site)
        self.reads("Logga in")
        self.look()
        self.page.get_by_label("E-post").fill(EMAIL)
        self.page.get_by_label("Lösenord").fill(PASSWORD)
        self.press("Logga in")
        self.reads("Få koder i telefonen")
        self.look()
        key = self.page.locator("main code").inner_text().replace(" ", "")
        self.page.locator("input[name=code]").fill(pyotp.TOTP(key).at(clock.now()))
        self.press("Fortsätt")
        self.reads("Dina reservkoder")
        self.look()
        kept = self.page.locator(".codes li").all_inner_texts()
        self.follow("Jag har sparat dem, fortsätt")
        return kept

    def send_list(self, file: Path) -> None:
        """Upload a member list for one's district."""
        self.page.get_by_role("navigation").get_by_role("link", name="Läs in", exact=True).click()
        self.reads("Läs in en medlemslista")
        self.look()
        self.page.locator("input[type=file]").set_input_files(file)
        self.press("Läs filen")
        self.reads("Vad varje kolumn är")
        self.look()

    def match(self, heading: str, choice: str) -> None:
        """Say what a column of the list is."""
        row = self.page.locator(".match").filter(has_text=heading)
        row.get_by_role("combobox").select_option(label=choice)

    def read_in(self, people: int) -> None:
        """Check, see what would change, confirm; they are all new."""
        self.press("Kontrollera raderna")
        self.look()
        self.follow("Se vad som skulle ändras")
        self.reads("Så här blir registret")
        self.look()
        self.press(f"Läs in {people} medlemmar")
        self.reads(f"{people} medlemmar lästes in")
        self.look()

    def make_campaign(self) -> None:
        """One step: a list for every association."""
        self.page.get_by_role("navigation").get_by_role("link", name="Kampanjer").click()
        self.look()
        self.follow("Gör en ringkampanj")
        self.look()
        self.press("Gör kampanjen")
        self.page.locator("#lists").wait_for()
        self.look()

    def start_evening(self, association: str) -> str:
        """An evening that begins now. Gives its code as it is said aloud."""
        self.follow(association)
        self.look()
        self.follow("Starta en ringkväll")
        self.look()
        self.press("Starta ringkvällen")
        return self.code()

    def code(self) -> str:
        code = self.page.locator(".spoken strong")
        code.wait_for()
        return re.sub(r"\D", "", code.inner_text())

    def make_link(self, name: str) -> str:
        """A personal link for one caller, as it is handed over."""
        self.look()
        self.page.get_by_label("Namn, ett på varje rad").fill(name)
        self.press("Gör länkar")
        self.reads("Dela ut länken")
        self.look()
        return self.page.get_by_label("Länk", exact=True).input_value()

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def follow(self, name: str) -> None:
        self.page.locator("main").get_by_role("link", name=name, exact=True).click()

    def reads(self, heading: str) -> None:
        self.page.get_by_role("heading", name=heading, exact=True).wait_for()

    def look(self) -> None:
        """Everything can be read and pressed, by everybody."""
        assert faults_seen_by(self.page) == []
