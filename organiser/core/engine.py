"""How the two engines are driven: durable, foreign keys kept, readers without a lock, writers in line."""

import threading
from typing import Any
from weakref import WeakKeyDictionary

from flask_sqlalchemy.session import Session
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError, OperationalError

PATIENCE = 10.0  # seconds a writer waits for its turn before the frame tries again
PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": "full",  # an acknowledged outcome survives a power cut
    "foreign_keys": "on",
    "busy_timeout": str(int(PATIENCE * 1000)),
    "trusted_schema": "off",
}
POSTGRES_OPTIONS: dict[str, Any] = {
    "pool_pre_ping": True,
    "connect_args": {"prepare_threshold": None, "connect_timeout": 5},
}
_readers: WeakKeyDictionary[Engine, Engine] = WeakKeyDictionary()


class Work(Session):
    """A session that reads without a lock when its ``info`` says ``reading``."""

    def get_bind(self, *args: Any, **kwargs: Any) -> Engine | Connection:
        bind = super().get_bind(*args, **kwargs)
        if isinstance(bind, Engine) and self.info.get("reading"):
            return _reader_of(bind)
        return bind


def _reader_of(engine: Engine) -> Engine:
    if engine not in _readers:
        _readers[engine] = engine.execution_options(readonly=True, postgresql_readonly=True)
    return _readers[engine]


def tune_sqlite(engine: Engine) -> None:
    """Set the pragmas, and begin every transaction ourselves: the driver's own BEGIN would let a
    transaction that reads, then writes fail with a stale snapshot that no timeout heals.
    """
    turn = threading.Lock()

    @event.listens_for(engine, "connect")
    def set_pragmas(raw: Any, _record: object) -> None:
        raw.isolation_level = None
        for name, value in PRAGMAS.items():
            raw.execute(f"PRAGMA {name} = {value}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        reads = bool(connection.get_execution_options().get("readonly"))
        _only_read(connection, reads)
        if not reads:
            _take_turn(connection, turn)
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    @event.listens_for(engine, "checkin")
    def give_turn_back(_raw: object, record: Any) -> None:
        if record.info.pop("turn", None):
            turn.release()


def _only_read(connection: Connection, reads: bool) -> None:  # noqa: FBT001  # said in one place, above
    """Let the connection refuse to write, or write again. Told only where it is news: SQLite throws away
    every statement it has prepared when it hears it.
    """
    if connection.info.get("only_reads", False) is not reads:
        connection.exec_driver_sql(f"PRAGMA query_only = {int(reads)}")
        connection.info["only_reads"] = reads


def _take_turn(connection: Connection, turn: threading.Lock) -> None:
    """Stand in line before BEGIN IMMEDIATE: SQLite's busy timeout is not a queue."""
    if connection.info.get("turn"):
        return
    if not turn.acquire(timeout=PATIENCE):
        raise OperationalError("BEGIN IMMEDIATE", None, TimeoutError("database is locked by this process"))
    connection.info["turn"] = True


def state_of(connection: Connection) -> dict[str, str]:
    """What an engine says of itself: its version; of SQLite how it stores and whether the file is whole."""
    version = ".".join(map(str, connection.dialect.server_version_info or ()))
    if connection.dialect.name != "sqlite":
        return {"version": version}
    asked = ("journal_mode", "synchronous", "foreign_keys", "quick_check")
    answers = {name: str(connection.exec_driver_sql(f"PRAGMA {name}").scalar()) for name in asked}
    return {"version": version, **answers}


def may_be_said_again(error: DBAPIError) -> bool:
    """Whether the database refused only for now: a lock, a serialisation conflict, a lost connection."""
    code = str(getattr(error.orig, "sqlstate", None) or "")
    if error.connection_invalidated or code in {"40001", "40P01", "57P01", "55P03"} or code.startswith("08"):
        return True
    words = str(error.orig)
    return isinstance(error, OperationalError) and ("locked" in words or "busy" in words)
