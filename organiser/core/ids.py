"""Ids made by whoever makes the row, so that a retried row is the same row."""

import time
from secrets import randbits
from uuid import UUID


def uuid7() -> UUID:
    """Time, then chance (RFC 9562, version 7): new rows lie together in the index."""
    stamp = time.time_ns() // 1_000_000
    return UUID(int=stamp << 80 | 7 << 76 | randbits(12) << 64 | 2 << 62 | randbits(62))
