"""A total changes with what happened, in the same transaction, with few statements, and keeps its past."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import event, func, select

from campaigns.totals.models import COUNTS, Standing, Total, TotalDay
from campaigns.totals.reading import Numbers, units_as_known, weekly
from campaigns.totals.services import settle
from organiser.core import clock
from organiser.core.database import db
from organiser.core.tenancy import inside
from organiser.members.models import Member
from organiser.orgs.models import Organisation
from tests.builders import NOON, Builders
from tests.campaigns.totals.acts import Register
from tests.campaigns.totals.plain import assert_all_true

TODAY = NOON.date()
BY_KEY = ("AND member_id=?)", "AND id=?)", "AND scope=?)", "AND turns_on<?)", "(rowid=?)")


@pytest.fixture
def here(make: Builders) -> Register:
    """Five members; of Ort two, one of them a minor without a number and one of whom no age is known."""
    return Register(make)


@contextmanager
def within(here: Register) -> Iterator[None]:
    with here.app.app_context(), inside(here.tenant_id), clock.at(here.at):
        yield
        db.session.rollback()


@contextmanager
def statements() -> Iterator[list[str]]:
    said: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        said.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield said
    event.remove(db.engine, "before_cursor_execute", note)


def known(here: Register, on: date) -> Numbers:
    """The first association's numbers as they were known on a day."""
    with within(here):
        root = db.session.scalars(select(Organisation).where(Organisation.id == here.root)).one()
        return next(unit.numbers for unit in units_as_known(root, on) if unit.id == here.units[0])


def test_a_report_that_is_rolled_back_was_never_counted(here: Register) -> None:
    before = known(here, TODAY)
    with within(here):
        member = db.session.scalars(select(Member).where(Member.id == here.ids[1])).one()
        member.organisation_id = here.units[0]
        db.session.flush()
        settle(db.session(), [member.id])
        assert (
            db.session.scalar(select(Total.members).where(Total.id == here.units[0])) == before["members"] + 1
        )
    assert known(here, TODAY) == before


def test_settling_again_changes_nothing(here: Register) -> None:
    here.do("report", 1, 0)

    def everything() -> list[Any]:
        columns = [getattr(Total, name) for name in ("id", "on", *COUNTS)]
        rows: list[Any] = [*db.session.execute(select(*columns).order_by(Total.id)).all()]
        return [*rows, db.session.scalar(select(func.count()).select_from(TotalDay))]

    with within(here):
        before = everything()
        settle(db.session(), here.ids)
        assert everything() == before


def test_one_report_costs_four_statements_once_the_day_has_begun(here: Register) -> None:
    here.do("report", 1, 2)
    with within(here):
        member = db.session.scalars(select(Member).where(Member.id == here.ids[1])).one()
        member.protected = True
        db.session.flush()
        with statements() as said:
            settle(db.session(), [member.id])
        changes = [one.split()[0] for one in said if not one.startswith("SELECT tenant.")]
    assert changes == ["SELECT", "SELECT", "UPDATE", "UPDATE"]


def test_the_truth_of_a_member_is_found_by_the_member(here: Register) -> None:
    """SQLite tells how it goes about it; it has been seen to go through every call ever made."""
    with within(here):
        if db.engine.dialect.name != "sqlite":
            pytest.skip("PostgreSQL weighs its ways by what the tables hold")
        asked: list[Any] = []

        def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
            asked.append((statement, values))

        event.listen(db.engine, "before_cursor_execute", note)
        settle(db.session(), here.ids[:1])
        event.remove(db.engine, "before_cursor_execute", note)
        for statement, values in asked:
            if statement.startswith("SELECT"):
                connection = db.session.connection()
                plan = [
                    row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
                ]
                steps = [step for step in plan if step.startswith(("SCAN", "SEARCH"))]
                assert steps
                assert not [step for step in steps if not step.endswith(BY_KEY)], plan


def test_what_was_known_on_a_day_stays_as_it_was(here: Register) -> None:
    here.do("report", 0, 0)
    monday = here.at
    here.do("wait", 0, 19)
    here.do("report", 4, 0)
    here.do("wait", 0, 19)
    here.do("take_back", 0, 0)
    assert known(here, TODAY - timedelta(days=1))["contacted"] == 0
    assert known(here, monday.date())["contacted"] == 1
    between = monday.date() + timedelta(days=3)
    assert known(here, between)["contacted"] == 1
    assert known(here, monday.date() + timedelta(days=6))["contacted"] == 2
    assert known(here, here.today)["contacted"] == 1
    with within(here):
        root = db.session.scalars(select(Organisation).where(Organisation.id == here.root)).one()
        past = weekly(root.path, monday.date() + timedelta(days=14), 3)
    assert [week["contacted"] for week in past] == [0, 1, 2]


def test_a_birthday_counts_from_its_day_without_anybody_doing_anything(here: Register) -> None:
    here.do("renumber", 0, 1)
    here.do("change", 0, 8)
    birthday = TODAY + timedelta(days=8)
    with within(here):
        standing = db.session.scalars(select(Standing).where(Standing.id == here.ids[0])).one()
        assert (standing.callable, standing.turns_on) == (False, birthday)
    before = known(here, birthday - timedelta(days=1))["callable"]
    assert known(here, birthday)["callable"] == before + 1
    here.at = NOON + timedelta(days=20)
    here.do("report", 3, 0)
    with within(here):
        assert db.session.scalars(select(Standing.turns_on).where(Standing.id == here.ids[0])).one() is None
        assert_all_true(here.root, here.today)
    assert known(here, birthday - timedelta(days=1))["callable"] == before
    assert known(here, birthday)["callable"] == before + 1


def test_a_clock_that_goes_back_loses_nothing(here: Register) -> None:
    here.do("report", 0, 0)
    here.at = NOON - timedelta(days=30)
    here.do("report", 4, 0)
    here.at = NOON
    assert known(here, TODAY)["contacted"] == 2


def test_a_unit_without_members_counts_nothing(here: Register, make: Builders) -> None:
    unit_id = make.unit(here.tenant_id, here.root, "Tomt")
    with within(here):
        root = db.session.scalars(select(Organisation).where(Organisation.id == here.root)).one()
        empty = next(unit for unit in units_as_known(root, TODAY) if unit.id == unit_id)
    assert not any(empty.numbers.values())
    assert empty.last_at is None
