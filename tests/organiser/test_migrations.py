"""The migrations make exactly what the models say, on both engines, and lose nothing on the way."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Column, Connection, MetaData, Table, inspect, make_url, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from campaigns.app import create_app
from campaigns.queue.count_models import ListCount
from campaigns.queue.recounting import list_differences
from organiser.app import alembic
from organiser.audit.models import AccessEntry, ChangeEntry, Deed, Why
from organiser.config import Settings
from organiser.core import clock
from organiser.core.bulk import add_rows
from organiser.core.database import db
from organiser.core.ids import uuid7
from organiser.core.tenancy import inside
from organiser.web.command import bring_up_to_date
from organiser.web.frame import Framed
from tests.builders import Tree
from tests.conftest import SECRET

FIRST = "0001"
LOGS = {"access_entry": "why", "change_entry": "subject"}
MOMENT = datetime(2024, 3, 1, 11, tzinfo=UTC)
VALUES: dict[type, Any] = {
    int: 1,
    bool: True,
    bytes: b"\x00\xff",
    datetime: MOMENT,
    date: MOMENT.date(),
    dict: {"å": "ö"},
}


def test_models_and_migrations_say_the_same(app: Framed) -> None:
    with app.app_context():
        assert alembic.compare_metadata() == []


def test_every_index_and_constraint_has_the_name_the_models_give_it(app: Framed) -> None:
    with app.app_context():
        made = inspect(db.engine)
        for table in db.metadata.sorted_tables:
            indexes = {index["name"] for index in made.get_indexes(table.name) if index["name"]}
            assert {index.name for index in table.indexes} <= indexes, table.name
            uniques = {unique["name"] for unique in made.get_unique_constraints(table.name)}
            named = {one.name for one in table.constraints if one.__visit_name__ == "unique_constraint"}
            assert named == uniques, table.name


def test_what_holds_only_for_some_rows_is_kept_by_the_database(app: Framed) -> None:
    with app.app_context():
        made = inspect(db.engine)
        engine = db.engine.dialect.name
        for table in db.metadata.sorted_tables:
            conditions = {index["name"]: index["dialect_options"] for index in made.get_indexes(table.name)}
            for index in table.indexes:
                wanted = index.dialect_options[engine]["where"]
                found = conditions[index.name].get(f"{engine}_where")
                assert (wanted is None) == (found is None), index.name


@pytest.fixture
def empty(app: Framed, tmp_path: Path) -> Iterator[Framed]:
    """An application before an empty database of the same engine."""
    if app.config["SETTINGS"].database_url is None:
        yield create_app(Settings(data_dir=tmp_path, secret_key=SECRET))
        return
    name = f"migrated_{uuid4().hex[:12]}"
    _administer(app, f"CREATE DATABASE {name}")
    url = make_url(app.config["SETTINGS"].store).set(database=name).render_as_string(hide_password=False)
    ours = create_app(Settings(data_dir=tmp_path, database_url=url, secret_key=SECRET))
    yield ours
    with ours.app_context():
        db.engine.dispose()
    _administer(app, f"DROP DATABASE {name} WITH (FORCE)")


def _administer(app: Framed, statement: str) -> None:
    with app.app_context(), db.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text(statement))


def test_an_upgrade_from_the_first_version_keeps_every_row(empty: Framed) -> None:
    with empty.app_context():
        alembic.upgrade(FIRST)
    with empty.app_context():
        before = fill(MetaData())
    bring_up_to_date(empty)
    with empty.app_context():
        after = everything(MetaData(), before)
        assert {script.revision for script in alembic.current()} == {
            script.revision for script in alembic.heads()
        }
        assert alembic.compare_metadata() == []
    assert len(before) > 10
    assert after == before


def fill(made: MetaData) -> dict[str, dict[str, Any]]:
    """One row in every table there is, with something in every column that need not point at itself."""
    rows: dict[str, dict[str, Any]] = {}
    with db.engine.begin() as connection:
        made.reflect(connection)
        for table in made.sorted_tables:
            if table.name != "alembic_version":
                rows[table.name] = {column.name: value(column, rows) for column in table.columns}
                connection.execute(table.insert().values(rows[table.name]))
        return {name: stored(connection, made.tables[name]) for name in rows}


@pytest.mark.parametrize("revision", ["0003", "0005", "0006", "0007"])
def test_an_upgrade_of_a_database_in_use_loses_no_row(empty: Framed, revision: str) -> None:
    with empty.app_context():
        alembic.upgrade(revision)
    with empty.app_context():
        before = fill(MetaData())
    bring_up_to_date(empty)
    with empty.app_context(), db.engine.connect() as connection:
        for name in before:
            assert connection.scalar(text(f'SELECT count(*) FROM "{name}"')) > 0, name  # noqa: S608  # our own
        if connection.dialect.name == "sqlite":
            assert connection.execute(text("PRAGMA foreign_key_check")).all() == []


def test_keys_are_followed_again_after_an_upgrade(empty: Framed) -> None:
    of_no_list = {"id": UUID(int=0).hex}
    with empty.app_context():
        alembic.upgrade()
        connection = alembic.migration_context.connection
        assert connection is not None
        with pytest.raises(IntegrityError):
            connection.execute(text("INSERT INTO list_count VALUES (1, :id, 0, 0)"), of_no_list)
        connection.rollback()


def test_an_upgrade_counts_who_stands_on_the_call_lists(empty: Framed) -> None:
    with empty.app_context():
        alembic.upgrade("0003")
    with empty.app_context():
        made = MetaData()
        rows = fill(made)
        with db.engine.begin() as connection:
            connection.execute(made.tables["target"].update().values(state="flagged"))
            for state in ("queued", "done", "queued", "outside"):
                stand(connection, made, rows, state)
    bring_up_to_date(empty)
    with empty.app_context(), inside(rows["tenant"]["id"]):
        (kept,) = db.session.execute(select(ListCount.id, ListCount.on_list, ListCount.left))
        assert kept.id.hex == str(rows["call_assignment"]["id"]).replace("-", "")
        assert (kept.on_list, kept.left) == (4, 2)
        assert list_differences() == []


def stand(connection: Connection, made: MetaData, rows: dict[str, dict[str, Any]], state: str) -> None:
    """One member more on the list there is."""
    member = {"id": value_of_type(made.tables["member"].c.id), "number": uuid7().hex}
    connection.execute(made.tables["member"].insert().values({**rows["member"], **member}))
    place = {"id": value_of_type(made.tables["target"].c.id), "member_id": member["id"], "state": state}
    connection.execute(made.tables["target"].insert().values({**rows["target"], **place}))


def value(column: Column[Any], rows: dict[str, dict[str, Any]]) -> Any:
    for key in column.foreign_keys:
        if key.column.table is column.table:
            return None if column.nullable else value_of_type(column)
        return rows[key.column.table.name][key.column.name]
    return value_of_type(column)


def value_of_type(column: Column[Any]) -> Any:
    if column.name == "time_zone":
        return "Europe/Stockholm"
    kind = column.type.python_type
    if kind is UUID:
        return uuid7()
    if kind is str and getattr(column.type, "length", None) == len(uuid4().hex):
        return uuid7().hex
    return VALUES.get(kind, f"{column.table.name} {column.name} åäö")


def stored(connection: Any, table: Table) -> dict[str, Any]:
    return dict(connection.execute(select(table)).one()._mapping)


def everything(made: MetaData, before: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The same columns of the same tables as ``before``."""
    with db.engine.connect() as connection:
        made.reflect(connection)
        return {
            name: {key: found for key, found in stored(connection, made.tables[name]).items() if key in row}
            for name, row in before.items()
        }


