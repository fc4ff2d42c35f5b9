#!/usr/bin/env python3
"""What one call costs in processor time: the next member's page, how it went, and both in one trip.

one_call.py                                   SQLite, a list of 2,000
one_call.py --targets 100000                  a long list: it ought to cost the same
one_call.py --database-url postgresql://...   a server where databases may be made

In this process, without a network and with one caller: real session, right, form key, log and commit.
Medians of the process's own time (PostgreSQL's is not in it) and the statements of one of each. The last line
is JSON.
"""

import argparse
import json
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from ringing.database import a_database
from ringing.filling import pour
from ringing.stage import Stage
from sqlalchemy import event

from organiser.core.database import db

WARM = 20
BASE = "https://localhost"
FIELD = re.compile(r'name="([a-z_]+)"[^>]*value="([^"]*)"')
NEXT = re.compile(r"/calls/[0-9a-f-]{36}(?=/report)")
SEE_OTHER = 303


@dataclass(slots=True)
class Cost:
    """Milliseconds of each, and the statements of the last."""

    ms: list[float] = field(default_factory=list)
    statements: int = 0


@dataclass(slots=True)
class Phone:
    """One caller's browser, and what each of their presses cost."""

    client: Any
    said: list[str]
    costs: dict[str, Cost] = field(default_factory=dict)

    def timed(self, name: str, ask: Callable[[], Any]) -> Any:
        self.said.clear()
        begun = time.process_time()
        answer = ask()
        cost = self.costs.setdefault(name, Cost())
        cost.ms.append(1000 * (time.process_time() - begun))
        cost.statements = len(self.said)
        return answer

    def get(self, url: str) -> Any:
        return self.client.get(url, base_url=BASE)

    def post(self, url: str, page: str, *, script: bool = False, **more: str) -> Any:
        """A form of a page, with more filled in."""
        headers = {"HX-Request": "true"} if script else {}
        sent = {**dict(FIELD.findall(page)), **more}
        return self.client.post(url, base_url=BASE, headers=headers, data=sent)


def main() -> None:
    """Ring, print a table and one line of JSON."""
    asked = _arguments()
    with tempfile.TemporaryDirectory() as name, a_database(asked.database_url) as url:
        stage = Stage(Path(name), url)
        stage.furnish(8)
        pour(stage.do, stage.lists[0], 0, asked.targets)
        stage.settle()
        costs = _ring(stage, asked.calls)
        stage.close()
    told: dict[str, Any] = {
        "engine": "postgresql" if asked.database_url else "sqlite",
        "targets": asked.targets,
    }
    for what, cost in costs.items():
        median = round(statistics.median(cost.ms[WARM:]), 1)
        print(f"{what:>10}  {median:6} ms  {cost.statements:3} statements")
        told |= {f"{what}_ms": median, f"{what}_statements": cost.statements}
    print(json.dumps(told))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--database-url", help="a PostgreSQL server; without it SQLite is measured")
    parser.add_argument("--targets", type=int, default=2000, help="members on the list")
    parser.add_argument("--calls", type=int, default=100, help="of each way")
    return parser.parse_args()


def _ring(stage: Stage, calls: int) -> dict[str, Cost]:
    phone, list_url = Phone(stage.app.test_client(), []), f"/calls/lists/{stage.lists[0]}"
    with stage.app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *told: phone.said.append(told[2]))
    way_in = stage.link(stage.lists[0])
    phone.post(way_in.path, phone.get(way_in.path).text, name="Kim", code=way_in.code)
    call = phone.post(f"{list_url}/next", phone.get(list_url).text).location
    for _ in range(calls + WARM):
        call = _two_trips(phone, call)
    for _ in range(calls + WARM):
        call = _one_trip(phone, call)
    return phone.costs


def _two_trips(phone: Phone, call: str) -> str:
    page = phone.timed("page", lambda: phone.get(call))
    answer = phone.timed("report", lambda: phone.post(_report(call), page.text, outcome="talked"))
    if answer.status_code != SEE_OTHER:
        raise RuntimeError(f"{call}: {answer.status}")
    return str(answer.location)


def _one_trip(phone: Phone, call: str) -> str:
    page = phone.get(call).text
    answer = phone.timed("one_trip", lambda: phone.post(_report(call), page, script=True, outcome="talked"))
    found = NEXT.search(answer.text)
    if found is None:
        raise RuntimeError(f"{call}: {answer.status}")
    return found[0]


def _report(call: str) -> str:
    return call.partition("?")[0] + "/report"


if __name__ == "__main__":
    main()
