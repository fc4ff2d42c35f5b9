"""What a day's calls came to, counted."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from campaigns.following.tempo import HalfHour, begin_of, half_hours, mix_of
from campaigns.queue.outcomes import Outcome

ZONE = ZoneInfo("Europe/Stockholm")
SIX = datetime(2024, 3, 1, 17, 0, tzinfo=UTC)


def at(minutes: float) -> datetime:
    return SIX + timedelta(minutes=minutes)


def test_outcomes_are_counted_in_their_usual_order() -> None:
    told = [Outcome.NO_ANSWER, Outcome.TALKED, Outcome.NO_ANSWER]
    assert mix_of((one, SIX) for one in told) == [(Outcome.TALKED, 1), (Outcome.NO_ANSWER, 2)]


def test_each_half_hour_stands_there_also_when_nobody_rang() -> None:
    told = [(Outcome.TALKED, at(1)), (Outcome.NO_ANSWER, at(29.9)), (Outcome.LANGUAGE, at(61))]
    assert half_hours(told, ZONE) == [
        HalfHour(at(0), 2, 1),
        HalfHour(at(30), 0, 0),
        HalfHour(at(60), 1, 1),
    ]


def test_a_day_without_calls_has_no_half_hours() -> None:
    assert half_hours([], ZONE) == []


def test_a_half_hour_begins_as_the_zones_clocks_say() -> None:
    assert begin_of(at(44), ZoneInfo("Asia/Kathmandu")) == at(15)  # a quarter off the hour
