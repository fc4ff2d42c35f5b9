"""Browsers signed in as this or that, reading English, and a count of what a page asks the database."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event, select

from organiser.accounts.permissions import Role
from organiser.audit.models import AccessEntry
from organiser.core.database import db
from organiser.core.tenancy import inside
from organiser.web.frame import Framed
from tests.builders import Builders, Tree
from tests.conftest import SecureClient
from tests.page import get

Open = Callable[..., FlaskClient]
Counting = Callable[[], AbstractContextManager[list[str]]]
Sights = Callable[[], set[tuple[UUID, str]]]


@pytest.fixture
def browser(app: Framed, make: Builders, tree: Tree) -> Open:
    """``browser()`` is an organiser's of Dalarna; ``browser(Role.VIEWER, tree.falun, "Bo Ek")`` another's."""

    def open_one(role: Role = Role.ORGANISER, unit: UUID | None = None, name: str = "Kim Ek") -> FlaskClient:
        app.test_client_class = SecureClient
        account = make.account(tree.tenant_id, (role, unit or tree.district), name=name)
        client = make.sign_in(app.test_client(), account, tree.tenant_id)
        get(client, "/language/en?next=/healthz", 303)
        return client

    return open_one


@pytest.fixture
def counting(app: Framed) -> Counting:
    """The statements sent to the database while it is open."""

    @contextmanager
    def count() -> Iterator[list[str]]:
        said: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
            said.append(statement)

        with app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", note)
        try:
            yield said
        finally:
            event.remove(engine, "before_cursor_execute", note)

    return count


@pytest.fixture
def sights(app: Framed, tree: Tree) -> Sights:
    """Who was shown so far, and why."""

    def read() -> set[tuple[UUID, str]]:
        with app.app_context(), inside(tree.tenant_id):
            entries = db.session.scalars(select(AccessEntry)).all()
            return {(entry.member_id, entry.why.value) for entry in entries}

    return read
