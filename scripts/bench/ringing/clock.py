"""The bench's clock: runs faster than the wall's, and leaps, for the server and its callers alike.

A lease lasts twenty minutes and a rest twenty hours; nobody waits for them. Only processes of the bench use
it: the server under test is started by ``ringing.server``, which puts this clock where the product reads its.
"""

import struct
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

_FORM = struct.Struct("<ddd")  # when it was set going, how fast it runs, seconds leapt so far


class BenchClock:
    """Kept in a file of 24 bytes, so that every process has the same time."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def set_going(self, speed: float) -> None:
        """From now on ``speed`` seconds pass in each."""
        self._keep(time.time(), speed, 0.0)

    def leap(self, by: timedelta) -> None:
        """Let that much time have passed."""
        began, speed, leapt = self._read()
        self._keep(began, speed, leapt + by.total_seconds())

    def now(self) -> datetime:
        """The moment it is, aware, in UTC."""
        began, speed, leapt = self._read()
        return datetime.fromtimestamp(began + (time.time() - began) * speed + leapt, UTC)

    def use_as_the_products(self) -> None:
        """Let the product read this clock; before anything else of it is imported."""
        from organiser.core import clock

        clock.now = self.now

    def _read(self) -> tuple[float, float, float]:
        began, speed, leapt = _FORM.unpack(self.path.read_bytes())
        return began, speed, leapt

    def _keep(self, *parts: float) -> None:
        """Whole or not at all: somebody reads it just now."""
        draft = self.path.with_suffix(".draft")
        draft.write_bytes(_FORM.pack(*parts))
        draft.replace(self.path)
