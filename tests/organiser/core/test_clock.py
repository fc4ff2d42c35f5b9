"""The clock stands still where an invented past is made, and nowhere else."""

from datetime import UTC, datetime, timedelta, timezone
from threading import Thread

import pytest

from organiser.core import clock

THEN = datetime(2024, 3, 1, 17, 0, tzinfo=UTC)


def test_it_is_another_moment_for_a_while() -> None:
    with clock.at(THEN):
        assert clock.now() == THEN
    assert clock.now() - THEN > timedelta(days=1)


def test_a_moment_within_another_gives_the_outer_one_back() -> None:
    with clock.at(THEN):
        with clock.at(THEN + timedelta(hours=1)):
            assert clock.now() == THEN + timedelta(hours=1)
        assert clock.now() == THEN


def test_what_fails_in_the_past_leaves_the_present() -> None:
    with pytest.raises(RuntimeError), clock.at(THEN):
        raise RuntimeError
    assert clock.now() - THEN > timedelta(days=1)


def test_the_moment_is_told_in_utc() -> None:
    stockholm = timezone(timedelta(hours=1))
    with clock.at(THEN.astimezone(stockholm)):
        assert clock.now().tzinfo is UTC


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"), clock.at(THEN.replace(tzinfo=None)):
        pass


def test_other_threads_keep_the_true_time() -> None:
    seen: list[datetime] = []
    with clock.at(THEN):
        thread = Thread(target=lambda: seen.append(clock.now()))
        thread.start()
        thread.join()
    assert seen[0] - THEN > timedelta(days=1)
