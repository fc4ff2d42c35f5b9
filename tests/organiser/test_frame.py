"""One writing request is one transaction: whole or not at all, said again when the database was busy."""

import sqlite3

import pytest
from flask import abort, session
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from organiser.accounts.models import Throttle
from organiser.core import clock
from organiser.core.database import db
from organiser.core.tenancy import OutsideTenant, enter, here
from organiser.web.frame import ATTEMPTS, Framed, after_commit, before_leaving, in_one_transaction
from tests.organiser.framed import framed


def busy() -> OperationalError:
    return OperationalError("BEGIN IMMEDIATE", None, sqlite3.OperationalError("database is locked"))


def store(key: str) -> None:
    db.session.add(Throttle(key=key, window_ends_at=clock.now()))
    db.session.flush()


def stored(app: Framed) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count(Throttle.key))) or 0


@pytest.fixture(autouse=True)
def _in_no_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda _seconds: None)


def test_what_a_busy_database_refused_is_stored_once(app: Framed) -> None:
    tries: list[int] = []

    def write() -> str:
        store(f"try {len(tries)}")
        tries.append(1)
        if len(tries) < 3:
            raise busy()
        return "stored"

    with framed(app, write) as browser:
        assert browser.post("/page").text == "stored"
    assert (len(tries), stored(app)) == (3, 1)


def test_a_database_that_stays_busy_is_told_and_nothing_is_stored(app: Framed) -> None:
    tries: list[int] = []

    def write() -> str:
        tries.append(1)
        store("again and again")
        raise busy()

    with framed(app, write) as browser:
        assert browser.post("/page").status_code == 503
    assert (len(tries), stored(app)) == (ATTEMPTS, 0)


@pytest.mark.parametrize("fault", [ValueError, OutsideTenant, KeyError])
def test_a_fault_in_the_middle_takes_everything_back(app: Framed, fault: type[Exception]) -> None:
    tries: list[int] = []

    def write() -> str:
        tries.append(1)
        store("half")
        raise fault

    with framed(app, write) as browser:
        assert browser.post("/page").status_code == 500
    assert (len(tries), stored(app)) == (1, 0)


def test_a_refusal_in_the_middle_takes_everything_back(app: Framed) -> None:
    def write() -> str:
        store("half")
        abort(409)

    with framed(app, write) as browser:
        assert browser.post("/page").status_code == 409
    assert stored(app) == 0


def test_each_attempt_begins_with_the_cookie_the_browser_sent(app: Framed) -> None:
    tries: list[int] = []

    def write() -> str:
        tries.append(1)
        session["visits"] = session.get("visits", 0) + 1
        if len(tries) in {2, 3}:
            session["left_over"] = True
            raise busy()
        return f"{session['visits']} {session.get('left_over')}"

    with framed(app, write) as browser:
        assert browser.post("/page").text == "1 None"
        assert browser.post("/page").text == "2 None"
    assert len(tries) == 4


def test_mail_goes_out_once_and_only_when_all_is_stored(app: Framed) -> None:
    sent: list[int] = []
    tries: list[int] = []

    def write() -> str:
        tries.append(1)
        store("a letter")
        after_commit(lambda: sent.append(stored(app)))
        if len(tries) == 1:
            raise busy()
        assert sent == []
        return "sent"

    with framed(app, write) as browser:
        assert browser.post("/page").text == "sent"
    assert sent == [1]


def test_no_mail_goes_out_for_what_was_not_stored(app: Framed) -> None:
    sent: list[str] = []

    def write() -> str:
        after_commit(lambda: sent.append("a letter"))
        abort(422)

    with framed(app, write) as browser:
        browser.post("/page")
    assert sent == []


def test_outside_a_request_what_waits_for_the_commit_is_done_at_once(app: Framed) -> None:
    done: list[str] = []
    with app.app_context():
        after_commit(lambda: done.append("said"))
    assert done == ["said"]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_page_whose_sights_cannot_be_stored_is_not_shown(app: Framed, method: str) -> None:
    def refuse() -> None:
        raise busy()

    def install(ours: Framed) -> None:
        before_leaving(ours, refuse)

    with framed(app, lambda: "Åsa Öberg", install=install) as browser:
        answer = browser.open("/page", method=method)
    assert (answer.status_code, "Åsa" in answer.text) == (503, False)


def test_no_request_inherits_the_tenant_of_the_one_before(app: Framed) -> None:
    def come_in() -> str:
        try:
            return f"still in {here()}"
        except OutsideTenant:
            enter(7)
            return "nowhere"

    with framed(app, come_in) as browser:
        assert [browser.get("/page").text for _ in range(2)] == ["nowhere"] * 2
        assert browser.post("/page").text == "nowhere"


def test_a_command_is_one_transaction_too(app: Framed) -> None:
    tries: list[int] = []

    def work() -> str:
        tries.append(1)
        store(f"try {len(tries)}")
        if len(tries) == 1:
            raise busy()
        return "done"

    with app.app_context():
        assert in_one_transaction(work) == "done"
    assert stored(app) == 1
