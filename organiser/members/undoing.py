"""Take an edit back: the old values return, unless somebody has changed them since."""

from collections.abc import Sequence
from datetime import date
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy import inspect

from organiser.audit.models import ChangeEntry
from organiser.members.kinds import NumberState, PhoneKind, Source
from organiser.members.models import Member
from organiser.members.services import By, NumberDraft, correct, drafts_of

COMPUTED = frozenset({"search_key", "sort_key", "version"})
NUMBERS = "numbers"


class ChangedSince(ValueError):
    """Somebody changed the same values after the edit; they stay."""


def undo(member: Member, entries: Sequence[ChangeEntry], by: By) -> Member:
    """Give every column and number of ``entries`` (one request's) its old value; raises ``ChangedSince``."""
    changes = {name: pair for entry in entries for name, pair in entry.changes.items()}
    numbers = changes.pop(NUMBERS, None)
    columns = {name: pair for name, pair in changes.items() if name in _columns()}
    current = {name: getattr(member, name) for name in columns}
    if any(current[name] != _value(name, new) for name, (_old, new) in columns.items()):
        raise ChangedSince
    if numbers and drafts_of(member) != _drafts(numbers[1]):
        raise ChangedSince
    old = {name: _value(name, pair[0]) for name, pair in columns.items()}
    return correct(member, old, _drafts(numbers[0]) if numbers else None, by)


def _columns() -> set[str]:
    return {column.key for column in inspect(Member).column_attrs} - COMPUTED - {"tenant_id", "id"}


def _value(name: str, told: Any) -> Any:
    """A value of the log as the column keeps it."""
    kept: Any = inspect(Member).columns[name].type.python_type
    if told is None or not isinstance(told, str):
        return told
    if kept is date:
        return date.fromisoformat(told)
    return kept(told) if kept is UUID or issubclass(kept, Enum) else told


def _drafts(told: list[dict[str, str]]) -> list[NumberDraft]:
    return [
        NumberDraft(
            row["e164"],
            PhoneKind(row["kind"]),
            row["note"],
            NumberState(row["state"]),
            Source(row["source"]),
        )
        for row in told
    ]
