"""What a caller does on the page of a call, and how to look at what it left."""

import re
from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import event
from werkzeug.test import TestResponse

from organiser.accounts.models import Account
from organiser.core.database import db
from organiser.core.ids import uuid7
from tests.builders import Builders
from tests.campaigns.conftest import Night
from tests.page import fields, get, post

SCRIPT = {"HX-Request": "true"}
"""What a script says of itself when it asks."""


def another(make: Builders, night: Night, account: Account) -> FlaskClient:
    """Somebody else's browser, signed in."""
    browser = make.app.test_client()
    return make.sign_in(browser, account, night.tree.tenant_id)


def begin(phone: FlaskClient, night: Night) -> str:
    """Press "Show the next person"; gives the address of the call."""
    url = f"/calls/lists/{night.assignment.id}/next"
    return str(post(phone, url, {"key": str(uuid7())}).location)


def tell(phone: FlaskClient, url: str, answer: str, status: int = 303, **more: Any) -> TestResponse:
    """Press an answer on the call's page."""
    page = get(phone, url)
    report = f"{url.partition('?')[0]}/report"
    return post(phone, report, {"key": fields(page)["key"], "outcome": answer, **more}, status=status)


def offered(page: TestResponse, outcome: str) -> str:
    """The first time offered for ringing back."""
    found = re.search(f'value="({outcome}@[^"]+)"', page.text)
    assert found is not None
    return found[1]


def stored(make: Builders, night: Night, statement: Any) -> list[Any]:
    """What a question to the database gives."""
    with make.storing(night.tree.tenant_id):
        return list(db.session.scalars(statement).unique())


def questions(make: Builders, deed: Callable[[], object]) -> int:
    """How often a deed asks the database."""
    asked: list[str] = []
    with make.app.app_context():
        engine = db.engine

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        deed()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return sum(statement.startswith("SELECT") for statement in asked)
