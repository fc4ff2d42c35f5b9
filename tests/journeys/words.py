"""What a page says in a language, found by the English words of the code: a story told once for both."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel.support import Translations
from playwright.sync_api import Page

import organiser

CATALOGUES = Path(organiser.__file__).parent / "translations"
LANGUAGES = ("sv", "en")


@dataclass
class Reader:
    """Somebody before a page, who reads and presses what stands on it in their language."""

    page: Page
    site: str
    language: str

    def says(self, english: str, **values: Any) -> str:
        """These words as this reader meets them."""
        words: str = Translations.load(CATALOGUES, [self.language]).gettext(english)
        return words % values if values else words

    def opens(self, address: str) -> None:
        """Go there by the address."""
        self.page.goto(f"{self.site}{address}")

    def press(self, english: str) -> None:
        """The first button called so."""
        self.page.get_by_role("button", name=self.says(english), exact=True).first.click()

    def follow(self, english: str) -> None:
        """The first link of the page itself called so."""
        self.page.locator("main").get_by_role("link", name=self.says(english), exact=True).first.click()

    def reads(self, english: str, **values: Any) -> None:
        """A heading."""
        self.page.get_by_role("heading", name=self.says(english, **values), exact=True).wait_for()

    @property
    def text(self) -> str:
        """What stands on the page, with plain spaces."""
        return re.sub(r"\s+", " ", self.page.locator("main").inner_text())

    def numbers(self, row: str) -> list[int]:
        """The whole numbers in the cells of the table row that begins so, empty cells left out."""
        cells = self.page.locator("tr", has=self.page.locator("th", has_text=row)).first.locator("td")
        said = [re.sub(r"\s", "", cell.inner_text().split("\n")[-1]) for cell in cells.all()]
        return [int(number) for number in said if number.isdecimal()]
