#!/usr/bin/env python3
"""How fast a caller gets the next person, beside what the engine itself gives out, at lists of any length.

next_person.py                                         SQLite, a list of 10,000
next_person.py --database-url postgresql://...         a server where databases may be made
next_person.py --targets 10000 100000 1000000          one after the other, in one growing database

A next person is the whole of it, over HTTP with 32 callers at once: the outcome of the call before is sent
with session and CSRF, checked, stored with its log, the next member chosen and held, and their page fetched.
Beside it, in turn and in the same database, one bare statement on a plain table as long. The rounds' medians
count; "alone" is one caller without the others. The last line is JSON.
"""

import argparse
import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from ringing.bare import LINES, BareQueue
from ringing.clock import BenchClock

if TYPE_CHECKING:
    from uuid import UUID

    from ringing.caller import Caller
    from ringing.ledger import Ledger
    from ringing.stage import Link, Stage

MOST_WARM = 1.5  # seconds of ringing before anything is timed


@dataclass(slots=True)
class Sitting:
    """Callers who ring one list for some seconds, without mishaps."""

    stage: "Stage"
    ledger: "Ledger"
    until: float = field(default=0.0)

    async def link(self, assignment_id: "UUID") -> "Link":
        return await asyncio.to_thread(self.stage.link, assignment_id)

    def is_over(self) -> bool:
        return time.perf_counter() > self.until


def main() -> None:
    """Measure each length, print a table and one line of JSON."""
    asked = _arguments()
    with tempfile.TemporaryDirectory(prefix="next-person-") as name:
        folder = Path(name)
        clock = BenchClock(folder / "clock")
        clock.set_going(1.0)
        clock.use_as_the_products()
        results = _measure(folder, asked)
    first, last = results[0], results[-1]
    told = {
        "engine": first["engine"],
        "bare_tool": first.pop("bare_tool"),
        "rounds": asked.rounds,
        "script": asked.script,
        "results": results,
        "last_to_first": {
            key: round(last[key] / first[key], 2) for key in ("p50_ms", "alone_ms") if first[key]
        },
    }
    print(json.dumps(told))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--database-url", help="a PostgreSQL server; without it SQLite is measured")
    parser.add_argument(
        "--targets", type=int, nargs="+", default=[10_000], help="lengths of the list, growing"
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=8.0, help="that a round of ringing lasts")
    parser.add_argument(
        "--script", action="store_true", help="as phones with scripts: one round trip a person"
    )
    parser.add_argument("--workers", type=int, help="worker processes (SQLite 1, PostgreSQL 2)")
    asked = parser.parse_args()
    asked.workers = asked.workers or (2 if asked.database_url else 1)
    return asked


def _measure(folder: Path, asked: argparse.Namespace) -> list[dict[str, Any]]:
    """The product is imported here, when its clock has been set."""
    from ringing.database import a_database
    from ringing.filling import pour
    from ringing.process import Server
    from ringing.stage import Stage

    results, length = [], 0
    print(
        f"{'targets':>9}{'persons/s':>11}{'p50 ms':>9}{'p99 ms':>9}{'alone ms':>10}{'bare/s':>9}{'ratio':>8}"
    )
    with a_database(asked.database_url) as url:
        stage = Stage(folder, url)
        stage.furnish(8)
        server = Server(folder, url, asked.workers, broken=False)
        bare = BareQueue(folder, url)
        try:
            server.wait_until_ready()
            for targets in sorted(asked.targets):
                pour(stage.do, stage.lists[0], length, targets)
                stage.settle()
                length = targets
                bare.fill(targets)
                results.append(_one_length(stage, server.port, bare, targets, asked))
        finally:
            server.stop()
            stage.close()
    return results


def _one_length(
    stage: "Stage", port: int, bare: BareQueue, targets: int, asked: argparse.Namespace
) -> dict[str, Any]:
    """Rounds of ringing and of bare taking, in turn."""
    seats = Seats(stage, port, script=asked.script)
    seats.ring(LINES, MOST_WARM)
    load = os.getloadavg()[0]
    rang = [(seats.ring(LINES, asked.seconds), bare.takes_a_second(3)) for _ in range(asked.rounds)]
    alone = [seats.ring(1, asked.seconds / 4) for _ in range(asked.rounds)]
    persons = statistics.median(len(one.next_ms) / asked.seconds for one, _ in rang)
    takes = statistics.median(one for _, one in rang)
    result = {
        "engine": bare.engine,
        "bare_tool": Path(bare.tool).name,
        "targets": targets,
        "persons_s": round(persons, 1),
        "p50_ms": round(statistics.median(one.percentile(0.5) for one, _ in rang), 1),
        "p99_ms": round(statistics.median(one.percentile(0.99) for one, _ in rang), 1),
        "alone_ms": round(statistics.median(one.percentile(0.5) for one in alone), 1),
        "bare_s": round(takes),
        "ratio": round(persons / takes, 4),
        "load": [round(load, 1), round(os.getloadavg()[0], 1)],
    }
    print(
        f"{targets:>9,}{result['persons_s']:>11}{result['p50_ms']:>9}{result['p99_ms']:>9}"
        f"{result['alone_ms']:>10}{result['bare_s']:>9,}{result['ratio']:>8}",
        flush=True,
    )
    return result


@dataclass(frozen=True, slots=True)
class Seats:
    """Where callers sit down for a round, all at the first list."""

    stage: "Stage"
    port: int
    script: bool

    def ring(self, callers: int, seconds: float) -> "Ledger":
        """So many callers for so long; they come in before the time begins."""
        from ringing.caller import NONE, Caller
        from ringing.ledger import Ledger

        from campaigns.demo.dice import dice

        sitting = Sitting(self.stage, Ledger())
        seats = [
            Caller(self.port, self.stage.lists[0], sitting, dice("seat", place), NONE)
            for place in range(callers)
        ]
        asyncio.run(_sit(sitting, seats, seconds, script=self.script))
        return sitting.ledger


async def _sit(sitting: Sitting, seats: "list[Caller]", seconds: float, *, script: bool) -> None:
    for seat in seats:
        seat.weights, seat.script = {"talked": 2, "no_answer": 1}, script
        await seat.come_in()
    sitting.until = time.perf_counter() + seconds
    await asyncio.gather(*(seat.ring() for seat in seats))
    for seat in seats:
        await seat.leave()


if __name__ == "__main__":
    main()
