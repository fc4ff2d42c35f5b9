"""Whoever keeps something true about members is told of every member that changed, before it is stored."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from flask import Flask, current_app, has_app_context
from sqlalchemy import event, inspect, orm

from organiser.core.tenancy import Tenanted, here, inside
from organiser.members.models import Block, Contact, Member, PhoneNumber
from organiser.members.rules import USABLE_STATES
from organiser.members.tag_models import MemberTag

Listener = Callable[[orm.Session, list[UUID]], None]
Beside = Mapping[type[Tenanted], Sequence[str]]
"""Tables beside the register's, and which of their columns matter."""
Touched = tuple[int, UUID, type[Tenanted] | None]
"""Tenant, member, and the table beside the register's that told of them."""
WATCHED = (Member, PhoneNumber, Block, Contact, MemberTag)
WHOSE_NUMBER = ("member_id", "e164")
ROUNDS = 10
"""So often may listeners change members again before it is held to be a circle."""

_SLOT = _NOTED = "register_changes"


@dataclass(slots=True)
class Watch:
    """Who listens in an application, and to which tables: ``models`` everybody, ``beside`` one of them."""

    listeners: list[Listener] = field(default_factory=list)
    models: tuple[type[Tenanted], ...] = WATCHED
    beside: dict[Listener, Beside] = field(default_factory=dict)


@dataclass(slots=True)
class _Noted:
    """What a transaction has touched so far, by tenant: the first ``told`` are told. ``marks`` say how far
    both had come when a savepoint was set, to return there with it.
    """

    touched: list[Touched] = field(default_factory=list)
    told: int = 0
    marks: dict[orm.SessionTransaction, tuple[int, int]] = field(default_factory=dict)
    telling: bool = False


def watch_of(app: Flask) -> Watch:
    if _SLOT not in app.extensions:
        app.extensions[_SLOT] = Watch()
    found: Watch = app.extensions[_SLOT]
    return found


def on_register_change(app: Flask, listener: Listener, beside: Beside | None = None) -> None:
    """Call ``listener`` with the session and the sorted ids of the members that a transaction has changed,
    inside their tenant, right before it commits. What it writes belongs to the same transaction. It must do
    nothing where nothing is to do: its own changes to watched rows are told again, to everyone.

    ``beside``: rows of these tables, too, change the member that their ``member_id`` names, for this listener
    alone, when they come with one of the columns filled, change it, or go.
    """
    found = watch_of(app)
    found.listeners.append(listener)
    found.beside[listener] = beside or {}


def watch(app: Flask, *models: type[Tenanted]) -> None:
    """Any change of rows of these tables, too, changes the member that their ``member_id`` names."""
    found = watch_of(app)
    found.models = tuple(dict.fromkeys((*found.models, *models)))


def register_touched(session: orm.Session, member_ids: Iterable[UUID]) -> None:
    """For those who write round the ORM: these members of our tenant have changed, moved or gone."""
    if _heard():
        tenant_id = here()
        _noted(session).touched += [(tenant_id, member_id, None) for member_id in member_ids]


def settle_now(session: orm.Session) -> None:
    """Tell the listeners at once instead of at the commit, and let what they change be told as well."""
    session.flush()
    noted: _Noted | None = session.info.get(_NOTED)
    if noted is None or noted.telling or not _heard():
        return
    noted.telling = True
    try:
        for _round in range(ROUNDS):
            fresh = noted.touched[noted.told :]
            if not fresh:
                return
            noted.told = len(noted.touched)
            _tell(session, fresh)
    finally:
        noted.telling = False
    raise RuntimeError("what listens to the register goes on changing it")


def _tell(session: orm.Session, touched: Sequence[Touched]) -> None:
    watch = watch_of(current_app)
    for tenant_id in sorted({one[0] for one in touched}):
        theirs = [(member, table) for tenant, member, table in touched if tenant == tenant_id]
        with inside(tenant_id):
            for listener in watch.listeners:
                heard = {None, *watch.beside.get(listener, {})}
                if ids := sorted({member for member, table in theirs if table in heard}):
                    listener(session, ids)
            session.flush()


def _heard() -> bool:
    """Whether anybody listens."""
    return has_app_context() and bool(watch_of(current_app).listeners)


