"""The times a caller may promise."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.queue.hours import FARTHEST, When, WhyNotThen, offers, start_of_day, why_not_then
from campaigns.queue.opening import ALWAYS, DAYTIME, USUAL, CallingHours

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM)


def offered(at: str, hours: CallingHours = DAYTIME) -> list[tuple[When, str]]:
    return [
        (offer.when, offer.at.astimezone(STOCKHOLM).strftime("%d/%m %H:%M"))
        for offer in offers(local(at), STOCKHOLM, hours)
    ]


def test_in_the_evening_one_may_offer_tonight_tomorrow_and_in_a_week() -> None:
    assert offered("2024-03-01T17:40") == [
        (When.TONIGHT, "01/03 20:00"),
        (When.TOMORROW, "02/03 17:30"),
        (When.NEXT_WEEK, "08/03 17:30"),
    ]


def test_in_the_morning_it_is_later_today() -> None:
    assert offered("2024-03-01T10:00")[0] == (When.TODAY, "01/03 12:00")


@pytest.mark.parametrize("late", ["2024-03-01T19:01", "2024-03-01T23:30"])
def test_nobody_is_rung_in_the_night(late: str) -> None:
    assert [when for when, _ in offered(late)] == [When.TOMORROW, When.NEXT_WEEK]


def test_before_it_opens_today_means_when_it_does() -> None:
    assert offered("2024-03-01T04:00")[0] == (When.TODAY, "01/03 09:00")
    assert offered("2024-03-04T10:00", USUAL)[0] == (When.TONIGHT, "04/03 17:00")


def test_on_a_thursday_the_next_evening_is_called_by_its_day() -> None:
    assert offered("2024-03-07T18:45", USUAL) == [
        (When.ON_DAY, "11/03 17:30"),
        (When.NEXT_WEEK, "14/03 17:30"),
    ]


def test_red_days_and_eves_are_passed_over() -> None:
    assert offered("2024-03-27T19:00", USUAL) == [
        (When.ON_DAY, "02/04 17:30"),
        (When.NEXT_WEEK, "03/04 17:30"),
    ]


def test_the_same_evening_is_offered_once() -> None:
    mondays = CallingHours((((time(18), time(20)),), *((),) * 6))
    assert offered("2024-03-04T19:00", mondays) == [(When.ON_DAY, "11/03 18:00")]


def test_where_nobody_is_ever_rung_nothing_is_offered() -> None:
    assert offered("2024-03-04T19:00", CallingHours(((),) * 7)) == []


@given(
    at=st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001  # Hypothesis adds the zone
    hours=st.sampled_from([USUAL, DAYTIME, ALWAYS]),
)
def test_every_time_that_is_offered_may_be_promised(at: datetime, hours: CallingHours) -> None:
    found = offers(at, STOCKHOLM, hours)
    assert found
    assert [why_not_then(offer.at, at, STOCKHOLM, hours) for offer in found] == [None] * len(found)
    assert all(offer.at <= at + FARTHEST for offer in found)


def test_a_time_of_day_when_the_campaign_does_not_ring_cannot_be_promised() -> None:
    at = local("2024-03-04T18:00")
    assert why_not_then(local("2024-03-08T18:00"), at, STOCKHOLM, USUAL) is WhyNotThen.CLOSED
    assert why_not_then(local("2024-03-05T23:00"), at, STOCKHOLM, USUAL) is WhyNotThen.TOO_EARLY_OR_LATE
    assert why_not_then(local("2024-03-05T18:00"), at, STOCKHOLM, USUAL) is None


def test_tomorrow_evening_is_half_past_five_also_when_the_clocks_change() -> None:
    assert offered("2024-03-30T12:00")[1] == (When.TOMORROW, "31/03 17:30")
    assert offers(local("2024-03-30T12:00"), STOCKHOLM)[1].at == datetime(2024, 3, 31, 15, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("promised", "why"),
    [
        ("2024-03-01T17:59", WhyNotThen.PAST),
        ("2024-03-01T18:00", WhyNotThen.PAST),
        ("2024-03-01T18:01", None),
        ("2024-03-02T08:59", WhyNotThen.TOO_EARLY_OR_LATE),
        ("2024-03-02T09:00", None),
        ("2024-03-02T20:59", None),
        ("2024-03-02T21:00", WhyNotThen.TOO_EARLY_OR_LATE),
        ("2024-08-01T12:00", WhyNotThen.TOO_FAR),
    ],
)
def test_a_time_of_ones_own_lies_ahead_and_in_the_day(promised: str, why: WhyNotThen | None) -> None:
    assert why_not_then(local(promised), local("2024-03-01T18:00"), STOCKHOLM) is why


def test_a_day_begins_at_midnight_where_the_party_is() -> None:
    assert start_of_day(local("2024-07-01T00:30"), STOCKHOLM) == datetime(2024, 6, 30, 22, tzinfo=UTC)
