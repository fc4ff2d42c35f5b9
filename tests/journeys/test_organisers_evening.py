"""An organiser prepares an evening for the whole district, follows it, and puts right what callers leave."""

import pytest
from playwright.sync_api import Browser

from organiser.accounts.models import Account
from organiser.accounts.permissions import Role
from organiser.web.frame import Framed
from tests.builders import Builders, Tree
from tests.chromium import COMPUTER, visit
from tests.journeys.desk import at_a_desk
from tests.journeys.volunteer import Volunteer
from tests.journeys.words import LANGUAGES, Reader

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("evening")]
NEW_WORDS = "## Hej\nEn helt ny början, {first_name}."


def a_district(make: Builders) -> tuple[Tree, Account]:
    """Twelve members in two associations, one of them without a number; and who organises them."""
    tree = make.tree()
    for place in range(12):
        unit = tree.falun if place < 7 else tree.borlange
        phone = {"phone": None} if place == 11 else {}
        make.member(tree.tenant_id, unit, first_name=f"Person{place}", last_name="Ek", **phone)
    return tree, make.account(tree.tenant_id, (Role.ORGANISER, tree.district), name="Olle Ask")


def prepares(olle: Reader) -> None:
    """A ready survey campaign, with what each association can be rung before it is made."""
    olle.opens("/campaigns/new")
    olle.page.locator('main a[href*="start=survey"]').click()
    olle.page.locator('main a[href*="start=survey"][aria-current]').wait_for()
    for unit, callable_now, members in (("Falun", 7, 7), ("Borlänge", 4, 5)):
        first, *others = olle.numbers(unit)
        assert (first, others[-1]) == (callable_now, members)
        assert first + sum(others[:-1]) == members
    olle.press("Make the campaign")
    olle.page.locator("#lists").wait_for()
    assert olle.says("What members answered") in olle.text


def starts(olle: Reader) -> tuple[str, str]:
    """An evening for all associations at once. Gives the link behind the square, and the code."""
    olle.page.locator('main a[href^="/campaigns/"][href$="/evenings/new"]').click()
    olle.press("Start the evening")
    spoken = olle.page.locator(".spoken strong")
    spoken.wait_for()
    code = "".join(sign for sign in spoken.inner_text() if sign.isdecimal())
    olle.press("Show a square for all")
    olle.page.locator(".wall svg").wait_for()
    link = olle.page.locator("#wall-link").input_value()
    olle.follow("To the evening and its code")
    return link, code


def figures(olle: Reader) -> list[str]:
    """The numbers of the live page: calls today, reached, left, promised."""
    return olle.page.locator("[data-look] .live .figure").all_inner_texts()


def looks_again(olle: Reader, rung: str) -> None:
    """The live page looks by itself when somebody looks at it."""
    olle.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    olle.page.locator("[data-look] .live .figure").first.filter(has_text=rung).wait_for()


def adds_up(olle: Reader) -> None:
    """Everybody stands in one place."""
    *places, together = olle.page.locator("section[aria-labelledby=stand] table tbody tr").all()
    numbers = [int(row.locator("td").first.inner_text()) for row in places]
    assert sum(numbers) == int(together.locator("td").first.inner_text()) == 12


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_organiser_prepares_and_follows_an_evening(
    app: Framed, site: str, make: Builders, browser: Browser, language: str
) -> None:
    tree, account = a_district(make)
    with (
        at_a_desk(browser, app, account, tree.tenant_id, language, viewport=COMPUTER) as olle,
        visit(browser) as phone,
    ):
        prepares(olle)
        campaign = olle.page.url.removeprefix(site).partition("?")[0]
        bo = Volunteer(phone.page)
        bo.come_in(*starts(olle))
        bo.press("next")
        bo.tells("wrong_number")

        olle.opens(f"{campaign}/live")
        assert figures(olle)[0] == "1"
        adds_up(olle)
        bo.tells("talked")
        looks_again(olle, "2")
        adds_up(olle)

        pauses_and_goes_on(olle, bo)
        changes_the_words(olle, bo)
        follows_up(olle, campaign)


def pauses_and_goes_on(olle: Reader, bo: Volunteer) -> None:
    """The call one is in may be told of; nobody new is given until it goes on."""
    olle.press("Pause the campaign")
    olle.page.locator('form[action$="/resuming"]').first.wait_for()
    bo.tells("no_answer")
    bo.page.locator(".saved").wait_for()
    assert bo.page.locator("#who").count() == 0
    olle.press("Let the ringing go on")
    olle.page.locator('form[action$="/pausing"]').first.wait_for()
    bo.page.reload()
    bo.press("next")
    bo.member  # noqa: B018  # waits for the page


def changes_the_words(olle: Reader, bo: Volunteer) -> None:
    """Callers read them from their next member on."""
    olle.follow("Change the call guide for everybody")
    olle.page.locator("textarea[name=script]").fill(NEW_WORDS)
    olle.press("Save")
    olle.page.locator("#lists").wait_for()
    bo.tells("no_answer")
    assert "En helt ny början, Person" in bo.text


def follows_up(olle: Reader, campaign: str) -> None:
    """What a caller left is seen to with one tap, and taken back with one more."""
    olle.opens(f"{campaign}/inbox")
    cards = olle.page.locator("main section.card")
    assert cards.count() == 1
    olle.press("Done by other means")
    olle.reads("Nothing waits for you")
    olle.page.locator('main a[href*="done"]').first.click()
    cards.first.wait_for()
    olle.press("Undo")
    olle.opens(f"{campaign}/inbox")
    assert cards.count() == 1
    assert olle.says("Done by other means") in olle.text
