"""When members may be rung: evenings of working days, never in the night, never on red days and eves."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.queue.opening import (
    ALWAYS,
    DAYTIME,
    USUAL,
    CallingHours,
    Closed,
    NotCallingHours,
    Span,
    WhyClosed,
    read_json,
)
from campaigns.queue.red_days import red_day, red_days_of

STOCKHOLM = ZoneInfo("Europe/Stockholm")
EVENING = (time(17), time(20, 30))
ZONES = [STOCKHOLM, ZoneInfo("America/New_York"), ZoneInfo("Australia/Lord_Howe"), ZoneInfo("Pacific/Apia")]
IN_2024 = {
    "01-01": ("Nyårsdagen", "New Year's Day"),
    "01-05": ("Trettondagsafton", "Twelfth Night"),
    "01-06": ("Trettondedag jul", "Epiphany"),
    "03-28": ("Skärtorsdagen", "Maundy Thursday"),
    "03-29": ("Långfredagen", "Good Friday"),
    "03-30": ("Påskafton", "Holy Saturday"),
    "03-31": ("Påskdagen", "Easter Sunday"),
    "04-01": ("Annandag påsk", "Easter Monday"),
    "04-30": ("Valborgsmässoafton", "Walpurgis Night"),
    "05-01": ("Första maj", "May Day"),
    "05-09": ("Kristi himmelsfärdsdag", "Ascension Day"),
    "05-18": ("Pingstafton", "Pentecost Eve"),
    "05-19": ("Pingstdagen", "Pentecost"),
    "06-06": ("Nationaldagen", "National Day"),
    "06-21": ("Midsommarafton", "Midsummer Eve"),
    "06-22": ("Midsommardagen", "Midsummer Day"),
    "11-01": ("Allahelgonsafton", "All Saints' Eve"),
    "11-02": ("Alla helgons dag", "All Saints' Day"),
    "12-24": ("Julafton", "Christmas Eve"),
    "12-25": ("Juldagen", "Christmas Day"),
    "12-26": ("Annandag jul", "Second Day of Christmas"),
    "12-31": ("Nyårsafton", "New Year's Eve"),
}


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM)


def one_day(*spans: Span) -> CallingHours:
    return CallingHours((spans, *((),) * 6))


def opens(at: str, hours: CallingHours = USUAL) -> str:
    found = hours.opens_at(local(at), STOCKHOLM)
    assert found is not None
    return found.astimezone(STOCKHOLM).strftime("%Y-%m-%d %H:%M")


@st.composite
def some_hours(draw: st.DrawFn) -> CallingHours:
    """Any hours an organiser may set."""
    week = []
    for _day in range(7):
        marks = sorted(draw(st.sets(st.integers(9 * 4, 21 * 4), max_size=4)))
        clocks = [time(mark // 4, mark % 4 * 15) for mark in marks]
        week.append(tuple(zip(clocks[::2], clocks[1::2], strict=False)))
    return CallingHours(tuple(week), red_days_off=draw(st.booleans()))


moments = st.datetimes(datetime(2010, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # Hypothesis adds the zone


def test_the_red_days_and_eves_of_2024_are_these_and_no_others() -> None:
    found = {f"{day:%m-%d}": (red.name("sv"), red.name("en")) for day, red in red_days_of(2024).items()}
    assert found == IN_2024


def test_the_friday_after_ascension_day_is_a_working_day() -> None:
    assert [red_day(date(year, month, day)) for year, month, day in [(2024, 5, 10), (2025, 5, 30)]] == [
        None
    ] * 2


def test_two_feasts_on_one_day_are_both_named() -> None:
    shared = red_day(date(2008, 5, 1))
    assert shared is not None
    assert shared.sv == "Första maj, Kristi himmelsfärdsdag"


def test_2024_has_199_evenings_to_ring() -> None:
    days = [date(2024, 1, 1) + timedelta(days=number) for number in range(366)]
    evenings = [datetime.combine(day, time(18), STOCKHOLM) for day in days]
    assert sum(USUAL.is_open(evening, STOCKHOLM) for evening in evenings) == 199


@pytest.mark.parametrize(
    ("at", "open_then"),
    [
        ("2024-03-04T16:59:59", False),
        ("2024-03-04T17:00", True),
        ("2024-03-07T20:29:59", True),
        ("2024-03-07T20:30", False),
        ("2024-03-08T18:00", False),
        ("2024-03-09T14:00", False),
        ("2024-04-30T18:00", False),
        ("2024-05-02T18:00", True),
    ],
)
def test_the_usual_hours_are_monday_to_thursday_evenings_that_are_no_eves(at: str, open_then: bool) -> None:
    assert USUAL.is_open(local(at), STOCKHOLM) is open_then


@pytest.mark.parametrize(
    ("at", "why", "day"),
    [
        ("2024-03-04T08:00", WhyClosed.NOT_YET, None),
        ("2024-03-04T21:00", WhyClosed.OVER_FOR_TODAY, None),
        ("2024-03-08T18:00", WhyClosed.NO_HOURS_TODAY, None),
        ("2024-06-21T18:00", WhyClosed.RED_DAY, "Midsommarafton"),
        ("2024-03-31T18:00", WhyClosed.RED_DAY, "Påskdagen"),
    ],
)
def test_closed_hours_say_why_and_which_day_it_is(at: str, why: WhyClosed, day: str | None) -> None:
    closed = USUAL.why_closed(local(at), STOCKHOLM)
    assert closed is not None
    assert (closed.why, closed.red_day and closed.red_day.sv) == (why, day)


def test_between_two_spans_it_is_a_pause() -> None:
    lunch_and_evening = one_day((time(11), time(13)), EVENING)
    assert lunch_and_evening.why_closed(local("2024-03-04T14:00"), STOCKHOLM) == Closed(WhyClosed.PAUSE)
    assert opens("2024-03-04T14:00", lunch_and_evening) == "2024-03-04 17:00"


def test_open_hours_have_no_reason_and_an_end() -> None:
    at = local("2024-03-04T18:00")
    assert USUAL.why_closed(at, STOCKHOLM) is None
    assert USUAL.closes_at(at, STOCKHOLM) == local("2024-03-04T20:30")
    assert USUAL.closes_at(local("2024-03-04T21:00"), STOCKHOLM) is None


@pytest.mark.parametrize(
    ("at", "first"),
    [
        ("2024-03-04T17:45", "2024-03-04 17:45"),
        ("2024-03-04T20:30", "2024-03-05 17:00"),
        ("2024-03-27T21:00", "2024-04-02 17:00"),
        ("2024-12-20T12:00", "2024-12-23 17:00"),
        ("2024-12-23T20:30", "2024-12-30 17:00"),
    ],
)
def test_it_opens_on_the_next_evening_that_is_no_red_day(at: str, first: str) -> None:
    assert opens(at) == first


def test_hours_on_no_day_never_open() -> None:
    assert CallingHours(((),) * 7).opens_at(local("2024-03-04T12:00"), STOCKHOLM) is None


def test_round_the_clock_is_open_on_christmas_night_and_never_closes() -> None:
    at = local("2024-12-24T03:00")
    assert ALWAYS.is_open(at, STOCKHOLM)
    assert (ALWAYS.opens_at(at, STOCKHOLM), ALWAYS.closes_at(at, STOCKHOLM)) == (at, None)
    assert ALWAYS.why_closed(at, STOCKHOLM) is None


def test_the_evening_begins_at_five_by_the_clock_also_when_the_clocks_change() -> None:
    sundays = CallingHours((*((),) * 6, (EVENING,)), red_days_off=False)
    day_before, day_after = local("2024-03-30T12:00"), local("2024-10-26T12:00")
    assert sundays.opens_at(day_before, STOCKHOLM) == datetime(2024, 3, 31, 15, tzinfo=UTC)
    assert sundays.opens_at(day_after, STOCKHOLM) == datetime(2024, 10, 27, 16, tzinfo=UTC)


@given(hours=some_hours(), at=moments, zone=st.sampled_from(ZONES))
def test_it_is_open_when_it_opens_and_closed_until_then(
    hours: CallingHours, at: datetime, zone: ZoneInfo
) -> None:
    opening = hours.opens_at(at, zone)
    if opening is None:
        assert not any(hours.week)
        return
    assert hours.is_open(opening, zone)
    assert opening >= at
    for share in (0.0, 0.3, 0.7, 0.999):
        between = at + share * (opening - at)
        assert opening == at or not hours.is_open(between, zone)


@given(hours=some_hours(), at=moments, zone=st.sampled_from(ZONES))
def test_what_is_open_closes_when_it_says(hours: CallingHours, at: datetime, zone: ZoneInfo) -> None:
    closing = hours.closes_at(at, zone)
    assert (closing is None) is (not hours.is_open(at, zone))
    if closing is not None:
        assert not hours.is_open(closing, zone)
        assert hours.is_open(closing - timedelta(seconds=1), zone)


@given(hours=st.one_of(some_hours(), st.sampled_from([ALWAYS, USUAL, DAYTIME])), at=moments)
def test_closed_hours_always_have_a_reason(hours: CallingHours, at: datetime) -> None:
    assert hours.is_open(at, STOCKHOLM) is (hours.why_closed(at, STOCKHOLM) is None)


@given(hours=st.one_of(some_hours(), st.sampled_from([ALWAYS, USUAL, DAYTIME])))
def test_hours_are_read_as_they_were_written(hours: CallingHours) -> None:
    assert read_json(hours.as_json()) == hours


@pytest.mark.parametrize(
    "spans",
    [
        [(time(20), time(2))],
        [(time(18), time(18))],
        [(time(8, 59), time(12))],
        [(time(17), time(21, 1))],
        [(time(17), time(19)), (time(18), time(20))],
        [(time(17), time(18)), (time(18), time(20))],
        [(time(19), time(20)), (time(17), time(18))],
        [(time(0), time(0))],
    ],
)
def test_nobody_sets_hours_in_the_night_over_midnight_or_one_over_the_other(spans: list[Span]) -> None:
    with pytest.raises(NotCallingHours):
        one_day(*spans)


def test_a_week_has_seven_days() -> None:
    with pytest.raises(NotCallingHours):
        CallingHours(((EVENING,),) * 6)


@pytest.mark.parametrize(
    "told",
    [
        None,
        [],
        {},
        {"round_the_clock": False},
        {"round_the_clock": True, "red_days_off": True},
        {"days": {}},
        {"days": {"monday": []}, "red_days_off": True},
        {"days": {"mon": "17-20"}, "red_days_off": True},
        {"days": {"mon": [["17:00"]]}, "red_days_off": True},
        {"days": {"mon": [["17:00", "25:00"]]}, "red_days_off": True},
        {"days": {"mon": [[17, 20]]}, "red_days_off": True},
        {"days": {"mon": [["17:00+02:00", "20:00"]]}, "red_days_off": True},
        {"days": {"mon": [["00:00", "23:59"]]}, "red_days_off": True},
        {"days": {}, "red_days_off": "yes"},
    ],
)
def test_nonsense_is_no_hours(told: object) -> None:
    with pytest.raises(NotCallingHours):
        read_json(told)
