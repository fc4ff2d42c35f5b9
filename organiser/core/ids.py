"""Ids made by whoever makes the row, so that a retried row is the same row."""

import threading
import time
from secrets import randbits
from uuid import UUID

_turn = threading.Lock()
_last = 0


def uuid7() -> UUID:
    """Time, then a count, then chance (RFC 9562, version 7): each of a process comes after the one before,
    so that rows made in order lie in order.
    """
    global _last  # noqa: PLW0603  # the one thing a sequence must remember
    with _turn:
        _last = max(_last + 1, time.time_ns() // 1_000_000 << 12)
        moment, count = divmod(_last, 1 << 12)
    return UUID(int=moment << 80 | 7 << 76 | count << 64 | 2 << 62 | randbits(62))
