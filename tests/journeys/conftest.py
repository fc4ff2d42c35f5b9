"""A served installation of its own and a real browser: what a person meets, nothing faked between."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from werkzeug.serving import make_server

from campaigns.app import create_app
from organiser.app import alembic
from organiser.config import Settings
from organiser.core import clock
from organiser.core.database import db
from organiser.web.frame import Framed
from tests.builders import Builders
from tests.conftest import SECRET, free_port

TUESDAY_EVENING = datetime(2026, 11, 17, 17, 0, tzinfo=UTC)  # six o'clock where the members live


@pytest.fixture
def evening(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """It is a Tuesday at six when the story begins, whenever the tests run; from then on the clock goes."""
    read, began = clock.now, clock.now()
    monkeypatch.setattr(clock, "now", lambda: TUESDAY_EVENING + (read() - began))
    return TUESDAY_EVENING


def installed(folder: Path) -> Framed:
    """An installation on this computer's own address, as ``ringlista serve`` makes it."""
    address = f"http://127.0.0.1:{free_port()}"
    app = create_app(Settings(data_dir=folder, secret_key=SECRET, public_url=address))
    with app.app_context():
        alembic.upgrade()
        db.session.remove()
    return app


@contextmanager
def served(app: Framed) -> Iterator[str]:
    """Its address, for as long as it is served."""
    address = app.config["SETTINGS"].public_url
    server = make_server("127.0.0.1", int(address.rpartition(":")[2]), app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield address
    server.shutdown()
    thread.join()
    server.server_close()
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(tmp_path: Path) -> Framed:
    return installed(tmp_path)


@pytest.fixture
def site(app: Framed) -> Iterator[str]:
    with served(app) as address:
        yield address


@pytest.fixture
def make(app: Framed) -> Builders:
    return Builders(app)
