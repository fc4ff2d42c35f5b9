"""Three quarters of an hour without a break is enough; ten minutes between two calls is one."""

from datetime import timedelta

import pytest

from campaigns.ringing.breaks import stretch
from tests.builders import NOON


def calls(*minutes_ago: tuple[float, float | None]) -> list[tuple[object, object]]:
    """Taken and reported so many minutes before noon, the latest first."""
    return [
        (NOON - timedelta(minutes=taken), None if told is None else NOON - timedelta(minutes=told))
        for taken, told in minutes_ago
    ]


@pytest.mark.parametrize(
    ("rung", "minutes"),
    [
        (calls(), 0),
        (calls((5, 1)), 4),
        (calls((5, None)), 0),
        (calls((5, 1), (20, 6), (50, 21)), 49),
        (calls((5, 1), (30, 16), (50, 31)), 4),  # more than ten minutes between
        (calls((40, 30), (80, 41)), 0),  # resting since half an hour
        (calls((5, 1), (14, 14)), 13),  # given back, untried
    ],
)
def test_a_break_begins_the_count_anew(rung: list[tuple[object, object]], minutes: int) -> None:
    assert stretch(rung, NOON) == timedelta(minutes=minutes)  # type: ignore[arg-type]  # moments, all of them
