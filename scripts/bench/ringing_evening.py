#!/usr/bin/env python3
"""A ringing evening under stress: nobody rung by two, nothing lost, nobody stuck; counted afterwards.

ringing_evening.py --callers 8 --allocations 500 --kills 5            SQLite, in a folder of its own
ringing_evening.py --database-url postgresql://...                    a server where databases may be made
ringing_evening.py --break-locking                                    break promises: must be found

Starts the product's own server and rings over HTTP: callers come in by link and code, tap twice, lose answers
and ask again, take back what they said, rest, walk away in the middle of a call; workers are killed with -9;
evenings are ended under their feet; leases run out. The clock of the server runs faster than the wall's and
leaps over nights, so that leases and rests end for real. Members are rung in two campaigns at once, and some
share a telephone. At the end the database is asked, past the product: which leases on a member or a household
(or of a caller) overlapped in time, which acknowledged outcome is not stored exactly once, which member is in
no state or in two, and whom nobody could take. The last line is JSON; exit 1 unless 0, 0, 0.
"""

import argparse
import asyncio
import json
import os
import resource
import signal
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from ringing.clock import BenchClock

if TYPE_CHECKING:
    from ringing.evening import Evening
    from ringing.rows import Found

SPEED = 30.0
MEMBERS = 0.35
"""Of the allocations: each is on two lists, and it takes some two calls to be done with one."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What must not have happened, each with the ids, and what did."""

    double: list[Any]
    lost: list[Any]
    stuck: list[Any]
    allocations: int


def main() -> None:
    """Ring, count, print; exit 1 where a promise was broken."""
    asked = _arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # the server is stopped with us
    with tempfile.TemporaryDirectory(prefix="ringing-") as name:
        folder = Path(name)
        clock = BenchClock(folder / "clock")
        clock.set_going(asked.speed)
        clock.use_as_the_products()
        result, broken = _run(folder, clock, asked)
    if not asked.json:
        for key, value in result.items():
            print(f"{key:>14}  {value}")
    print(json.dumps(result))
    sys.exit(1 if broken else 0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--callers", type=int, default=8)
    parser.add_argument("--allocations", type=int, default=500, help="people to deal out")
    parser.add_argument("--kills", type=int, default=0, help="workers killed with -9 meanwhile")
    parser.add_argument("--minutes", type=float, default=600, help="end earlier, after so long")
    parser.add_argument("--workers", type=int, help="worker processes (SQLite 1, PostgreSQL 2)")
    parser.add_argument("--database-url", help="a PostgreSQL server; without it SQLite is rung on")
    parser.add_argument("--speed", type=float, default=SPEED, help="seconds that pass in one of the wall's")
    parser.add_argument("--json", action="store_true", help="only the last line")
    parser.add_argument("--break-locking", action="store_true", help="break the promises, to see them missed")
    asked = parser.parse_args()
    asked.workers = asked.workers or (2 if asked.database_url else 1)
    return asked


def _run(folder: Path, clock: BenchClock, asked: argparse.Namespace) -> tuple[dict[str, Any], bool]:
    """The product is imported here, when its clock has been set."""
    from ringing.broken import drop_promises
    from ringing.database import a_database
    from ringing.evening import Asked, Evening
    from ringing.process import Server
    from ringing.stage import Stage
    from ringing.trail import keep_trail

    from organiser.core.database import db

    with a_database(asked.database_url) as url:
        stage = Stage(folder, url)
        stage.furnish(max(40, int(asked.allocations * MEMBERS)))
        with stage.app.app_context():
            keep_trail(db.engine)
            if asked.break_locking:
                drop_promises(db.engine)
        server = Server(folder, url, asked.workers, broken=asked.break_locking)
        try:
            server.wait_until_ready()
            wanted = Asked(asked.callers, asked.allocations, asked.kills, asked.minutes)
            evening = Evening(stage, server, clock, wanted, lambda since: _waiting(folder, url, clock, since))
            begun, load = time.monotonic(), os.getloadavg()[0]
            asyncio.run(evening.ring())
            seconds = time.monotonic() - begun
        except RuntimeError as fault:
            sys.exit(f"{fault}\n{dict(evening.ledger.seen)}\n{server.last_words()}")
        finally:
            server.stop()
            stage.close()
        counted = _count(folder, url, clock, evening)
        result = _result(counted, evening.ledger, asked)
        result |= {"seconds": round(seconds), "load": [round(load, 1), round(os.getloadavg()[0], 1)]}
        result["server_cpu_ms"] = round(1000 * _cpu_of_children() / max(1, counted.allocations))
        broken = bool(counted.double or counted.lost or counted.stuck)
        if broken and not asked.break_locking:
            print(server.last_words(), file=sys.stderr)
            _tell_the_stories(folder, url, counted)
    return result, broken


def _cpu_of_children() -> float:
    """Seconds the stopped server has worked; workers that were killed are counted too."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _read(folder: Path, url: str | None, at: datetime) -> "Found":
    from ringing.rows import Store, read_evening

    store = Store(folder, url)
    found = read_evening(store, at)
    store.close()
    return found


def _waiting(folder: Path, url: str | None, clock: BenchClock, since: datetime) -> int:
    """How many whose lease ran out have not been dealt out again since then."""
    from ringing.checker import stuck

    found = _read(folder, url, at := clock.now())
    return len(stuck(found.places, found.calls, at, since))


def _count(folder: Path, url: str | None, clock: BenchClock, evening: "Evening") -> Counted:
    from ringing import checker

    found, ledger = _read(folder, url, clock.now()), evening.ledger
    sure = {call: outcome for call, outcome in ledger.kept.items() if call not in ledger.unsure}
    lost = [
        *checker.lost_outcomes(sure, found.calls),
        *checker.lost_members(found.places, found.calls, found.expected),
    ]
    return Counted(
        double=checker.doubles(found.trail, found.homes),
        lost=lost,
        stuck=checker.stuck(found.places, found.calls, clock.now(), evening.last_round or clock.now()),
        allocations=len(found.calls),
    )


def _tell_the_stories(folder: Path, url: str | None, counted: Counted) -> None:
    """What was found, call by call, for whoever looks for the cause; the database goes when we end."""
    from ringing.rows import Store
    from ringing.stories import stories

    store = Store(folder, url)
    wanted = {id for pair in counted.double for id in pair} | {*counted.lost, *counted.stuck}
    for line in stories(store, wanted):
        print(line, file=sys.stderr)
    store.close()


def _result(counted: Counted, ledger: Any, asked: argparse.Namespace) -> dict[str, Any]:
    return {
        "allocations": counted.allocations,
        "double": len(counted.double),
        "lost": len(counted.lost),
        "stuck": len(counted.stuck),
        "p50_ms": ledger.percentile(0.5),
        "p99_ms": ledger.percentile(0.99),
        "engine": "postgresql" if asked.database_url else "sqlite",
        "callers": asked.callers,
        "kills": ledger.seen["kills"],
        "workers": asked.workers,
        "acknowledged": len(ledger.kept),
        "unsure": len(ledger.unsure),
        "speed": asked.speed,
        "seen": dict(sorted(ledger.seen.items())),
    }


if __name__ == "__main__":
    main()
