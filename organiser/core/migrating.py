"""Change the tables of a database that is in use, and lose no row on the way."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask_alembic import Alembic
from sqlalchemy import Connection


class Migrating(Alembic):
    """Alembic for both engines: on SQLite, which makes a table anew to change it, without following its
    foreign keys meanwhile. The old table goes with all its rows, and would take along what belongs to them.
    """

    def run_migrations(self, fn: Any, **kwargs: Any) -> None:
        """All or nothing; keys are followed again afterwards."""
        with _keys_not_followed(self.migration_context.connection):
            super().run_migrations(fn, **kwargs)


@contextmanager
def _keys_not_followed(connection: Connection | None) -> Iterator[None]:
    """SQLite hears of it only outside a transaction; what was read before is over."""
    if connection is None or connection.dialect.name != "sqlite":
        yield
        return
    connection.rollback()
    raw: Any = connection.connection.driver_connection
    raw.execute("PRAGMA foreign_keys = off")
    try:
        yield
    finally:
        connection.rollback()
        raw.execute("PRAGMA foreign_keys = on")
