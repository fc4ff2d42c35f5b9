"""A served installation of its own and a real browser: what a person meets, nothing faked between."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from werkzeug.serving import make_server

from campaigns.app import create_app
from organiser.app import alembic
from organiser.config import Settings
from organiser.core.database import db
from organiser.web.frame import Framed
from tests.builders import Builders
from tests.chromium import chromium
from tests.conftest import SECRET, free_port

pytestmark = pytest.mark.browser


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def app(tmp_path: Path) -> Framed:
    """An installation on this computer's own address, as ``ringlista serve`` makes it."""
    address = f"http://127.0.0.1:{free_port()}"
    app = create_app(Settings(data_dir=tmp_path, secret_key=SECRET, public_url=address))
    with app.app_context():
        alembic.upgrade()
        db.session.remove()
    return app


@pytest.fixture
def site(app: Framed) -> Iterator[str]:
    """Its address, while it is served."""
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
def make(app: Framed) -> Builders:
    return Builders(app)
