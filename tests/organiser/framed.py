"""The application with a few pages of the test's own, on the same database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask.testing import FlaskClient
from flask.typing import ResponseReturnValue

from campaigns.app import create_app
from organiser.accounts.guard import PUBLIC, declare
from organiser.app import csrf
from organiser.core.database import db
from organiser.web.frame import Framed
from tests.conftest import SecureClient

View = Callable[[], ResponseReturnValue]


@contextmanager
def framed(app: Framed, view: View, **hooks: Callable[[Framed], None]) -> Iterator[FlaskClient]:
    """A browser before an application whose page /page, open to anyone, is ``view``."""
    ours = create_app(app.config["SETTINGS"])
    ours.add_url_rule("/page", "page", csrf.exempt(view), methods=["GET", "POST"])
    declare(ours, {"page": PUBLIC})
    for hook in hooks.values():
        hook(ours)
    ours.test_client_class = SecureClient
    try:
        yield ours.test_client()
    finally:
        with ours.app_context():
            db.engine.dispose()
