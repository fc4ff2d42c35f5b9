"""A database of the bench's own: a file in a fresh folder, or one on a server, gone afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

from sqlalchemy import create_engine, make_url, text


@contextmanager
def a_database(server: str | None) -> Iterator[str | None]:
    """A new database on the PostgreSQL ``server``; none: SQLite, in the data directory."""
    if server is None:
        yield None
        return
    name = f"ringlista_bench_{uuid4().hex[:12]}"
    address = make_url(server).set(drivername="postgresql+psycopg")
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    try:
        yield address.set(database=name).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        engine.dispose()