def _noted(session: orm.Session) -> _Noted:
    if _NOTED not in session.info:
        session.info[_NOTED] = _Noted()
    found: _Noted = session.info[_NOTED]
    return found


@event.listens_for(orm.Session, "before_flush")
def _know_whose(session: orm.Session, *_: object) -> None:
    """Once a row is deleted nobody can ask it whose it was."""
    if session.deleted and _heard():
        watch = watch_of(current_app)
        for row in session.deleted:
            if isinstance(row, (*watch.models, *_beside(watch))):
                _members_of(row)


@event.listens_for(orm.Session, "after_flush")
def _note(session: orm.Session, _context: object) -> None:
    if not _heard():
        return
    watch = watch_of(current_app)
    beside = _beside(watch)
    touched: list[Touched] = []
    for row in (*session.new, *session.dirty, *session.deleted):
        if isinstance(row, watch.models) and _changed(session, row):
            touched += [(row.tenant_id, id, None) for id in _members_of(row)]
        elif type(row) in beside and _matters(session, row, beside[type(row)]):
            touched += [(row.tenant_id, id, type(row)) for id in _members_of(row)]
    if touched:
        _noted(session).touched += touched


def _beside(watch: Watch) -> dict[type[Tenanted], set[str]]:
    """What some listener wants to know beside the register."""
    wanted: dict[type[Tenanted], set[str]] = {}
    for listener in watch.listeners:
        for table, columns in watch.beside.get(listener, {}).items():
            wanted.setdefault(table, set()).update(columns)
    return wanted


def _matters(session: orm.Session, row: Any, columns: Iterable[str]) -> bool:
    """Whether the row came with one of the columns filled, changed one, or goes."""
    if row in session.deleted:
        return True
    if row in session.new:
        return any(getattr(row, name) is not None for name in columns)
    return any(_has_changed(row, name) for name in columns)


def _has_changed(row: Any, name: str) -> bool:
    return bool(inspect(row).attrs[name].history.has_changes())


def _changed(session: orm.Session, row: Tenanted) -> bool:
    """Rows are looked at again when they were only read; that a number which may be rung was found to work is
    news of the number, not of its member.
    """
    if row not in session.dirty:
        return True
    if isinstance(row, PhoneNumber):
        return any(_has_changed(row, name) for name in WHOSE_NUMBER) or _turned(row)
    return session.is_modified(row, include_collections=False)


def _turned(number: PhoneNumber) -> bool:
    """Whether it may be rung now and might not before, or the other way round; also where nobody knows what
    was before, since it was changed without being looked at.
    """
    known = inspect(number).attrs.state.history
    if not known.deleted:
        return bool(known.has_changes())
    return (known.deleted[0] in USABLE_STATES) != (number.state in USABLE_STATES)


def _members_of(row: Any) -> set[UUID]:
    """The member a row is or is about, and the one it was about before."""
    if isinstance(row, Member):
        return {row.id}
    told: set[UUID | None] = {row.member_id, *inspect(row).attrs.member_id.history.deleted}
    return {id for id in told if id is not None}


@event.listens_for(orm.Session, "before_commit")
def _settle(session: orm.Session) -> None:
    """Also said when a savepoint is released; that is not yet the time."""
    if not session.in_nested_transaction() and _heard():
        settle_now(session)


@event.listens_for(orm.Session, "after_transaction_create")
def _mark(session: orm.Session, transaction: orm.SessionTransaction) -> None:
    if transaction.nested and _heard():
        noted = _noted(session)
        open_ones = {one: mark for one, mark in noted.marks.items() if one.is_active}
        noted.marks = {**open_ones, transaction: (len(noted.touched), noted.told)}


@event.listens_for(orm.Session, "after_soft_rollback")
def _return(session: orm.Session, transaction: orm.SessionTransaction) -> None:
    """What was done since the savepoint has not happened."""
    noted: _Noted | None = session.info.get(_NOTED)
    if noted is not None and transaction in noted.marks:
        length, noted.told = noted.marks.pop(transaction)
        del noted.touched[length:]


@event.listens_for(orm.Session, "after_transaction_end")
def _forget(session: orm.Session, transaction: orm.SessionTransaction) -> None:
    """However a transaction ended, the next one begins with nothing."""
    if transaction.parent is None:
        session.info.pop(_NOTED, None)
