"""Ids carry the time they were made and come in order."""

import time
from concurrent.futures import ThreadPoolExecutor

from organiser.core.ids import uuid7


def test_ids_made_after_each_other_sort_after_each_other() -> None:
    made = [uuid7() for _ in range(20_000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)


def test_an_id_says_when_it_was_made_and_of_what_kind_it_is() -> None:
    made = uuid7()
    assert made.version == 7
    assert made.variant == "specified in RFC 4122"
    assert abs((made.int >> 80) - time.time() * 1000) < 60_000


def test_no_two_threads_make_the_same() -> None:
    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(lambda _: uuid7(), range(20_000)))
    assert len(set(made)) == len(made)
