"""Whom a campaign is for and when it rings, as a volunteer would say it."""

from collections.abc import Iterator
from datetime import date, time
from uuid import UUID

import pytest
from flask import g

from campaigns.queue.audience import Audience, WhyNotNow
from campaigns.queue.audience_words import WHY_NOT_NOW, in_words
from campaigns.queue.opening import ALWAYS, USUAL, CallingHours, Closed, WhyClosed
from campaigns.queue.opening_words import closed_in_words, hours_in_words
from campaigns.queue.red_days import RedDay
from organiser.web.frame import Framed

FALUN, MORA, COOK = (UUID(int=number) for number in (1, 2, 3))
UNITS, TAGS = {FALUN: "Falun", MORA: "Mora"}, {COOK: "cooks"}


@pytest.fixture
def english(sqlite_app: Framed) -> Iterator[None]:
    with sqlite_app.app_context():
        g.language = "en"
        yield


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("audience", "words"),
    [
        (Audience(), "All members."),
        (Audience(units=(FALUN, MORA)), "Members in Falun and Mora."),
        (Audience(units=(UUID(int=9),)), "All members."),
        (Audience(age_from=18, age_to=30), "Members 18–30 years old."),
        (Audience(age_from=65, with_number=True), "Members 65 years or older, with a telephone number."),
        (Audience(age_to=30, tag_ids=(COOK,)), "Members at most 30 years old, marked cooks."),
        (Audience(not_contacted_days=1), "Members not contacted for 1 day."),
        (
            Audience(joined_since=date(2024, 1, 1), not_contacted_days=90),
            "Members who joined on 1 January 2024 or later, not contacted for 90 days.",
        ),
    ],
)
def test_an_audience_is_one_sentence(audience: Audience, words: str) -> None:
    assert in_words(audience, UNITS, TAGS) == words


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (ALWAYS, "Round the clock"),
        (CallingHours(((),) * 7), "Never"),
        (USUAL, "Monday–Thursday 17:00–20:30, not on red days and eves"),
        (
            CallingHours(
                (((time(17), time(20)),), (), ((time(11), time(13)), (time(17), time(20))), (), (), (), ()),
                red_days_off=False,
            ),
            "Monday 17:00–20:00, Wednesday 11:00–13:00, 17:00–20:00",
        ),
    ],
)
def test_hours_are_said_by_their_days(hours: CallingHours, words: str) -> None:
    assert hours_in_words(hours) == words


def test_a_red_day_is_called_by_its_name_in_the_readers_language(sqlite_app: Framed) -> None:
    eve = Closed(WhyClosed.RED_DAY, RedDay("Midsommarafton", "Midsummer Eve"))
    both = Closed(WhyClosed.RED_DAY, RedDay("Första maj, Kristi himmelsfärdsdag", "Ascension Day, May Day"))
    with sqlite_app.app_context():
        g.language = "en"
        assert closed_in_words(eve) == "Today is Midsummer Eve, and nobody is rung."
    with sqlite_app.app_context():
        g.language = "sv"
        assert "midsommarafton" in closed_in_words(eve)
        assert "första maj, Kristi himmelsfärdsdag" in closed_in_words(both)


@pytest.mark.usefixtures("english")
def test_every_reason_has_its_words() -> None:
    assert set(WHY_NOT_NOW) == set(WhyNotNow)
    plain = [closed_in_words(Closed(why)) for why in WhyClosed if why is not WhyClosed.RED_DAY]
    assert len(set(plain)) == len(plain) == 4
