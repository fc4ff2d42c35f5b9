"""When something is refused or breaks, a person reads calm words, and no log learns a name."""

import sqlite3

import pytest
from flask import abort
from flask.testing import FlaskClient
from sqlalchemy import event, select
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError

from organiser.accounts.guard import SIGNED_IN, declare
from organiser.accounts.permissions import Role
from organiser.core.database import db
from organiser.orgs.models import Organisation
from organiser.web.errors import WORDS
from organiser.web.frame import Framed
from tests.builders import Builders, Tree
from tests.organiser.framed import framed
from tests.page import faults_of, get, words


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 409, 410, 413, 429, 503])
def test_each_refusal_has_its_own_words(app: Framed, status: int) -> None:
    def refuse() -> str:
        abort(status)

    with framed(app, refuse) as browser:
        answer = browser.get("/page?lang=en")
    assert answer.status_code == status
    assert faults_of(answer.text) == []
    assert str(WORDS[status].title) != str(WORDS[500].title)


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (StaleDataError(), 409),
        (OperationalError("", None, sqlite3.OperationalError("database is locked")), 503),
        (IntegrityError("", None, sqlite3.IntegrityError("UNIQUE")), 500),
        (ValueError("Åsa Öberg, 070-174 06 05"), 500),
    ],
)
def test_what_breaks_is_told_calmly_and_without_its_words(
    app: Framed,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    status: int,
) -> None:
    monkeypatch.setattr("time.sleep", lambda _seconds: None)

    def broken() -> str:
        raise error

    with framed(app, broken) as browser:
        for answer in (browser.get("/page"), browser.post("/page")):
            assert answer.status_code == status
            assert faults_of(answer.text) == []
            assert "Öberg" not in answer.text
    assert "Öberg" not in caplog.text
    assert (type(error).__name__ in caplog.text) == (status == 500)


@pytest.mark.parametrize("fails_in", ["view", "flush", "commit"])
def test_the_page_after_a_failure_asks_the_database_nothing(
    app: Framed, make: Builders, tree: Tree, monkeypatch: pytest.MonkeyPatch, fails_in: str
) -> None:
    monkeypatch.setattr("time.sleep", lambda _seconds: None)
    asked: list[str] = []

    def fail(*_arguments: object) -> None:
        asked.clear()
        raise OperationalError("", None, sqlite3.OperationalError("database is locked"))

    def write() -> str:
        db.session.scalars(select(Organisation)).first().name = "Ny"  # type: ignore[union-attr]
        if fails_in == "view":
            fail()
        event.listen(db.session(), f"before_{fails_in}", lambda *_: fail(), once=True)
        return "written"

    def install(ours: Framed) -> None:
        declare(ours, {"page": SIGNED_IN})

        @ours.before_request
        def listen() -> None:
            if not event.contains(db.engine, "before_cursor_execute", note):
                event.listen(db.engine, "before_cursor_execute", note)

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    account = make.account(tree.tenant_id, (Role.ADMINISTRATOR, tree.root), language="en")
    with framed(app, write, install=install) as browser:
        make.sign_in(browser, account, tree.tenant_id)
        answer = browser.post("/page")
    assert (answer.status_code, "Too much at once" in answer.text) == (503, True)
    assert asked == []


def test_nothing_is_there_where_nothing_is(client: FlaskClient) -> None:
    assert words(get(client, "/nowhere-at-all", status=404))
