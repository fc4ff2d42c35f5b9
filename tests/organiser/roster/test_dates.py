"""A date is the same day however it is written, and what is no day of the calendar is told."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organiser.roster.dates import DateRead, read_date
from organiser.roster.problems import ProblemKind

TODAY = date(2026, 11, 21)
FIRST_OF_MARCH = date(2024, 3, 1)


@pytest.mark.parametrize(
    "written",
    [
        *(
            "2024-03-01",
            "01/03/2024",
            "1.3.2024",
            "01.03.24",
            "1 mars 2024",
            "1 mar 2024",
            "45352",
            "Mar 1, 2024",
        ),
        *("20240301", "240301", "24-03-01", "2024/03/01", "2024-03-01 00:00:00", "2024-03-01T13:05:00Z"),
        *(
            "den 1 mars 2024",
            "1:e mars 2024",
            "01-03-2024",
            "45352.0",
            " 2024-03-01 ",
            "２０２４-03-01",
            "01032024",
        ),
    ],
)
def test_every_usual_way_to_write_a_date_is_the_same_day(written: str) -> None:
    assert read_date(written, TODAY) == DateRead(FIRST_OF_MARCH)


@pytest.mark.parametrize(
    ("written", "year"), [("1956", 1956), ("1956-00-00", 1956), ("1956-04", 1956), ("april 1956", 1956)]
)
def test_a_year_alone_is_a_year(written: str, year: int) -> None:
    assert read_date(written, TODAY, born=True) == DateRead(year=year)


@pytest.mark.parametrize("written", ["00-00-00", "0000-00-00", "0", "9999-12-31", "-", "saknas"])
def test_no_date_and_no_end_are_nothing(written: str) -> None:
    assert read_date(written, TODAY) == DateRead()


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("2024-02-30", ProblemKind.DATE_NOT_REAL),
        ("2023-02-29", ProblemKind.DATE_NOT_REAL),
        ("31.4.2024", ProblemKind.DATE_NOT_REAL),
        ("03/25/2024", ProblemKind.DATE_NOT_REAL),
        ("20241301", ProblemKind.DATE_NOT_REAL),
        ("3/4", ProblemKind.DATE_WITHOUT_YEAR),
        ("i våras", ProblemKind.NOT_A_DATE),
        ("Ja", ProblemKind.NOT_A_DATE),
        ("²³/¹/፩", ProblemKind.NOT_A_DATE),
        ("9" * 10_000, ProblemKind.NOT_A_DATE),
    ],
)
def test_what_is_no_day_of_the_calendar_is_told(written: str, problem: ProblemKind) -> None:
    assert read_date(written, TODAY) == DateRead(problem=problem)


def test_two_digits_of_a_year_of_birth_are_never_in_the_future() -> None:
    assert read_date("580102", TODAY, born=True).day == date(1958, 1, 2)
    assert read_date("261231", TODAY, born=True).problem is ProblemKind.DATE_NOT_REAL
    assert read_date("270101", TODAY, born=True).day == date(1927, 1, 1)
    assert read_date("27-12-31", TODAY).day == date(2027, 12, 31)


def test_somebody_born_early_in_the_last_century_is_read_from_a_short_serial() -> None:
    assert read_date("9133", TODAY, born=True).day == date(1925, 1, 1)


@given(st.dates(date(1927, 5, 19), date(2026, 11, 20)))
def test_a_serial_is_the_day_a_spreadsheet_meant(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    assert read_date(str(serial), TODAY, born=True).day == day
    assert read_date(f"{day:%y%m%d}", day + timedelta(days=1), born=True).day == day


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("19560412-2381", date(1956, 4, 12)),
        ("560412-2381", date(1956, 4, 12)),
        ("560412+2381", date(1856, 4, 12)),
        ("19560472-2388", date(1956, 4, 12)),
        ("195604122381", date(1956, 4, 12)),
        ("19560412-XXXX", date(1956, 4, 12)),
    ],
)
def test_of_an_identity_number_only_the_day_of_birth_is_kept(written: str, day: date) -> None:
    assert read_date(written, TODAY, born=True) == DateRead(day, None, ProblemKind.IDENTITY_NUMBER)
    assert read_date(written, TODAY).day is None


@given(st.text(max_size=60))
def test_no_text_makes_the_date_reader_raise(text: str) -> None:
    found = read_date(text, TODAY, born=True)
    assert found.day is None or found.day <= TODAY
