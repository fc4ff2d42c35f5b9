"""Durable on both engines, readers without a lock, writers in line, and nothing half after a kill."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import psycopg.errors
import pytest
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from organiser.accounts.models import Throttle
from organiser.core import clock, engine
from organiser.core.database import db
from organiser.core.engine import may_be_said_again
from organiser.web.frame import Framed
from tests.conftest import SECRET
from tests.organiser.framed import framed

ROOT = Path(__file__).parents[2]
on_sqlite = pytest.mark.parametrize("app", ["sqlite"], indirect=True)
on_postgresql = pytest.mark.parametrize("app", ["postgresql"], indirect=True)


def sqlite_file(app: Framed) -> Path:
    return Path(app.config["SETTINGS"].data_dir) / "ringlista.db"


def throttle(key: str) -> Throttle:
    return Throttle(key=key, failures=0, window_ends_at=clock.now())


def count() -> str:
    return str(db.session.scalar(select(func.count(Throttle.key))))


@on_sqlite
def test_sqlite_is_durable_and_keeps_foreign_keys(app: Framed) -> None:
    with app.app_context():
        pragmas = {
            name: db.session.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "trusted_schema")
        }
    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 10000,
        "trusted_schema": 0,
    }


@on_postgresql
def test_postgresql_is_never_asked_to_prepare_statements(app: Framed) -> None:
    with app.app_context():
        assert db.session.connection().connection.driver_connection.prepare_threshold is None  # type: ignore[union-attr]


def test_a_page_that_only_reads_answers_while_somebody_writes(app: Framed) -> None:
    with framed(app, count) as browser, app.app_context():
        db.session.add(throttle("half written"))
        db.session.flush()
        began = time.monotonic()
        answer = browser.get("/page")
        db.session.rollback()
    assert (answer.status_code, answer.text) == (200, "0")
    assert time.monotonic() - began < engine.PATIENCE / 2


@on_sqlite
def test_a_page_that_only_reads_answers_beside_another_process_that_writes(app: Framed) -> None:
    other = sqlite3.connect(sqlite_file(app), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    other.execute("INSERT INTO throttle VALUES ('other', 0, '2024-03-01 12:00:00')")
    with framed(app, count) as browser:
        assert browser.get("/page").text == "0"
        other.execute("COMMIT")
        assert browser.get("/page").text == "1"
    other.close()


def test_a_get_that_tries_to_write_fails_and_stores_nothing(app: Framed) -> None:
    def write() -> str:
        db.session.add(throttle("written in passing"))
        db.session.flush()
        return "stored"

    with framed(app, write) as browser:
        refused = browser.get("/page")
        assert (refused.status_code, "stored" in refused.text) == (500, False)
        assert browser.post("/page").text == "stored"


def test_many_writers_at_once_lose_nothing(app: Framed) -> None:
    def add() -> str:
        counter = update(Throttle).where(Throttle.key == "counter")
        db.session.execute(counter.values(failures=Throttle.failures + 1))
        db.session.add(throttle(f"{threading.get_ident()} {time.monotonic_ns()}"))
        return "stored"

    with app.app_context():
        db.session.add(throttle("counter"))
        db.session.commit()
    answers: list[str] = []
    with framed(app, add) as browser:
        ours = browser.application

        def write_ten() -> None:
            own = ours.test_client()
            answers.extend(own.post("/page").text for _ in range(10))

        threads = [threading.Thread(target=write_ten) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert answers == ["stored"] * 80
    with app.app_context():
        assert count() == "81"
        assert db.session.get_one(Throttle, "counter").failures == 80


@on_sqlite
def test_a_writer_that_waits_in_vain_is_told_calmly(app: Framed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "PATIENCE", 0.01)
    monkeypatch.setitem(engine.PRAGMAS, "busy_timeout", "10")
    other = sqlite3.connect(sqlite_file(app), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with framed(app, count) as browser:
        refused = browser.post("/page")
    other.close()
    assert refused.status_code == 503


def test_a_lost_connection_does_not_keep_its_place_in_the_line(
    app: Framed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "PATIENCE", 0.5)
    with app.app_context():
        with db.engine.connect() as connection:
            connection.exec_driver_sql("SELECT 1")
            connection.invalidate()
        db.session.add(throttle("after the loss"))
        db.session.commit()
        assert count() == "1"


@pytest.mark.parametrize(
    ("error", "again"),
    [
        (OperationalError("", None, sqlite3.OperationalError("database is locked")), True),
        (OperationalError("", None, sqlite3.OperationalError("database table is locked")), True),
        (OperationalError("", None, psycopg.errors.SerializationFailure()), True),
        (OperationalError("", None, psycopg.errors.DeadlockDetected()), True),
        (OperationalError("", None, psycopg.errors.AdminShutdown()), True),
        (DBAPIError("", None, Exception("gone"), connection_invalidated=True), True),
        (OperationalError("", None, sqlite3.OperationalError("no such table: member")), False),
        (OperationalError("", None, sqlite3.OperationalError("attempt to write a readonly database")), False),
        (IntegrityError("", None, psycopg.errors.UniqueViolation()), False),
        (IntegrityError("", None, sqlite3.IntegrityError("UNIQUE failed: locked")), False),
    ],
)
def test_only_what_passes_is_tried_again(error: DBAPIError, again: bool) -> None:
    assert may_be_said_again(error) is again


@on_postgresql
def test_a_server_that_drops_the_connection_is_asked_once_more(app: Framed) -> None:
    tries: list[int] = []

    def drop() -> ResponseReturnValue:
        tries.append(1)
        db.session.add(throttle(f"try {len(tries)}"))
        db.session.flush()
        if len(tries) == 1:
            db.session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
        return count()

    with framed(app, drop) as browser:
        assert browser.post("/page").text == "1"
    assert len(tries) == 2


KILLED = """
import sys, time
from campaigns.app import create_app
from organiser.accounts.models import Throttle
from organiser.core import clock
from organiser.core.database import db
with create_app().app_context():
    for at, ending in (("stored", db.session.commit), ("half", db.session.flush)):
        db.session.add_all(Throttle(key=f"{at} {n}", window_ends_at=clock.now()) for n in range(2000))
        ending()
    print("now", flush=True)
    time.sleep(60)
"""


@on_sqlite
def test_a_kill_in_the_middle_of_a_transaction_leaves_nothing_half(app: Framed) -> None:
    settings = app.config["SETTINGS"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("RINGLISTA_")}
    environment |= {
        "RINGLISTA_DATA_DIR": str(settings.data_dir),
        "RINGLISTA_SECRET_KEY": SECRET,
        "PYTHONPATH": str(ROOT),
    }
    killed = subprocess.Popen([sys.executable, "-c", KILLED], stdout=subprocess.PIPE, env=environment)
    assert killed.stdout is not None
    assert killed.stdout.readline() == b"now\n"
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    with app.app_context():
        assert db.session.scalar(text("PRAGMA integrity_check")) == "ok"
        assert count() == "2000"
        assert db.session.scalar(select(func.count()).where(Throttle.key.startswith("half"))) == 0
