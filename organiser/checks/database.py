"""The database: there, of a version we know, storing durably, as new as the program, its clock with ours."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import cast

from alembic.util import CommandError
from flask import Flask
from flask_alembic import Alembic
from sqlalchemy import Connection, func, select
from sqlalchemy.exc import DBAPIError

from organiser.checks.finding import Finding, Verdict
from organiser.core import clock
from organiser.core.database import db
from organiser.core.engine import state_of
from organiser.web.command import NEWER, first_line, is_up_to_date

OLDEST_POSTGRESQL = 15
DRIFT = timedelta(seconds=5)
DURABLE = {"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1"}


def of_database(app: Flask) -> Iterable[Finding]:
    """Findings about the database of an application; nothing is made where there is none yet."""
    with app.app_context():
        if db.engine.dialect.name == "sqlite" and not _file_is_there():
            yield Finding(Verdict.LOOK, "There is no database yet; the first command that needs it makes it.")
            return
        try:
            with db.engine.connect() as connection:
                yield from _of_engine(connection)
                yield from _of_clock(connection)
            yield _of_revision(cast("Alembic", app.extensions["alembic"]))
        except DBAPIError as error:
            yield Finding(Verdict.WRONG, f"The database cannot be used: {first_line(error)}")


def _file_is_there() -> bool:
    return Path(str(db.engine.url.database)).is_file()


def _of_engine(connection: Connection) -> Iterable[Finding]:
    state = state_of(connection)
    if connection.dialect.name != "sqlite":
        yield _of_version(state["version"])
        return
    yield Finding(Verdict.OK, f"The database is SQLite {state['version']}, one file.")
    if state["quick_check"] != "ok":
        yield Finding(
            Verdict.WRONG, f"The database file is damaged; restore a backup. It says: {state['quick_check']}"
        )
    loose = [name for name, wanted in DURABLE.items() if state[name] != wanted]
    if loose:
        yield Finding(Verdict.WRONG, f"The database does not store safely: {', '.join(loose)}.")


def _of_version(version: str) -> Finding:
    says = f"The database is PostgreSQL {version}"
    if int(version.partition(".")[0]) < OLDEST_POSTGRESQL:
        return Finding(Verdict.WRONG, f"{says}; {OLDEST_POSTGRESQL} or newer is needed.")
    return Finding(Verdict.OK, f"{says}.")


def _of_clock(connection: Connection) -> Iterable[Finding]:
    if connection.dialect.name == "sqlite":
        return
    theirs = connection.scalar(select(func.clock_timestamp()))
    if isinstance(theirs, datetime) and abs(clock.now() - theirs) > DRIFT:
        yield Finding(
            Verdict.WRONG, "This computer's clock and the database's do not agree; set them by NTP."
        )


def _of_revision(alembic: Alembic) -> Finding:
    try:
        if is_up_to_date(alembic):
            return Finding(Verdict.OK, "The database is as this version wants it.")
    except CommandError:
        return Finding(Verdict.WRONG, NEWER)
    return Finding(
        Verdict.LOOK, "The database is of another version; make a backup and run: ringlista upgrade"
    )
