"""Take a list back: what it touched returns to what it was, unless somebody has changed it since."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select

from organiser.core.bulk import add_rows, change_rows, remove_rows
from organiser.core.database import db
from organiser.members.models import Block, Member, PhoneNumber
from organiser.members.register_changes import register_touched
from organiser.members.removing import remove_members
from organiser.roster import queries
from organiser.roster.decisions import DecisionKind
from organiser.roster.models import ImportBatch
from organiser.roster.restoring import Restored, restore
from organiser.roster.services import hold_register
from organiser.roster.snapshot import take_snapshot

MAY_BE_UNDONE_FOR = timedelta(days=30)


class TooLate(ValueError):
    """The list was read in too long ago."""


@dataclass(slots=True)
class _Sheaf:
    """The rows to write, gathered member by member."""

    changed: dict[tuple[str, ...], list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    phones: list[dict[str, Any]] = field(default_factory=list)
    removed_phones: list[UUID] = field(default_factory=list)
    blocks: list[dict[str, Any]] = field(default_factory=list)
    touched: list[UUID] = field(default_factory=list)

    def add(self, one: Restored) -> None:
        if one.something:
            self.touched.append(one.member_id)
        if one.columns:
            self.changed[tuple(one.columns)].append({"id": one.member_id, **one.columns})
        self.phones += one.phones
        self.removed_phones += one.removed_phones
        self.blocks += one.blocks

    def write(self) -> None:
        session = db.session()
        for rows in self.changed.values():
            change_rows(session, Member, rows)
        remove_rows(session, PhoneNumber, self.removed_phones)
        add_rows(session, PhoneNumber, self.phones)
        change_rows(session, Block, self.blocks)
        register_touched(session, self.touched)


def may_be_undone(batch: ImportBatch, at: datetime) -> bool:
    """Not undone yet, and not too long ago."""
    return batch.undone_at is None and at <= batch.created_at + MAY_BE_UNDONE_FOR


def undo(batch: ImportBatch, account_id: UUID, at: datetime, ties: Iterable[Select[UUID]]) -> ImportBatch:
    """Put back what the list changed, and remove members it brought of whom nothing else is known: no
    contact, no edit, nothing that ``ties`` select. What it left is kept in ``batch.undone``. Twice is once;
    raises ``TooLate``.
    """
    hold_register()
    db.session.refresh(batch)
    if batch.undone_at is not None:
        return batch
    if not may_be_undone(batch, at):
        raise TooLate
    restored, left = _put_back(batch, account_id, at)
    kept = list(db.session.scalars(queries.brought_and_known(batch.id, tuple(ties))))
    brought = set(db.session.scalars(queries.brought_by(batch.id)))
    gone = sorted(brought.difference(kept))
    remove_members(db.session(), gone)
    batch.undone_at, batch.undone_by_id = at, account_id
    batch.undone = {
        "restored": restored,
        "removed": len(brought) - len(kept),
        "kept": [str(member_id) for member_id in kept],
        "left": left,
    }
    db.session.flush()
    return batch


def _put_back(batch: ImportBatch, account_id: UUID, at: datetime) -> tuple[int, dict[str, list[str]]]:
    """How many members got something back, and by member the fields that were left as they are."""
    snapshot = take_snapshot(batch.organisation)
    lifted = {
        (row.member_id, row.scope): row.id
        for row in db.session.execute(queries.blocks_lifted_at(batch.created_at))
    }
    sheaf, restored = _Sheaf(), 0
    left: dict[str, list[str]] = {}
    for change in db.session.execute(queries.traces_of(batch.id, DecisionKind.UPDATED)):
        one = restore(change, snapshot, lifted, account_id, at)
        sheaf.add(one)
        restored += one.something
        if one.left:
            left[str(change.member_id)] = one.left
    sheaf.write()
    return restored, left
