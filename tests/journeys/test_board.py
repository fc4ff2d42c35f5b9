"""The board's thirty seconds: one sentence, four numbers, associations in order, an earlier day, a print."""

import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Browser

from campaigns.queue.outcomes import Outcome
from organiser.accounts.permissions import Role
from organiser.core import clock
from organiser.web.frame import Framed
from tests.builders import Builders, Tree
from tests.campaigns.activation.builders import Ringing
from tests.chromium import COMPUTER
from tests.journeys.conftest import TUESDAY_EVENING
from tests.journeys.desk import at_a_desk
from tests.journeys.words import LANGUAGES, Reader

pytestmark = pytest.mark.browser


def a_week_of_calls(make: Builders, at: datetime, patch: pytest.MonkeyPatch) -> Tree:
    """Eight members in Falun, of whom six were met, one of them today; six in Borlänge, of whom none."""
    with patch.context() as then:
        then.setattr(clock, "now", lambda: at - timedelta(days=7))
        tree = make.tree()
        rung = Ringing(make, tree.tenant_id, tree.district)
        rung.list_of(tree.borlange)
        falun = [make.member(tree.tenant_id, tree.falun, last_name="Canary") for _ in range(8)]
        for _ in range(6):
            make.member(tree.tenant_id, tree.borlange, last_name="Canary")
        for place, member in enumerate(falun[:6]):
            told_at = at - timedelta(days=0 if place == 5 else 3)
            then.setattr(clock, "now", lambda told_at=told_at: told_at)
            rung.rang(member, Outcome.TALKED, told_at)
    return tree


def units(board: Reader) -> list[str]:
    """The associations of the table, in its order."""
    heads = board.page.locator("section:has(> #all-numbers) tbody th").all_inner_texts()
    return [name.strip() for name in heads if name.strip() in {"Falun", "Borlänge"}]


@pytest.fixture
def dalarna(make: Builders, evening: datetime, monkeypatch: pytest.MonkeyPatch) -> Tree:
    """The district on a Tuesday evening."""
    return a_week_of_calls(make, evening, monkeypatch)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_board_reads_how_the_district_stands(
    app: Framed, site: str, make: Builders, browser: Browser, dalarna: Tree, language: str
) -> None:
    tree = dalarna
    stina = make.account(tree.tenant_id, (Role.VIEWER, tree.district), name="Stina Alm")
    with at_a_desk(browser, app, stina, tree.tenant_id, language, viewport=COMPUTER) as board:
        board.opens("/")
        assert headline(board)[:2] == ["6", "14"]
        assert board.page.locator("#numbers .figure").count() == 4
        assert "Canary" not in board.page.content()
        sorts(board)
        looks_back(board)
        prints(board)


def headline(board: Reader) -> list[str]:
    """The numbers of the one sentence, in order."""
    words = board.page.get_by_role("heading", level=1).inner_text().split()
    return [word for word in words if word.isdecimal()]


def sorts(board: Reader) -> None:
    """By any heading, and the other way by the same once more."""
    head = board.page.locator("section:has(> #all-numbers) thead th", has_text=board.says("Members"))
    assert units(board) == ["Falun", "Borlänge"]
    for _ in range(2):
        head.first.get_by_role("link").click()
        board.page.wait_for_load_state()
    assert head.first.get_attribute("aria-sort") == "ascending"
    assert units(board) == ["Borlänge", "Falun"]


def looks_back(board: Reader) -> None:
    """What was known the day before: one fewer."""
    yesterday = (TUESDAY_EVENING - timedelta(days=1)).date()
    board.page.locator("#known_on").fill(yesterday.isoformat())
    board.press("Show that day")
    board.page.locator(f'#known_on[value="{yesterday.isoformat()}"]').wait_for()
    assert headline(board)[:2] == ["5", "14"]
    board.follow("Show it as it is now")
    board.page.locator('#known_on[value=""]').wait_for()
    assert headline(board)[:2] == ["6", "14"]


def prints(board: Reader) -> None:
    """On paper stand the sentence and the numbers, and nothing to press."""
    board.page.emulate_media(media="print")
    assert board.page.get_by_role("heading", level=1).is_visible()
    assert board.page.locator("#numbers").is_visible()
    pressed = board.page.locator("nav, button, .banner, .earlier")
    assert [one.evaluate("e => e.outerHTML.slice(0, 60)") for one in pressed.all() if one.is_visible()] == []
    board.page.emulate_media(media="screen")


def test_a_district_of_fifteen_associations_is_printed_on_one_sheet(
    app: Framed, site: str, make: Builders, browser: Browser, dalarna: Tree
) -> None:
    tree = dalarna
    for number in range(13):
        unit_id = make.unit(tree.tenant_id, tree.district, f"Avdelning {number}")
        for _ in range(5):
            make.member(tree.tenant_id, unit_id)
    stina = make.account(tree.tenant_id, (Role.VIEWER, tree.district), name="Stina Alm")
    with at_a_desk(browser, app, stina, tree.tenant_id, "sv", viewport=COMPUTER) as board:
        board.opens("/")
        assert board.page.locator("section:has(> #all-numbers) tbody tr").count() == 15
        sheets = re.findall(rb"/Type\s*/Page\b", board.page.pdf(format="A4"))
    assert len(sheets) == 1