def test_an_upgrade_that_breaks_leaves_the_database_as_it_was(
    empty: Framed, monkeypatch: pytest.MonkeyPatch
) -> None:
    with empty.app_context():
        alembic.upgrade(FIRST)
    with empty.app_context():
        tables = set(inspect(db.engine).get_table_names())
        last = alembic.script_directory.get_revision(alembic.heads()[0].revision)
        works = last.module.upgrade

        def breaks() -> None:
            works()
            raise RuntimeError("the power went")

        monkeypatch.setattr(last.module, "upgrade", breaks)
        with pytest.raises(RuntimeError, match="the power went"):
            alembic.upgrade()
    with empty.app_context():
        assert set(inspect(db.engine).get_table_names()) == tables
        assert [script.revision for script in alembic.current()] == [FIRST]
    monkeypatch.undo()
    bring_up_to_date(empty)


@pytest.mark.parametrize("log", LOGS)
@pytest.mark.parametrize("deed", ["UPDATE {log} SET {column} = 'wiped'", "DELETE FROM {log}"])
def test_the_database_itself_keeps_the_logs(app: Framed, tree: Tree, log: str, deed: str) -> None:
    with app.app_context(), inside(tree.tenant_id):
        shared = {"at": clock.now(), "request_id": "", "actor_id": None}
        add_rows(db.session(), AccessEntry, [{**shared, "member_id": uuid7(), "why": Why.PAGE}])
        change = {"deed": Deed.CREATED, "subject": "member", "subject_id": uuid7(), "changes": {}}
        add_rows(db.session(), ChangeEntry, [{**shared, **change}])
        db.session.commit()
        with pytest.raises(DBAPIError, match=f"{log} is appended to only"):
            db.session.execute(text(deed.format(log=log, column=LOGS[log])))
        db.session.rollback()
        assert db.session.scalar(text(f"SELECT count(*) FROM {log} WHERE {LOGS[log]} <> 'wiped'")) > 0  # noqa: S608  # two known names
