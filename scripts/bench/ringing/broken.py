"""The queue's promises broken on purpose, in the bench's own server and database: so that the check can fail.

No switch of the product: what it relies on is taken away from under it. Rows are read without a lock, SQLite
gets no transactions, and the indexes that allow one open call a member, a number and a caller are gone.
"""

from typing import Any

from sqlalchemy import Engine, event, text
from sqlalchemy.orm import Query
from sqlalchemy.sql import Select


def break_locking() -> None:
    """In this process, before the application is made."""
    from organiser import app
    from organiser.core.engine import PRAGMAS

    def only_pragmas(engine: Engine) -> None:
        @event.listens_for(engine, "connect")
        def set_pragmas(raw: Any, _record: object) -> None:
            raw.isolation_level = None
            for name, value in PRAGMAS.items():
                raw.execute(f"PRAGMA {name} = {value}")

    def no_lock(select: Any, **_how: object) -> Any:
        return select

    for whose, name, broken in (
        (app, "tune_sqlite", only_pragmas),
        (Select, "with_for_update", no_lock),
        (Query, "with_for_update", no_lock),
    ):
        setattr(whose, name, broken)


def drop_promises(engine: Engine) -> list[str]:
    """Take the unique indexes on leases out of the bench's database; gives what was dropped."""
    dropped = []
    with engine.begin() as connection:
        for name in connection.scalars(text(_UNIQUE[engine.dialect.name])).all():
            connection.execute(text(f'DROP INDEX "{name}"'))
            dropped.append(name)
        if connection.scalar(text(_HAS_NUMBERS[engine.dialect.name])):
            connection.execute(text("ALTER TABLE held_number RENAME TO held_number_kept"))
            connection.execute(text("CREATE TABLE held_number AS SELECT * FROM held_number_kept"))
            dropped.append("held_number")
    return dropped


_UNIQUE = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = 'call'"
    " AND sql LIKE 'CREATE UNIQUE INDEX%WHERE%'",
    "postgresql": "SELECT indexname FROM pg_indexes WHERE tablename = 'call'"
    " AND indexdef LIKE 'CREATE UNIQUE INDEX%WHERE%'",
}
_HAS_NUMBERS = {
    "sqlite": "SELECT count(*) FROM sqlite_master WHERE name = 'held_number'",
    "postgresql": "SELECT count(*) FROM pg_tables WHERE tablename = 'held_number'",
}
