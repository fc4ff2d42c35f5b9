"""An evening on the telephone: in both languages, without script, leaving nothing behind, light to load."""

import base64
import gzip
import zlib
from collections.abc import Iterable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from campaigns.planning.usual_guide import default_script
from campaigns.surveys.models import Answer
from organiser.web.frame import Framed
from tests.builders import Builders
from tests.chromium import visit
from tests.journeys.night import a_night, stored
from tests.journeys.volunteer import EVERYTHING_STORED, NOTHING, Volunteer

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("evening")]
FIRST_PAGE, NEXT_PAGE = 50_000, 6_000  # bytes of pages and files, compressed


def test_an_evening_goes_as_well_without_script(site: str, make: Builders, browser: Browser) -> None:
    night = a_night(make)
    with visit(browser, java_script_enabled=False) as phone:
        bo = Volunteer(phone.page, script=False)
        bo.come_in(night.link, night.code)
        bo.rings_five()
        bo.stops()
        assert len(set(bo.rung)) == 5


def test_the_questions_of_a_survey_are_answered_without_script(
    site: str, make: Builders, browser: Browser
) -> None:
    night = a_night(make, asks=True)
    with visit(browser, java_script_enabled=False) as phone:
        bo = Volunteer(phone.page, script=False)
        bo.come_in(night.link, night.code)
        bo.press("next")
        person, survey = bo.member, phone.page.locator("#survey")
        for answered in (1, 2):
            survey.locator(".chip input, .check input, textarea, input[type=text]").first.check()
            survey.locator("button[name=go]").click()
            survey.locator("details summary", has_text=str(answered)).wait_for()
        survey.locator("details summary").click()
        survey.locator("dd a").first.click()
        survey.locator("input:checked").wait_for(state="attached")
        bo.tells("talked")
        assert bo.member != person
        assert len(stored(night, Answer)) == 2


def test_an_evening_in_english(site: str, make: Builders, browser: Browser) -> None:
    night = a_night(make)
    with visit(browser) as phone:
        phone.page.goto(night.link)
        phone.page.get_by_role("link", name="English").click()
        bo = Volunteer(phone.page, "en")
        bo.come_in(night.link, night.code)
        bo.rings_five()
        bo.stops()
        night.end()
        phone.page.goto(f"{site}/calls")
        bo.reads("over")


def test_nothing_personal_stays_in_the_telephone(
    app: Framed, site: str, make: Builders, browser: Browser
) -> None:
    night = a_night(make)
    with visit(browser) as phone:
        bo = Volunteer(phone.page)
        bo.come_in(night.link, night.code)
        bo.press("next")
        bo.sees_the_number()
        phone.page.locator("#note").evaluate("field => { field.value = 'Prova efter sex'; }")
        assert phone.page.evaluate(EVERYTHING_STORED) == NOTHING
        bo.tells("talked")
        during = cookie_of(app, phone.page)
        bo.tells("no_answer")
        night.end()
        phone.page.goto(f"{site}/calls")
        bo.reads("over")
        assert phone.page.evaluate(EVERYTHING_STORED) == NOTHING
        for kept in (during, cookie_of(app, phone.page)):
            assert [word for word in [*bo.rung, "Person", "Ek", "+46"] if word in kept] == []
        phone.page.go_back()
        assert [name for name in bo.rung if name in phone.page.content()] == []


def cookie_of(app: Framed, page: Page) -> str:
    """What stands in the one cookie there is, which no script may read."""
    (cookie,) = page.context.cookies()
    assert cookie["httpOnly"]
    packed = cookie["value"].removeprefix(".").partition(".")[0]
    read = base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4))
    return (zlib.decompress(read) if cookie["value"].startswith(".") else read).decode()


class Meter:
    """Stands before the application and weighs what leaves it, compressed as a server in front would."""

    def __init__(self, app: Any) -> None:
        self.app, self.sent = app, 0

    def __call__(self, environ: Any, start_response: Any) -> Iterable[bytes]:
        answer = self.app(environ, start_response)
        body = b"".join(answer)
        answer.close()
        self.sent += len(gzip.compress(body))
        return [body]


def test_the_call_page_is_light(app: Framed, site: str, make: Builders, browser: Browser) -> None:
    night = a_night(make, default_guide(app), asks=True)
    with visit(browser) as phone:
        bo = Volunteer(phone.page)
        bo.come_in(night.link, night.code)
        bo.press("next")
        bo.member  # noqa: B018  # waits for the page
        known, address = phone.page.context.storage_state(), phone.page.url
    app.wsgi_app = meter = Meter(app.wsgi_app)  # type: ignore[method-assign]  # Flask's own way
    with visit(browser, storage_state=known) as phone:
        phone.page.goto(address)
        phone.page.wait_for_load_state("networkidle")
        first, meter.sent = meter.sent, 0
        bo = Volunteer(phone.page)
        bo.tells("talked")
        bo.sees_the_number()
        phone.page.wait_for_load_state("networkidle")
        following = meter.sent
    assert 10_000 < first <= FIRST_PAGE
    assert 2_000 < following <= NEXT_PAGE


def default_guide(app: Framed) -> str:
    """The call guide a campaign begins with."""
    with app.test_request_context():
        return default_script()
