"""Write the logs: sights as a page is made, stored before it leaves; changes as they are flushed."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

from flask import Flask, g, has_app_context
from sqlalchemy import event, inspect, orm

from organiser.audit.acting import acting
from organiser.audit.models import AccessEntry, ChangeEntry, Deed, Why
from organiser.core import clock
from organiser.core.bulk import add_rows
from organiser.core.database import db
from organiser.core.ids import uuid7
from organiser.core.tenancy import Tenanted
from organiser.web.frame import before_leaving

UNTOLD = (AccessEntry, ChangeEntry)
SECRET = frozenset({"password", "tf_totp_secret", "token_hash", "content"})


def saw(member_ids: Iterable[UUID], why: Why) -> None:
    """Note that the page being made shows these members; stored before the answer leaves."""
    seen: set[tuple[UUID, Why]] = g.setdefault("seen", set())
    seen.update((member_id, why) for member_id in member_ids)


def init_app(app: Flask) -> None:
    """Hold every answer back until its sights are stored."""
    before_leaving(app, _store_sights)


def _store_sights() -> None:
    """In a short transaction of its own; if it fails, the page is not shown."""
    seen: set[tuple[UUID, Why]] = g.pop("seen", set())
    if not seen:
        return
    who, at = acting(), clock.now()
    with orm.Session(db.engine) as session, session.begin():
        add_rows(
            session,
            AccessEntry,
            [
                {
                    "at": at,
                    "actor_id": who.account_id,
                    "member_id": member_id,
                    "why": why,
                    "request_id": who.request_id,
                }
                for member_id, why in sorted(seen)
            ],
        )


@event.listens_for(orm.Session, "after_flush")
def note_changes(session: orm.Session, _context: object) -> None:
    """Every row of a tenant that is added, changed or removed through the ORM leaves an entry."""
    if not has_app_context():
        return
    entries = [
        entry
        for rows, deed in (
            (session.new, Deed.CREATED),
            (session.dirty, Deed.CHANGED),
            (session.deleted, Deed.REMOVED),
        )
        for row in rows
        if isinstance(row, Tenanted) and not isinstance(row, UNTOLD)
        for entry in _entry(row, deed)
    ]
    add_rows(session, ChangeEntry, entries)


def record(subject: str, subject_id: UUID, deed: Deed, changes: dict[str, Any]) -> None:
    """Note a change the ORM did not see: one written in bulk, or one above the tenants (a role granted)."""
    add_rows(db.session(), ChangeEntry, [_row(subject, subject_id, deed, changes)])


def _entry(row: Tenanted, deed: Deed) -> list[dict[str, Any]]:
    changes = _changes(row, deed)
    if deed is Deed.CHANGED and not changes:
        return []
    return [_row(row.__tablename__, row.id, deed, changes)]


def _row(subject: str, subject_id: UUID, deed: Deed, changes: dict[str, Any]) -> dict[str, Any]:
    who = acting()
    return {
        "id": uuid7(),
        "at": clock.now(),
        "actor_id": who.account_id,
        "deed": deed,
        "subject": subject,
        "subject_id": subject_id,
        "changes": changes,
        "request_id": who.request_id,
    }


def _changes(row: Tenanted, deed: Deed) -> dict[str, Any]:
    """Column name to [old, new]; secrets only say that they changed."""
    state = inspect(row)
    told: dict[str, Any] = {}
    for column in state.mapper.column_attrs:
        past = state.attrs[column.key].load_history() if deed is Deed.CHANGED else None
        if deed is Deed.CHANGED and past is not None and past.has_changes():
            old = past.deleted[0] if past.deleted else None
            new = past.added[0] if past.added else None
            told[column.key] = [_plain(column.key, old), _plain(column.key, new)]
        elif deed is not Deed.CHANGED and column.key not in {"tenant_id", "id"}:
            value = state.dict.get(column.key)
            if value not in (None, "", {}):
                told[column.key] = [None, _plain(column.key, value)][:: 1 if deed is Deed.CREATED else -1]
    return told


def _plain(name: str, value: Any) -> Any:
    """A value as JSON can hold it."""
    if name in SECRET:
        return "***"
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date | UUID):
        return str(value)
    return value if isinstance(value, str | int | float | bool | list | dict | type(None)) else str(value)
