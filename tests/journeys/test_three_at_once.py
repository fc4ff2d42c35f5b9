"""Three volunteers ring one list to its end, side by side, in two languages."""

from collections import Counter
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser

from campaigns.queue.ledger import ledgers_of
from campaigns.queue.models import Call
from campaigns.queue.places import Place
from campaigns.surveys.models import Answer
from organiser.core import clock
from tests.builders import Builders
from tests.chromium import visit
from tests.journeys.night import Night, a_night, stored
from tests.journeys.volunteer import Volunteer

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("evening")]
MEMBERS = 10
TOLD = ("talked", "no_answer", "later", "wrong_number", "talked", "no_calls", "talked", "no_answer")


def tap(caller: Volunteer, outcome: str) -> None:
    """One tap, without waiting for what comes of it."""
    if outcome == "later":
        caller.page.locator('.outcomes a[href="#later"]').click()
        button = caller.page.locator('.later button[value^="talked_call_back@"]').first
    else:
        button = caller.page.locator(f'.outcomes button[value="{outcome}"]')
    caller.rung.append(caller.member)
    button.click(no_wait_after=True)


def goes_on(caller: Volunteer) -> bool:
    """Whether somebody else stands on the page after the tap; else the list is rung."""
    caller.page.wait_for_function(
        "name => document.getElementById('who')?.innerText !== name", arg=caller.rung[-1]
    )
    return caller.page.locator("#who").count() == 1


def rings_to_the_end(callers: list[Volunteer]) -> None:
    """All of them tap, then all of them wait, until nobody is left for any of them."""
    told = 0
    while callers:
        on_the_phone = [caller.member for caller in callers]
        assert len(set(on_the_phone)) == len(callers), "two have the same person"
        for caller in callers:
            tap(caller, TOLD[told % len(TOLD)])
            told += 1
        callers = [caller for caller in callers if goes_on(caller)]
        assert told <= MEMBERS


def answers_a_question(caller: Volunteer) -> None:
    """A tap on the first answer saves it."""
    survey = caller.page.locator("#survey")
    survey.locator(".chip, .check label").first.click()
    survey.locator("details summary").wait_for()


def adds_up(night: Night) -> None:
    """Ten calls of ten members, and every member in the place their call led to."""
    told = [call for call in stored(night, Call) if call.outcome]
    assert len(told) == len({call.member_id for call in told}) == MEMBERS
    assert all(call.revealed_at for call in told[:1])
    outcomes = Counter(call.outcome.value for call in told)
    with night.make.storing(night.tenant_id):
        (ledger,) = ledgers_of([night.evening.assignment_id], clock.now()).values()
    assert ledger.audience == MEMBERS
    assert ledger.places[Place.TALKED] == outcomes["talked"]
    assert ledger.places[Place.CALL_BACK] == outcomes["talked_call_back"]
    assert ledger.places[Place.RESTING] == outcomes["no_answer"]
    assert ledger.places[Place.ASKED_NOT] == outcomes["no_calls"]
    assert sum(outcomes.values()) == ledger.audience


def test_three_volunteers_ring_a_list_to_its_end(site: str, make: Builders, browser: Browser) -> None:
    night = a_night(make, members=MEMBERS, asks=True)
    with ExitStack() as room:
        callers = []
        for name, language in (("Bo", "sv"), ("Eva", "en"), ("Ali", "sv")):
            page = room.enter_context(visit(browser)).page
            link = night.link_for(name)
            page.goto(link)
            page.goto(f"{site}/language/{language}")
            callers.append(Volunteer(page, language))
            callers[-1].come_in(link, night.code, looks=False)
            callers[-1].press("next")
        bo, eva, ali = callers
        for caller in callers:
            caller.sees_the_number()
            answers_a_question(caller)
        assert len([one for one in stored(night, Answer) if one.replaced_at is None]) == 3
        eva.tells_and_takes_back("wrong_number")
        rings_to_the_end(callers)
        assert sorted(bo.rung + eva.rung + ali.rung) == sorted({*bo.rung, *eva.rung, *ali.rung})
        adds_up(night)
        for caller in callers:
            caller.page.locator('main form[action="/calls/ending"] button').click()
            caller.reads("over")
            assert caller.says("together").format(MEMBERS) in caller.text
