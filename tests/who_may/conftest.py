"""One world on each engine, built once and put back after every question."""

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url, text

from campaigns.app import create_app
from organiser.app import alembic
from organiser.config import Settings
from organiser.core.database import db
from organiser.web.frame import Framed
from tests.conftest import POSTGRES, SECRET
from tests.who_may.forms import Form, every_form
from tests.who_may.places import Place
from tests.who_may.table import Who
from tests.who_may.world import HOST, World, build_world


def _migrated(folder: Path, url: str | None) -> Framed:
    app = create_app(
        Settings(data_dir=folder, database_url=url, secret_key=SECRET, public_url=HOST, max_upload_mb=1)
    )
    with app.app_context():
        alembic.upgrade()
        db.session.remove()
    return app


@pytest.fixture(scope="session")
def sqlite_world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    app = _migrated(tmp_path_factory.mktemp("world"), None)
    world = build_world(app)
    yield world
    world.kept.close()
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def postgresql_world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    server = os.environ.get(POSTGRES)
    if not server:
        pytest.fail(f"{POSTGRES} is not set: run scripts/test, which starts a PostgreSQL of its own")
    name = f"world_{uuid4().hex[:12]}"
    _administer(server, f"CREATE DATABASE {name}")
    url = make_url(server).set(database=name).render_as_string(hide_password=False)
    app = _migrated(tmp_path_factory.mktemp("world"), url)
    world = build_world(app)
    yield world
    world.kept.close()
    with app.app_context():
        db.engine.dispose()
    _administer(server, f"DROP DATABASE {name} WITH (FORCE)")


def _administer(server: str, statement: str) -> None:
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


@pytest.fixture(scope="session")
def forms(sqlite_world: World) -> dict[str, Form]:
    """A form for each row that writes, as an administrator meets it."""
    return every_form(sqlite_world, Who.ADMINISTRATOR, (Place.OWN, Place.CHILD))


@pytest.fixture(params=["sqlite", "postgresql"])
def world(request: pytest.FixtureRequest) -> World:
    """On one engine after the other."""
    found: World = request.getfixturevalue(f"{request.param}_world")
    return found
