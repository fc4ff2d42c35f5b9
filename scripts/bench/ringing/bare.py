"""The engine's own "give me the next": a plain table, one statement, nothing around it."""

import os
import shutil
import sqlite3
import subprocess
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import make_url

# Whoever is taken goes to the end, so that the queue stays as long as it was.
_TAKE = "UPDATE bare_queue SET place = place + 10000000 WHERE id = ({}) RETURNING id"
_NEXT = "SELECT id FROM bare_queue WHERE free = 1 ORDER BY place LIMIT 1"
TAKE = {"sqlite": _TAKE.format(_NEXT), "postgresql": _TAKE.format(f"{_NEXT} FOR UPDATE SKIP LOCKED")}
LINES = 32


class BareQueue:
    """As long as the product's list, in the same database; ``tool``: what takes from it."""

    def __init__(self, folder: Path, database_url: str | None) -> None:
        self.engine = "postgresql" if database_url else "sqlite"
        self.tool = _pgbench() if database_url else "python"
        self._file = folder / "ringlista.db"
        self._url = (
            make_url(database_url).set(drivername="postgresql").render_as_string(hide_password=False)
            if database_url
            else ""
        )

    def fill(self, length: int) -> None:
        """Make it anew."""
        connection = self._connect()
        rows = f"SELECT n, n, 1 FROM generate_series(1, {length}) n"  # noqa: S608  # our own words
        if self.engine == "sqlite":
            rows = f"WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {length})"  # noqa: S608  # as above
            rows += " SELECT n, n, 1 FROM s"
        for statement in (
            "DROP TABLE IF EXISTS bare_queue",
            "CREATE TABLE bare_queue (id integer PRIMARY KEY, place bigint, free integer)",
            f"INSERT INTO bare_queue {rows}",
            "CREATE INDEX bare_free ON bare_queue (place) WHERE free = 1",
            "ANALYZE bare_queue",
        ):
            connection.execute(statement)
        connection.close()

    def takes_a_second(self, seconds: float) -> float:
        """Over 32 lines at once; SQLite's writers take turns, and one alone is fastest."""
        if self.tool != "python":
            return self._by_pgbench(seconds)
        count = 1 if self.engine == "sqlite" else LINES
        taken: list[int] = []
        until = time.perf_counter() + seconds
        lines = [threading.Thread(target=self._take, args=(until, taken)) for _ in range(count)]
        for line in lines:
            line.start()
        for line in lines:
            line.join()
        return sum(taken) / seconds

    def _take(self, until: float, taken: list[int]) -> None:
        """One line, each take committed by itself."""
        connection, count = self._connect(), 0
        while time.perf_counter() < until:
            if self.engine == "sqlite":
                connection.execute("BEGIN IMMEDIATE")
                connection.execute(TAKE["sqlite"]).fetchall()
                connection.execute("COMMIT")
            else:
                connection.execute(TAKE["postgresql"]).fetchall()
            count += 1
        connection.close()
        taken.append(count)

    def _by_pgbench(self, seconds: float) -> float:
        with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
            script.write(f"{TAKE['postgresql']};")
            script.flush()
            command = [self.tool, "-n", "-c", str(LINES), "-j", "2", "-T", str(max(1, round(seconds)))]
            told = subprocess.run(
                [*command, "-f", script.name, self._url], capture_output=True, text=True, check=True
            )
        line = next(one for one in told.stdout.splitlines() if one.startswith("tps = "))
        return float(line.split()[2])

    def _connect(self) -> Any:
        if self.engine == "postgresql":
            return psycopg.connect(self._url, autocommit=True)
        connection = sqlite3.connect(self._file, isolation_level=None, timeout=10, check_same_thread=False)
        connection.execute("PRAGMA synchronous = full")
        return connection


def _pgbench() -> str:
    """PostgreSQL's own tool where it is installed: it spends less on itself than we would."""
    beside = sorted(Path("/usr/lib/postgresql").glob("*/bin/pgbench"))
    return shutil.which("pgbench", path=os.environ.get("PATH")) or (str(beside[-1]) if beside else "python")
