"""Two engines, one application each, an empty register for every test."""

import os
import shutil
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient
from playwright.sync_api import Browser
from sqlalchemy import create_engine, make_url, text

from campaigns.app import create_app
from campaigns.cli import cli
from organiser.app import alembic
from organiser.config import Settings
from organiser.core.database import db
from organiser.core.tenancy import inside
from organiser.web.frame import Framed
from tests.builders import Builders, Tree
from tests.chromium import chromium

SECRET = "a-long-invented-secret-for-tests-0123456789"
POSTGRES = "RINGLISTA_TEST_POSTGRES_URL"


def free_port() -> int:
    """A port of this machine that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _settings(folder: Path, url: str | None) -> Settings:
    return Settings(
        data_dir=folder, database_url=url, secret_key=SECRET, public_url="https://ringlista.example.org"
    )


@pytest.fixture(autouse=True)
def nowhere() -> Iterator[None]:
    """Each test begins in no tenant, wherever the one before it was left standing."""
    with inside(None):
        yield


@pytest.fixture(scope="session")
def sqlite_app(tmp_path_factory: pytest.TempPathFactory) -> Framed:
    """Migrated once; each test gets a fresh copy of the file."""
    folder = tmp_path_factory.mktemp("sqlite")
    app = create_app(_settings(folder, None))
    with app.app_context():
        alembic.upgrade()
        db.session.remove()
        db.engine.dispose()
    shutil.copy(folder / "ringlista.db", folder / "empty.db")
    return app


@pytest.fixture(scope="session")
def postgresql_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Framed]:
    """A database of this worker's own, migrated once and emptied for each test."""
    server = os.environ.get(POSTGRES)
    if not server:
        pytest.fail(f"{POSTGRES} is not set: run scripts/test, which starts a PostgreSQL of its own")
    name = f"ringlista_{uuid4().hex[:12]}"
    url = make_url(server).set(database=name)
    _administer(server, f"CREATE DATABASE {name}")
    app = create_app(
        _settings(tmp_path_factory.mktemp("postgresql"), url.render_as_string(hide_password=False))
    )
    with app.app_context():
        alembic.upgrade()
        db.session.remove()
    yield app
    with app.app_context():
        db.engine.dispose()
    _administer(server, f"DROP DATABASE {name} WITH (FORCE)")


def _administer(server: str, statement: str) -> None:
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def app(request: pytest.FixtureRequest) -> Framed:
    """The application on one engine after the other, with nothing in it."""
    app: Framed = request.getfixturevalue(f"{request.param}_app")
    with app.app_context():
        if request.param == "sqlite":
            _fresh_file(Path(app.config["SETTINGS"].data_dir))
        else:
            _empty_tables()
    return app


def _fresh_file(folder: Path) -> None:
    db.engine.dispose()
    for leftover in folder.glob("ringlista.db*"):
        leftover.unlink()
    shutil.copy(folder / "empty.db", folder / "ringlista.db")


def _empty_tables() -> None:
    """Twenty times as fast as TRUNCATE, past the triggers that keep the logs; ids count from 1 again."""
    deletes = "; ".join(f'DELETE FROM "{table.name}"' for table in db.metadata.sorted_tables)  # noqa: S608  # our own
    counters = "SELECT setval(oid, 1, false) FROM pg_class WHERE relkind = 'S'"
    with db.engine.begin() as connection:
        connection.exec_driver_sql(f"SET LOCAL session_replication_role = replica; {deletes}; {counters}")


@pytest.fixture
def client(app: Framed) -> FlaskClient:
    """A browser nobody has signed in; it speaks to us over TLS."""
    app.test_client_class = SecureClient
    return app.test_client()


class SecureClient(FlaskClient):
    """Asks over https, as the cookies demand."""

    def open(self, *args: object, **kwargs: object):  # type: ignore[no-untyped-def]  # noqa: ANN201  # werkzeug's own overloads
        kwargs.setdefault("base_url", "https://ringlista.example.org")
        return super().open(*args, **kwargs)  # type: ignore[arg-type]


@pytest.fixture
def ringlista(app: Framed) -> Callable[..., Result]:
    """The command line: ``ringlista("org", "load", path)`` gives exit code, output and standard error."""
    return lambda *words: CliRunner().invoke(cli, [str(word) for word in words], obj=app)


@pytest.fixture
def make(app: Framed) -> Builders:
    """Builders of members, accounts and units; each stores what it makes at once."""
    return Builders(app)


@pytest.fixture
def tree(make: Builders) -> Tree:
    """A party with two districts and three associations, and a neighbour tenant with its own."""
    return make.tree()


@pytest.fixture
def within(app: Framed, tree: Tree) -> Iterator[Tree]:
    """An application context inside the party's tenant: for tests of services and queries, never of pages."""
    with app.app_context(), inside(tree.tenant_id):
        yield tree
        db.session.rollback()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium, one for all the tests of a worker: Playwright runs only once in a process."""
    with chromium() as browser:
        yield browser
