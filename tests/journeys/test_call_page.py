"""The call page under a thumb: no net, a lost answer, back from dialling, questions that save themselves."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

from campaigns.queue.models import Call
from campaigns.surveys.models import Answer
from tests.builders import Builders
from tests.chromium import Visit, visit
from tests.journeys.night import Night, a_night, stored
from tests.journeys.volunteer import EVERYTHING_STORED, NOTHING, Volunteer

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("evening")]
COME_BACK = """() => {
  for (const hidden of [true, false]) {
    Object.defineProperty(document, "hidden", {value: hidden, configurable: true});
    document.dispatchEvent(new Event("visibilitychange"));
  }
}"""


def outcomes(night: Night) -> list[str | None]:
    return [call.outcome for call in stored(night, Call)]


def answers(night: Night) -> list[Any]:
    return [one.value for one in stored(night, Answer) if one.replaced_at is None]


def on_the_phone(phone: Visit, night: Night) -> Volunteer:
    """Bo has somebody to ring."""
    bo = Volunteer(phone.page)
    bo.come_in(night.link, night.code)
    bo.press("next")
    bo.member  # noqa: B018  # waits for the page
    return bo


def only_of_the_net(phone: Visit) -> None:
    """The console may complain that there was no connection, and of nothing else."""
    assert [said for said in phone.complaints if "ERR_" not in said and "fetch" not in said] == []
    phone.complaints.clear()


def lose_the_answer(page: Page) -> Callable[[], None]:
    """What is sent arrives, and what comes back does not; gives what mends it."""

    def lose(route: Route) -> None:
        route.fetch(max_redirects=0)
        route.abort()

    page.route("**/report", lose)
    return lambda: page.unroute("**/report")


def test_without_a_connection_the_page_stays_and_the_same_is_sent_later(
    site: str, make: Builders, browser: Browser
) -> None:
    night = a_night(make)
    with visit(browser) as phone:
        bo = on_the_phone(phone, night)
        person = bo.member
        phone.page.locator(".leave summary").click()
        phone.page.locator("#note").fill("Prova efter sex")
        phone.page.context.set_offline(True)
        phone.page.locator('.outcomes button[value="no_answer"]').click()
        phone.page.locator("#no-net").wait_for()
        assert bo.member == person
        assert phone.page.locator("#note").input_value() == "Prova efter sex"
        assert outcomes(night) == [None]
        assert phone.page.evaluate(EVERYTHING_STORED) == NOTHING
        phone.page.context.set_offline(False)
        bo.taps(phone.page.locator("#no-net button"))
        assert outcomes(night) == ["no_answer", None]
        assert [call.note for call in stored(night, Call)] == ["Prova efter sex", ""]
        only_of_the_net(phone)


def test_an_answer_given_without_a_connection_is_saved_once_when_it_is_back(
    site: str, make: Builders, browser: Browser
) -> None:
    night = a_night(make, asks=True)
    with visit(browser) as phone:
        bo = on_the_phone(phone, night)
        person, address = bo.member, phone.page.url
        bo.sees_the_number()
        phone.page.context.set_offline(True)
        phone.page.locator("#survey .chip, #survey .check label").first.click()
        phone.page.locator("#no-net").wait_for()
        assert answers(night) == []
        assert phone.page.locator("#survey input:checked").count() == 1
        assert phone.page.evaluate(EVERYTHING_STORED) == NOTHING
        phone.page.context.set_offline(False)
        phone.page.locator("#no-net button").click()
        phone.page.locator("#survey details summary").wait_for()
        assert len(answers(night)) == len(stored(night, Answer)) == 1
        assert (bo.member, phone.page.url) == (person, address)
        assert phone.page.locator('a[href^="tel:"]').is_visible()
        only_of_the_net(phone)


def test_an_answer_that_was_lost_on_its_way_is_given_again_and_nothing_twice(
    site: str, make: Builders, browser: Browser
) -> None:
    night = a_night(make)
    with visit(browser) as phone:
        bo = on_the_phone(phone, night)
        mend = lose_the_answer(phone.page)
        phone.page.locator('.outcomes button[value="talked"]').click()
        phone.page.locator("#no-net").wait_for()
        assert outcomes(night) == ["talked", None]
        mend()
        bo.taps(phone.page.locator("#no-net button"))
        assert outcomes(night) == ["talked", None]
        assert stored(night, Call)[-1].id.hex in phone.page.url.replace("-", "")
        only_of_the_net(phone)


def test_two_quick_taps_tell_of_one_call(site: str, make: Builders, browser: Browser) -> None:
    night = a_night(make)
    with visit(browser) as phone:
        bo = on_the_phone(phone, night)
        person = bo.member
        phone.page.locator('.outcomes button[value="talked"]').dblclick()
        phone.page.wait_for_function("name => document.getElementById('who')?.innerText !== name", arg=person)
        phone.page.wait_for_load_state("networkidle")
        assert outcomes(night) == ["talked", None]


def test_back_from_dialling_the_place_is_kept_and_it_asks_how_it_went(
    site: str, make: Builders, browser: Browser
) -> None:
    night = a_night(make)
    with visit(browser) as phone:
        bo = on_the_phone(phone, night)
        address, person = phone.page.url, bo.member
        phone.page.evaluate(COME_BACK)
        assert focused(phone.page) != "how"
        bo.sees_the_number()
        assert phone.page.locator('a[href^="tel:"]').evaluate("link => link === document.activeElement")
        phone.page.evaluate("document.addEventListener('click', e => e.preventDefault(), true)")
        phone.page.locator('a[href^="tel:"]').click()
        phone.page.evaluate("scrollTo(0, 120)")
        phone.page.evaluate(COME_BACK)
        assert focused(phone.page) == "how"
        assert phone.page.evaluate("scrollY") == 120
        assert (phone.page.url, bo.member) == (address, person)
        phone.page.reload()  # as a telephone does that ran short of memory
        phone.page.locator('a[href^="tel:"]').wait_for()


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


def test_questions_save_themselves_and_what_is_half_written_goes_along(
    site: str, make: Builders, browser: Browser
) -> None:
    night = a_night(make, asks=True)
    with visit(browser) as phone:
        bo = on_the_phone(phone, night)
        bo.look()
        survey = phone.page.locator("#survey")
        asked = survey.locator("legend, label").first.inner_text()
        survey.locator(".chip, .check label").first.click()
        phone.page.wait_for_function(
            "was => !document.getElementById('survey').innerText.includes(was + '\\n')"
            " || document.querySelector('#survey details')",
            arg=asked,
        )
        survey.locator("details summary").wait_for()
        bo.look()
        assert len(answers(night)) == 1
        while not survey.locator("textarea, input:not([type=hidden]):not([type=radio])").count():
            before = survey.inner_text()
            survey.locator(".row a").last.click()
            phone.page.wait_for_function(
                "was => document.getElementById('survey').innerText !== was", arg=before
            )
        field = survey.locator("textarea, input:not([type=hidden]):not([type=radio])").first
        if field.get_attribute("type") == "checkbox":
            field.check()
        else:
            field.press_sequentially("3")
        bo.tells("talked")
        assert len(answers(night)) == 2
