"""The campaigns one may begin from hold what a call needs, in both languages."""

from datetime import date

import pytest

from campaigns.queue.audience import Audience
from campaigns.queue.ready_campaigns import LANGUAGES, ReadyCampaign, ready_campaign, ready_campaigns
from campaigns.queue.script import FIELDS, steps_of, unknown_fields

EVERY = [ready for language in LANGUAGES for ready in ready_campaigns(language)]
NAMES = dict.fromkeys(FIELDS, "Åsa")


@pytest.mark.parametrize("language", ["sv", "en", "fi"])
def test_there_are_four_of_them_in_each_language(language: str) -> None:
    assert [ready.key for ready in ready_campaigns(language)] == ["inform", "survey", "mobilise", "welcome"]


@pytest.mark.parametrize("ready", EVERY, ids=lambda ready: ready.title)
def test_each_guide_goes_from_hello_to_thanks_in_a_few_steps(ready: ReadyCampaign) -> None:
    steps = steps_of(ready.script, NAMES)
    assert len(steps) == 5
    assert all(step.title and step.words for step in steps)
    assert steps[-1].title in {"Tacka", "Say thank you"}
    assert unknown_fields(ready.script) == []
    assert len(ready.script.split()) < 250


@pytest.mark.parametrize("ready", EVERY, ids=lambda ready: ready.title)
def test_each_guide_says_what_not_to_tell_others_and_to_listen(ready: ReadyCampaign) -> None:
    hello = steps_of(ready.script, NAMES)[0].words
    assert "Säg inte var du ringer ifrån" in hello or "Say neither where you ring from" in hello
    assert "Lyssna mer än du talar" in ready.script or "Listen more than you talk" in ready.script


def test_a_welcome_is_for_those_who_joined_within_ninety_days_and_the_rest_for_everybody() -> None:
    on = date(2024, 3, 1)
    meant = {ready.key: ready.audience(on) for ready in ready_campaigns("sv")}
    assert meant.pop("welcome") == Audience(joined_since=date(2023, 12, 2))
    assert all(audience.is_everybody for audience in meant.values())


def test_only_the_survey_asks_the_questions_of_the_member_survey() -> None:
    assert [ready.key for ready in EVERY if ready.has_member_survey] == ["survey", "survey"]


def test_a_campaign_is_found_by_its_key() -> None:
    welcome = ready_campaign("welcome", "sv")
    assert welcome is not None
    assert welcome.title == "Välkommen som medlem"
    assert ready_campaign("sell", "sv") is None
