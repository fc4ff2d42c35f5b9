"""Recording an outcome through the product's service to the commit, with and without keeping the totals."""

import statistics
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import select

from campaigns.queue.effects import Report
from campaigns.queue.models import Call, Target
from campaigns.queue.outcomes import Outcome
from campaigns.queue.reporting import report_call
from campaigns.totals.services import settle
from counting.register import ENDINGS, BenchRegister
from organiser.accounts.models import Account
from organiser.core import clock
from organiser.core.bulk import add_rows
from organiser.core.database import db
from organiser.core.ids import uuid7
from organiser.members.register_changes import watch_of

WAYS = (True, False)


class Writing:
    """Callers who hold one member each and tell how it went."""

    def __init__(self, register: BenchRegister) -> None:
        self.register = register
        self._next = reversed(register.targets)  # the crowd rings among the first
        self._made = 0
        self._member_of: dict[UUID, UUID] = {}
        self._untold: list[UUID] = []
        self._counting = True

    def settle_untold(self) -> None:
        """Count those whose outcome was recorded without it; the others must agree as they are."""
        settle(db.session(), self._untold)

    def one_caller(self, reports: int) -> dict[str, Any]:
        """So many outcomes each way, one after the other and in turn."""
        calls = iter(self._hold([next(self._next) for _ in range(2 * reports)]))
        times: dict[bool, list[float]] = {way: [] for way in WAYS}
        for _ in range(reports):
            for way in WAYS:
                with self._keeping(totals=way):
                    times[way].append(self._report(next(calls)))
        with_ms, without_ms = (statistics.median(times[way]) * 1000 for way in WAYS)
        ratio = with_ms / without_ms
        return {"with_ms": round(with_ms, 2), "without_ms": round(without_ms, 2), "ratio": round(ratio, 3)}

    def many_callers(self, reports: int, callers: int, unit_id: UUID, rounds: int = 3) -> dict[str, Any]:
        """The same by many at once, all in one association, as long as it has members that nobody has rung;
        outcomes a second and the slow ones.
        """
        each = max(reports // (2 * rounds), callers)
        free = iter(self.register.do(lambda: self._of_unit(unit_id, each * 2 * rounds)))
        rates: dict[bool, list[float]] = {way: [] for way in WAYS}
        slow: dict[bool, list[float]] = {way: [] for way in WAYS}
        for _ in range(rounds):
            for way in WAYS:
                calls = self._hold([*islice(free, each)])
                with self._keeping(totals=way), ThreadPoolExecutor(callers) as threads:
                    start = time.perf_counter()
                    taken = list(threads.map(self._report, calls))
                    rates[way].append(len(calls) / (time.perf_counter() - start))
                slow[way].append(statistics.quantiles(taken, n=100)[98] * 1000)
        with_rate, without_rate = (statistics.median(rates[way]) for way in WAYS)
        return {
            "with_per_s": round(with_rate),
            "without_per_s": round(without_rate),
            "ratio": round(without_rate / with_rate, 3),
            "with_p99_ms": round(statistics.median(slow[True]), 1),
            "without_p99_ms": round(statistics.median(slow[False]), 1),
        }

    def _report(self, call_id: UUID) -> float:
        outcome = ENDINGS[call_id.int % len(ENDINGS)]
        if not self._counting:
            self._untold.append(self._member_of[call_id])
        start = time.perf_counter()
        self.register.do(lambda: _tell(call_id, outcome))
        return time.perf_counter() - start

    @contextmanager
    def _keeping(self, *, totals: bool) -> Iterator[None]:
        """The application as it is, or without anybody who keeps the totals."""
        listeners = watch_of(self.register.app).listeners
        self._counting = totals
        if not totals:
            listeners.remove(settle)
        yield
        if not totals:
            listeners.append(settle)

    def _hold(self, chosen: Sequence[tuple[UUID, UUID]]) -> list[UUID]:
        """These members and targets on a lease, each by a caller of their own."""
        return self.register.do(lambda: self._lease(chosen))

    def _lease(self, chosen: Sequence[tuple[UUID, UUID]]) -> list[UUID]:
        callers = [Account(email=f"c{self._made + n}@example.org", name="Kim Ek") for n in range(len(chosen))]
        self._made += len(callers)
        db.session.add_all(callers)
        db.session.flush()
        at = clock.now()
        ids = [uuid7() for _ in chosen]
        self._member_of |= {call: member for call, (member, _target) in zip(ids, chosen, strict=True)}
        held = {"taken_at": at, "lease_until": at + timedelta(minutes=20), "e164": "+46701740605"}
        add_rows(
            db.session(),
            Call,
            [
                {"id": call, "member_id": member, "target_id": target, "caller_id": caller.id, **held}
                for call, (member, target), caller in zip(ids, chosen, callers, strict=True)
            ],
        )
        return ids

    def _of_unit(self, unit_id: UUID, count: int) -> list[tuple[UUID, UUID]]:
        assignment = next(found for unit, found in self.register.lists if unit == unit_id)
        held = select(Call.target_id).where(Call.outcome.is_(None))
        query = select(Target.member_id, Target.id).where(
            Target.assignment_id == assignment, Target.id.not_in(held), Target.tries == 0
        )
        return [(row[0], row[1]) for row in db.session.execute(query.order_by(Target.id.desc()).limit(count))]


def _tell(call_id: UUID, outcome: Outcome) -> None:
    at = clock.now()
    call = db.session.scalars(select(Call).where(Call.id == call_id)).one()
    later = at + timedelta(days=1) if outcome.asks_when else None
    report_call(call, Report(outcome, call_back_at=later, key=str(call_id)), at)
