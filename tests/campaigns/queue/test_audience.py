"""Whom a campaign is for."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.queue.audience import (
    Audience,
    NotAnAudience,
    in_band,
    latest_birth,
    latest_birth_year,
    read_json,
)
from organiser.members.rules import age_on

DAY = date(2024, 3, 1)
SOMETHING = UUID("018f0000-0000-7000-8000-000000000001")
days = st.dates(date(1990, 1, 1), date(2040, 12, 31))


def test_nothing_said_means_everybody() -> None:
    assert Audience().is_everybody
    assert Audience().as_json() == {}
    assert read_json({}) == Audience()


def test_an_audience_is_read_as_it_was_written() -> None:
    whole = Audience(
        units=(SOMETHING,),
        age_from=18,
        age_to=30,
        joined_since=date(2023, 1, 1),
        joined_before=DAY,
        not_contacted_days=90,
        with_number=True,
        tag_ids=(SOMETHING,),
    )
    assert read_json(whole.as_json()) == whole
    assert not whole.is_everybody


@pytest.mark.parametrize(
    "told",
    [
        None,
        [],
        {"age": 18},
        {"age_from": "18"},
        {"age_from": True},
        {"age_from": -1},
        {"age_to": 121},
        {"age_from": 40, "age_to": 30},
        {"joined_since": "yesterday"},
        {"joined_since": 5},
        {"joined_since": "2024-01-01", "joined_before": "2024-01-01"},
        {"not_contacted_days": 0},
        {"with_number": 1},
        {"units": "all"},
        {"units": ["all"]},
        {"tag_ids": [3]},
    ],
)
def test_nonsense_is_no_audience(told: object) -> None:
    with pytest.raises(NotAnAudience):
        read_json(told)


@pytest.mark.parametrize(
    ("born", "year", "fits"),
    [
        (date(2006, 3, 1), None, True),
        (date(2006, 3, 2), None, False),
        (date(1993, 3, 2), None, True),
        (date(1993, 3, 1), None, False),
        (None, 2005, True),
        (None, 2006, False),
        (None, 1994, True),
        (None, 1993, False),
        (None, None, False),
    ],
)
def test_18_to_30_is_who_is_surely_so_old(born: date | None, year: int | None, fits: bool) -> None:
    assert in_band(Audience(age_from=18, age_to=30), born, year, DAY) is fits


def test_where_no_age_is_asked_for_nobody_needs_one() -> None:
    assert in_band(Audience(), None, None, DAY)


@given(born=days, on=days, age=st.integers(0, 120), span=st.integers(0, 40))
def test_a_band_counts_whole_years(born: date, on: date, age: int, span: int) -> None:
    band = Audience(age_from=min(age, 120 - span), age_to=min(age, 120 - span) + span)
    assert band.age_from is not None
    assert band.age_to is not None
    assert in_band(band, born, None, on) is (band.age_from <= age_on(born, on) <= band.age_to)


@given(year=st.integers(1900, 2030), on=days, age=st.integers(0, 120), to=st.integers(0, 120))
def test_of_a_year_alone_every_birthday_must_fit(year: int, on: date, age: int, to: int) -> None:
    band = Audience(age_from=min(age, to), age_to=max(age, to))
    birthdays = [date(year, 1, 1), date(year, 2, 28), date(year, 3, 1), date(year, 12, 31)]
    assert in_band(band, None, year, on) is all(in_band(band, born, None, on) for born in birthdays)


@given(on=days, age=st.integers(0, 60))
def test_the_last_birthday_of_an_age_is_the_last(on: date, age: int) -> None:
    born = latest_birth(age, on)
    assert age_on(born, on) == age
    assert age_on(born + timedelta(days=1), on) == age - 1


@given(on=days, age=st.integers(0, 60))
def test_all_born_in_the_last_year_of_an_age_have_it(on: date, age: int) -> None:
    year = latest_birth_year(age, on)
    assert age_on(date(year, 12, 31), on) >= age
    assert age_on(date(year + 1, 12, 31), on) < age
