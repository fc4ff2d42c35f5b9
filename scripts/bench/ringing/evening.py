"""The evening itself: seats filled with callers, workers killed, leases run out, nights slept over."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import cycle
from random import Random
from uuid import UUID

from campaigns.demo.dice import dice
from ringing.caller import NONE, Caller, Mishaps
from ringing.clock import BenchClock
from ringing.ledger import Ledger
from ringing.process import Server
from ringing.stage import NIGHT, Link, Stage

A_LEASE = timedelta(minutes=21)
LEAPS, ENDINGS = 6, 6
"""So many times in the whole run every lease runs out at once; so many evenings are ended while rung."""
POLL, WATCH = 0.02, 3.0


@dataclass(frozen=True, slots=True)
class Asked:
    """What the one who started the bench wants."""

    callers: int
    allocations: int
    kills: int
    minutes: float


@dataclass(slots=True)
class Evening:
    """Runs until so many people have been dealt out, or the time is up, then until those whose lease ran out
    have been dealt out again, or nobody can be. ``waiting``: how many of them there are, from a moment on.
    """

    stage: Stage
    server: Server
    clock: BenchClock
    asked: Asked
    waiting: Callable[[datetime], int]
    ledger: Ledger = field(default_factory=Ledger)
    last_round: datetime | None = None
    settled: bool = False
    began: float = field(default_factory=time.monotonic)
    rng: Random = field(default_factory=lambda: dice("evening"))

    async def link(self, assignment_id: UUID) -> Link:
        """A way in for a caller, made as the organiser makes it."""
        return await asyncio.to_thread(self.stage.link, assignment_id)

    def is_over(self) -> bool:
        """Whether the callers may stop."""
        return self.settled if self.last_round else self._progress() >= 1

    def _progress(self) -> float:
        """How much of the ringing is done, by people or by time; the whole is 1."""
        minutes = (time.monotonic() - self.began) / 60
        return max(len(self.ledger.dealt) / self.asked.allocations, minutes / self.asked.minutes)

    async def ring(self) -> None:
        """Evening after evening, with a night between, then the last round. Raises where a whole evening
        brings hardly anybody.
        """
        troubles = asyncio.create_task(self._troubles())
        while not self.is_over():
            before = len(self.ledger.dealt)
            await self._round(Mishaps())
            if not self.is_over() and len(self.ledger.dealt) - before < self.asked.allocations / 100:
                raise RuntimeError(f"an evening dealt out only {len(self.ledger.dealt) - before}")
            if not self.is_over():
                await self._sleep()
        await troubles
        self.clock.leap(A_LEASE)
        self.last_round = self.clock.now()
        watching = asyncio.create_task(self._watch(self.last_round))
        await self._round(NONE)
        watching.cancel()

    async def _watch(self, since: datetime) -> None:
        while not self.settled:
            await asyncio.sleep(WATCH)
            self.settled = await asyncio.to_thread(self.waiting, since) == 0

    async def _round(self, mishaps: Mishaps) -> None:
        lists = self.rng.sample(self.stage.lists, len(self.stage.lists))
        count = max(self.asked.callers, len(lists)) if self.last_round else self.asked.callers
        seats = [
            Caller(self.server.port, list_id, self, dice("caller", self.rng.random()), mishaps)
            for _, list_id in zip(range(count), cycle(lists), strict=False)
        ]
        for seat in seats[::2]:
            seat.script = True
        if self.last_round:
            for seat in seats:
                seat.weights = {"talked": 1}
        self.ledger.seen["evenings"] += 1
        await asyncio.gather(*(seat.ring() for seat in seats))
        if self.last_round:
            await asyncio.gather(*(seat.leave() for seat in seats))

    async def _sleep(self) -> None:
        """The evenings end and rests pass."""
        for list_id in self.stage.lists:
            await asyncio.to_thread(self.stage.end_evening, list_id)
        self.clock.leap(NIGHT)
        self.ledger.seen["nights"] += 1

    async def _troubles(self) -> None:
        """Kills, leaps and endings, spread by chance over the run."""
        due = [(self._somewhen(), self._kill) for _ in range(self.asked.kills)]
        due += [(self._somewhen(), self._leap) for _ in range(LEAPS)]
        due += [(self._somewhen(), self._end) for _ in range(ENDINGS)]
        for when, act in sorted(due, key=lambda one: one[0]):
            await self._wait_until(lambda when=when: self._progress() >= when)  # type: ignore[misc]  # mypy cannot infer it
            await asyncio.sleep(self.rng.random() * 0.2)
            await act()

    async def _wait_until(self, has_come: Callable[[], bool]) -> None:
        while not has_come():  # noqa: ASYNC110  # what is waited for happens in other processes too
            await asyncio.sleep(POLL)

    def _somewhen(self) -> float:
        """As a share of the run."""
        return 0.02 + 0.95 * self.rng.random()

    async def _kill(self) -> None:
        await self._wait_until(lambda: self.server.kill_a_worker(self.rng))
        self.ledger.seen["kills"] += 1

    async def _leap(self) -> None:
        self.clock.leap(A_LEASE)
        self.ledger.seen["leaps"] += 1

    async def _end(self) -> None:
        await asyncio.to_thread(self.stage.end_evening, self.rng.choice(self.stage.lists))
        self.ledger.seen["evenings_ended"] += 1
