"""What a call asks the database is found by what it is about: years of calls do not make it dearer."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from campaigns.queue.effects import Report
from campaigns.queue.outcomes import Outcome
from campaigns.queue.queue_now import queue_now, rung_today
from campaigns.queue.reporting import report_call
from campaigns.queue.taking import give_back, take_next_call
from organiser.core.database import db
from organiser.core.tenancy import inside
from organiser.web.frame import Framed
from tests.builders import NOON, Builders
from tests.campaigns.builders import make_targets
from tests.campaigns.conftest import Night

LONG = ("call", "target")
"""The tables that grow without end."""
OF_THE_TENANT = "(tenant_id=?)"
FEW = "uq_call_open"
"""An index of open calls alone: as many as there are callers."""


@contextmanager
def noted(statements: list[tuple[str, Any]]) -> Iterator[None]:
    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        statements.append((statement, values))

    event.listen(db.engine, "before_cursor_execute", note)
    yield
    event.remove(db.engine, "before_cursor_execute", note)


def test_no_question_of_a_call_goes_through_all_calls_or_all_members(
    sqlite_app: Framed, app: Framed, make: Builders, night: Night
) -> None:
    if app is not sqlite_app:
        pytest.skip("SQLite says plainly what it reads; PostgreSQL chooses by the sizes of the tables")
    make_targets(make, night.assignment, 3)
    asked: list[tuple[str, Any]] = []
    with app.app_context(), inside(night.tree.tenant_id), noted(asked):
        call = take_next_call(night.anton, night.list, NOON)
        assert call is not None
        report_call(call, Report(Outcome.NO_ANSWER), NOON)
        assert take_next_call(night.anton, night.list, NOON) is not None
        give_back(night.anton, NOON)
        queue_now(call.target.assignment, night.anton, NOON)
        rung_today(night.list, night.anton.id, NOON)
        questions = [(said, values) for said, values in asked if said.startswith(("SELECT", "DELETE"))]
        assert questions
        for said, values in questions:
            connection = db.session.connection()
            plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {said}", values)]
            assert not [step for step in plan if _goes_through_all(step)], (said, plan)


def _goes_through_all(step: str) -> bool:
    """Whether a step of SQLite's plan reads a long table from end to end, or all of a tenant's rows in it."""
    how, _, rest = step.partition(" ")
    if rest.split(" ")[0] not in LONG:
        return False
    return how == "SCAN" or (step.endswith(OF_THE_TENANT) and FEW not in step)
