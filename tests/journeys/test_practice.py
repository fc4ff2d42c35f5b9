"""The practice round: three invented people, and not a trace of them afterwards."""

from typing import Any

import pytest
from playwright.sync_api import Browser

from campaigns.queue.models import Call, Target
from campaigns.surveys.models import Answer, Submission
from organiser.members.models import Member
from tests.builders import Builders
from tests.chromium import visit
from tests.journeys.night import Night, a_night, stored
from tests.journeys.volunteer import Volunteer
from tests.journeys.words import LANGUAGES, Reader

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("evening")]


def counted(night: Night) -> list[Any]:
    """What a real call would change."""
    places = [(one.id, one.state, one.turn, one.tries, one.due_at) for one in stored(night, Target)]
    return [places, *(len(stored(night, model)) for model in (Call, Submission, Answer, Member))]


def rings(new: Reader) -> None:
    """The number, and the ringing; no telephone is dialled."""
    for step in ("show", "ring"):
        new.page.locator(f'#number button[value="{step}"]').click()
    new.page.locator("#number .say").wait_for()
    assert new.page.locator('a[href^="tel:"]').count() == 0


def practises(new: Reader) -> None:
    """As each of the four calls teaches."""
    outcome = new.page.locator(".outcomes button")
    rings(new)
    outcome.and_(new.page.locator("[value=no_answer]")).click()
    rings(new)
    outcome.and_(new.page.locator("[value=wrong_number]")).click()
    rings(new)
    new.page.locator('.outcomes a[href="#later"]').click()
    new.page.locator('.later button[value^="talked_call_back@"]').first.click()
    rings(new)
    new.page.locator("#survey").get_by_text(new.says("Yes"), exact=True).or_(
        new.page.locator("#survey .chip, #survey .check label")
    ).first.click()
    new.press("Save the answer")
    new.page.locator("#survey [role=status]").wait_for()
    outcome.and_(new.page.locator("[value=talked]")).click()
    new.reads("Now you can ring for real")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_practice_is_never_counted(
    site: str, make: Builders, browser: Browser, language: str, *, script: bool
) -> None:
    night = a_night(make, asks=True)
    with visit(browser, java_script_enabled=script) as phone:
        phone.page.goto(f"{site}/language/{language}")
        bo = Volunteer(phone.page, language, script=script)
        bo.come_in(night.link, night.code, looks=False)
        new = Reader(phone.page, site, language)
        before = counted(night)
        new.follow("Practise first")
        assert new.says("Practice: an invented person, nothing is saved.") in new.text
        practises(new)
        assert counted(night) == before
        new.follow("Ring for real")
        bo.press("next")
        assert bo.member.startswith("Person")
