#!/usr/bin/env python3
"""How fast a member list comes in: bytes to committed rows, beside the engine's plain bulk insert.

import_speed.py                                       SQLite, 1,000, 10,000 and 100,000 rows
import_speed.py --database-url postgresql://...       the same on a server where databases may be made
import_speed.py --sizes 1000 5000 --repeat 5          other sizes; the best of some runs

The import is the application's own: read, matched, planned against the register, every change traced, one
transaction. The plain insert puts the same rows as text into a table without index: executemany on SQLite,
COPY on PostgreSQL, committed as durably. Both in turn, in the same database. The last line is JSON.
"""

import argparse
import csv
import io
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import create_engine, make_url, text

from campaigns.app import create_app
from campaigns.demo.bulk import HEADINGS, big_file
from campaigns.demo.phones import HANDS, LANDLINE, MOBILE, written
from campaigns.demo.places import DISTRICTS
from organiser.config import Settings
from organiser.core import clock
from organiser.core.database import db
from organiser.core.tenancy import inside
from organiser.orgs import queries, services
from organiser.orgs.kinds import OrgKind
from organiser.roster.reading import read_list
from organiser.roster.services import read_in
from organiser.web.command import bring_up_to_date
from organiser.web.frame import Framed, in_one_transaction

SIZES = (1_000, 10_000, 100_000)
TABLE = "plain_list"


@contextmanager
def fresh_app(database_url: str | None) -> Iterator[Framed]:
    """An application with an empty register and the units of two districts."""
    with tempfile.TemporaryDirectory() as folder, a_database(database_url) as url:
        app = create_app(Settings(data_dir=Path(folder), database_url=url, secret_key=uuid4().hex * 2))
        with app.app_context():
            bring_up_to_date(app)
            in_one_transaction(plant_tree)
            yield app
            db.session.remove()
            db.engine.dispose()


@contextmanager
def a_database(server: str | None) -> Iterator[str | None]:
    """A database of our own on the server, gone afterwards; none: SQLite."""
    if server is None:
        yield None
        return
    name = f"ringlista_bench_{uuid4().hex[:12]}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    try:
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        engine.dispose()


def plant_tree() -> None:
    """A party, two districts, their associations."""
    party = services.found_tenant(
        "party", "Party", OrgKind.PARTY, time_zone="Europe/Stockholm", language="sv"
    )
    with inside(party.tenant_id):
        for district in DISTRICTS:
            over = services.add_unit(party, district.name, OrgKind.DISTRICT)
            for place in district.municipalities:
                services.add_unit(over, place.name, OrgKind.ASSOCIATION, code=place.code)


def import_seconds(content: bytes) -> float:
    """From the bytes to the commit, through the services that the pages and the command use."""
    tenant = db.session.scalars(queries.tenants()).one()
    db.session.rollback()

    def work() -> int:
        with inside(tenant.id):
            at = clock.now()
            read = read_list(content, "list.csv", at.date())
            done = read_in(read, db.session.scalars(queries.root()).one(), "list.csv", at)
            return done.plan.counts()["created"]

    start = time.perf_counter()
    created = in_one_transaction(work)
    seconds = time.perf_counter() - start
    if created != content.count(b"\n") - 1:
        sys.exit(f"only {created} members were created")
    return seconds


def plain_seconds(content: bytes) -> float:
    """The same rows as text into a bare table, as fast as the engine takes them."""
    raw: Any = db.engine.raw_connection()
    cursor = raw.cursor()
    columns = ", ".join(f"c{n} text" for n in range(len(HEADINGS)))
    cursor.execute(f"CREATE TABLE {TABLE} ({columns})")
    raw.commit()
    start = time.perf_counter()
    if db.engine.dialect.name == "postgresql":
        start = time.perf_counter()
        with cursor.copy(f"COPY {TABLE} FROM STDIN (FORMAT csv, HEADER)") as copy:
            copy.write(content)
    else:
        rows = list(csv.reader(io.StringIO(content.decode())))[1:]
        start = time.perf_counter()
        cursor.execute("BEGIN IMMEDIATE")
        marks = ", ".join("?" for _ in HEADINGS)
        cursor.executemany(f"INSERT INTO {TABLE} VALUES ({marks})", rows)  # noqa: S608  # our own words
    raw.commit()
    seconds = time.perf_counter() - start
    cursor.execute(f"DROP TABLE {TABLE}")
    raw.commit()
    raw.close()
    return seconds


def member_list(rows: int) -> bytes:
    """Invented members, two of three with a mobile and one with a landline, each in somebody's own spelling.

    Only the numbers set aside for fiction, so that many members share one.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.csv"
        big_file(path, rows)
        headings, *people = csv.reader(io.StringIO(path.read_text(encoding="utf-8")))
    phone = headings.index("Telefon")
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(headings)
    for n, person in enumerate(people):
        series = LANDLINE if n % 3 == 0 else MOBILE
        person[phone] = written(series[n % len(series)], n % HANDS)
        table.writerow(person)
    return out.getvalue().encode()


def measure(rows: int, repeat: int, database_url: str | None) -> dict[str, Any]:
    """The best of some runs, each in a register of its own: other work on the machine only ever adds."""
    content = member_list(rows)
    imports, plains = [], []
    for _ in range(repeat):
        with fresh_app(database_url):
            plains.append(plain_seconds(content))
            imports.append(import_seconds(content))
    ours, plain = min(imports), min(plains)
    return {
        "engine": "postgresql" if database_url else "sqlite",
        "rows": rows,
        "import_s": round(ours, 3),
        "plain_s": round(plain, 4),
        "rows_per_s": round(rows / ours),
        "plain_rows_per_s": round(rows / plain),
        "ratio": round(plain / ours, 4),
    }


def main() -> None:
    """Measure, print a table and one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--database-url", help="a PostgreSQL server; without it SQLite is measured")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="ROWS")
    parser.add_argument("--repeat", type=int, default=3)
    asked = parser.parse_args()
    print(f"{'engine':<12}{'rows':>9}{'import s':>11}{'rows/s':>10}{'plain rows/s':>15}{'ratio':>9}")
    results = []
    for rows in asked.sizes:
        one = measure(rows, asked.repeat, asked.database_url)
        results.append(one)
        print(
            f"{one['engine']:<12}{one['rows']:>9,}{one['import_s']:>11.2f}{one['rows_per_s']:>10,}"
            f"{one['plain_rows_per_s']:>15,}{one['ratio']:>9.3f}",
            flush=True,
        )
    print(json.dumps(results))


if __name__ == "__main__":
    main()
