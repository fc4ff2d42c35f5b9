#!/usr/bin/env python3
"""What the kept totals cost and what they save: the district's page, and recording an outcome.

totals.py                                              SQLite, 20,000 members, 30 associations, 60,000 calls
totals.py --database-url postgresql://...              a server where databases may be made
totals.py --members 1000000 --associations 300 --calls 3000000       a national party; takes its time

Reading: the party's page as a whole request (signed in, rendered) and its numbers alone, beside the engine's
own time for the same totals and weeks, fetched bare; in turn, in the same run, with a tenth of the calls and
with all of them. Writing: an outcome through the product's service to the commit, with and without keeping
the totals, in turn; by one caller, and by many at once in one association. At the end everything is recounted
from what happened: it must agree. The last line is JSON.
"""

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from counting.reading import Reading
from counting.register import BenchRegister, fresh_register
from counting.writing import Writing
from sqlalchemy import select

from campaigns.totals.recounting import differences
from campaigns.totals.services import today_of
from organiser.core.database import db
from organiser.orgs.models import Organisation


def main() -> None:
    """Measure, print and end with one line of JSON; exit 1 where a recount disagrees."""
    asked = _arguments()
    with (
        tempfile.TemporaryDirectory() as folder,
        fresh_register(Path(folder), asked.database_url) as register,
    ):
        result = _measure(register, asked)
    for name, value in result.items():
        print(f"{name:>24}  {value}")
    print(json.dumps(result))
    if result["units_that_differ"]:
        sys.exit(1)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--database-url", help="a PostgreSQL server; without it SQLite is measured")
    parser.add_argument("--members", type=int, default=20_000)
    parser.add_argument("--associations", type=int, default=30)
    parser.add_argument("--calls", type=int, default=60_000)
    parser.add_argument("--rounds", type=int, default=15, help="of reading, in turn")
    parser.add_argument("--reports", type=int, default=300, help="outcomes recorded each way")
    parser.add_argument("--callers", type=int, default=16, help="at once, in one association")
    return parser.parse_args()


def _measure(register: BenchRegister, asked: argparse.Namespace) -> dict[str, Any]:
    began = time.monotonic()

    def done(words: str) -> None:
        print(f"{time.monotonic() - began:8.0f} s  {words}", file=sys.stderr, flush=True)

    register.furnish(asked.members, asked.associations)
    done("members are there")
    few = asked.calls // 10
    register.ring(few)
    done("a tenth of the calls is there")
    register.count()
    done("everybody is counted, a year of days lies behind")
    reading = Reading(register)
    before = reading.measure(asked.rounds)
    done("read")
    register.ring(asked.calls - few)
    done("all calls are there")
    register.count_again()
    done("counted again")
    after = reading.measure(asked.rounds)
    done("read again")
    writing = Writing(register)
    alone = writing.one_caller(asked.reports)
    crowd = writing.many_callers(asked.reports, asked.callers, register.lists[0][0])
    done("written")
    register.do(writing.settle_untold)
    differing = register.do(_differ)
    done("recounted")
    return {
        "engine": "postgresql" if asked.database_url else "sqlite",
        "members": asked.members,
        "associations": asked.associations,
        "calls": asked.calls,
        "reading_a_tenth": before,
        "reading": after,
        "figures_to_bare": round(after["figures_ms"] / after["bare_ms"], 2),
        "page_to_bare": round(after["page_ms"] / after["bare_ms"], 2),
        "page_all_to_tenth": round(after["page_ms"] / before["page_ms"], 2),
        "outcome": alone,
        "outcome_one_association": crowd,
        "units_that_differ": differing,
    }


def _differ() -> int:
    root = db.session.scalars(select(Organisation).where(Organisation.parent_id.is_(None))).one()
    return sum(1 for _ in differences(root, today_of(db.session())))


if __name__ == "__main__":
    main()
