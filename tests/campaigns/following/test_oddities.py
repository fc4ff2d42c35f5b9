"""What is hinted to an organiser, as a table: nothing below its floor, and never an accusation."""

from datetime import timedelta

import pytest

from campaigns.following.oddities import Oddity, Told, oddities
from campaigns.following.words import MAY_MEAN, ODDITY
from tests.builders import NOON


def calls(number: int, every: int, *, reached: int = 0, talked: int = 0, answered: int = 0) -> list[Told]:
    """So many calls, one each ``every`` seconds; the first of them reached, talked through, answered."""
    return [
        Told(NOON + timedelta(seconds=every * n), n < reached, n < talked, n < answered)
        for n in range(number)
    ]


@pytest.mark.parametrize(
    ("told", "whole_leases", "with_survey", "found"),
    [
        (calls(0, 60), 0, True, []),
        (calls(30, 90, reached=10, talked=8, answered=6), 1, True, []),
        (calls(9, 2), 0, False, []),
        (calls(10, 2), 0, False, [Oddity.HASTE]),
        (calls(10, 19), 0, False, [Oddity.HASTE]),
        (calls(10, 20), 0, False, []),
        (calls(14, 90, reached=14), 0, False, []),
        (calls(15, 90, reached=15), 0, False, [Oddity.ALL_REACHED]),
        (calls(20, 90, reached=19), 0, False, [Oddity.ALL_REACHED]),
        (calls(20, 90, reached=18), 0, False, []),
        (calls(20, 90, reached=8, talked=8), 0, True, [Oddity.NO_ANSWERS]),
        (calls(20, 90, reached=8, talked=8), 0, False, []),
        (calls(20, 90, reached=8, talked=8, answered=1), 0, True, []),
        (calls(20, 90, reached=7, talked=7), 0, True, []),
        ([], 2, False, []),
        ([], 3, False, [Oddity.WHOLE_LEASE]),
        (calls(20, 5, reached=20, talked=20), 4, True, list(Oddity)),
    ],
)
def test_what_stands_out_is_hinted(
    told: list[Told], whole_leases: int, with_survey: bool, found: list[Oddity]
) -> None:
    assert oddities(told, whole_leases, with_survey=with_survey) == found


def test_one_long_pause_hides_no_haste() -> None:
    told = calls(12, 3)
    late = [Told(told[-1].at + timedelta(hours=1), reached=False, talked=False)]
    assert oddities(told + late, 0, with_survey=False) == [Oddity.HASTE]


def test_every_oddity_has_words_and_says_what_it_may_mean() -> None:
    assert set(ODDITY) == set(MAY_MEAN) == set(Oddity)
