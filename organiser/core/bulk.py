"""Many rows at once: the one module that may go round the ORM, and it always names the tenant."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, update
from sqlalchemy.orm import Session

from organiser.core.ids import uuid7
from organiser.core.tenancy import Tenanted, here


def add_rows(session: Session, model: type[Tenanted], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert ``rows`` (column to value; all with the same columns) into our tenant; ids made where absent.

    Eleven times as fast as objects; nothing is loaded. Sees and takes part in the session's transaction.
    """
    if not rows:
        return
    tenant_id = here()
    table: Any = model.__table__
    values = [{"id": uuid7(), **row, "tenant_id": tenant_id} for row in rows]
    session.connection().execute(insert(table), values)


def change_rows(session: Session, model: type[Tenanted], rows: Sequence[Mapping[str, Any]]) -> None:
    """Set columns of rows of our tenant, named by ``id``; all rows must set the same columns.

    Where rows are counted by ``version`` it goes up by one, so that nobody saves over it unawares.
    """
    if not rows:
        return
    table: Any = model.__table__
    columns = [name for name in rows[0] if name != "id"]
    new: dict[str, Any] = {name: bindparam(f"to_{name}") for name in columns}
    if "version" in table.c:
        new.setdefault("version", table.c.version + 1)
    mine = table.c.tenant_id == here()
    statement = update(table).where(mine, table.c.id == bindparam("row_id")).values(new)
    values = [{"row_id": row["id"], **{f"to_{name}": row[name] for name in columns}} for row in rows]
    session.connection().execute(statement, values)


def remove_rows(session: Session, model: type[Tenanted], ids: Sequence[UUID]) -> None:
    """Delete rows of our tenant, named by id."""
    if not ids:
        return
    table: Any = model.__table__
    statement = delete(table).where(table.c.tenant_id == here(), table.c.id == bindparam("row_id"))
    session.connection().execute(statement, [{"row_id": row_id} for row_id in ids])
