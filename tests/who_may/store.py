"""Puts a database back as it was after whatever a request has written to it."""

import re
from collections import Counter
from collections.abc import Callable, Collection
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Engine, StaticPool, Table, create_engine, event, text

from organiser.core import clock
from organiser.core.database import Moment, db

TEN_MINUTES = timedelta(minutes=10)
LOGS = frozenset({"access_entry", "change_entry"})  # the database refuses to take anything out of them
OFF = {"sqlite": "PRAGMA foreign_keys = OFF", "postgresql": "SET session_replication_role = replica"}
ONE_TABLE = re.compile(r'(?:INSERT INTO|UPDATE) "?(\w+)')
REACHES_FURTHER = re.compile(r"(?:WITH\b.*\b)?(?:INSERT|UPDATE|DELETE|COPY)\b", re.DOTALL)
"""What hangs on a row that is taken out goes with it."""
BY_CHANCE = frozenset({"token_hash", "password", "recovery_codes", "totp_candidate", "browser_hash"})
Rows = dict[str, Counter[str]]


class Kept:
    """A copy of every table beside the table itself, and which of them have been written to since."""

    def __init__(self, engine: Engine) -> None:
        self.tables: list[Table] = [one for one in db.metadata.sorted_tables if one.name not in LOGS]
        self.names = frozenset(table.name for table in self.tables)
        self.written: set[str] = set()
        self._own = create_engine(engine.url, poolclass=StaticPool)
        self._run(self.names, "CREATE TABLE kept_{0} AS SELECT * FROM {0}")
        self._known = self._values(lambda column: column.name == "id")
        self._moments = self._values(lambda column: isinstance(column.type, Moment))
        self._as_it_was = {table.name: self._rows_of(table) for table in self.tables}
        event.listen(engine, "after_cursor_execute", self._notice)

    def _notice(self, _connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        """Which table a statement writes to; all of them where it may reach further than it says."""
        if found := ONE_TABLE.match(statement):
            self.written |= {found[1]} - LOGS
        elif REACHES_FURTHER.match(statement):
            self.written |= self.names

    def put_back(self) -> None:
        """As it was, if something but a log has been written."""
        if self.written:
            self._run(self.written, "DELETE FROM {0}", "INSERT INTO {0} SELECT * FROM kept_{0}")
            self.written = set()

    def close(self) -> None:
        """Let go of the database."""
        self._own.dispose()

    def _run(self, names: Collection[str], *statements: str) -> None:
        with self._own.connect() as connection:
            connection.execute(text(OFF[self._own.dialect.name]))
            connection.commit()
            for name in sorted(names):
                for statement in statements:
                    connection.execute(text(statement.format(name)))
            connection.commit()

    def _values(self, wanted: Callable[[Column[Any]], bool]) -> set[Any]:
        """What stands in some columns of all tables."""
        with self._own.connect() as connection:
            return {
                row[column.name]
                for table in self.tables
                for row in connection.execute(table.select()).mappings()
                for column in filter(wanted, table.c)
            }

    def rows(self) -> Rows:
        """Every row of every table but the logs, told so that two runs of one story tell the same: new ids,
        moments that were not there before and what is made by chance have no value of their own.
        """
        return {
            table.name: self._rows_of(table) if table.name in self.written else self._as_it_was[table.name]
            for table in self.tables
            if table.name != "throttle"
        }

    def _rows_of(self, table: Table) -> Counter[str]:
        with self._own.connect() as connection:
            return Counter(
                repr({name: self._told(name, value) for name, value in row.items()})
                for row in connection.execute(table.select()).mappings()
            )

    def _told(self, name: str, value: Any) -> Any:
        if isinstance(value, UUID):
            return str(value) if value in self._known else "new"
        if isinstance(value, datetime) and value not in self._moments:
            return f"{round((value - clock.now()) / TEN_MINUTES)} times ten minutes from now"
        if name == "path":
            return "/".join(part for part in value.split("/") if part and UUID(part) in self._known)
        if isinstance(value, dict):
            return {key: self._told(key, _meant(one)) for key, one in value.items()}
        if isinstance(value, list):
            return [self._told(name, _meant(one)) for one in value]
        return "by chance" if name in BY_CHANCE and value else value


def _meant(value: Any) -> Any:
    """An id or a moment that JSON holds as text, as itself."""
    for read in (UUID, datetime.fromisoformat):
        with suppress(TypeError, ValueError, AttributeError):
            found = read(value)
            return value if isinstance(found, datetime) and found.tzinfo is None else found
    return value
