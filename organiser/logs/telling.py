"""Entries of the change log as lines to read: names for ids, words for keys, old and new side by side."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from organiser.audit.models import ChangeEntry, Deed
from organiser.core.i18n import _
from organiser.core.phone import phone_display
from organiser.logs import words
from organiser.orgs.kinds import OrgKind
from organiser.orgs.words import word
from organiser.web.filters import day, moment

LEVELS = frozenset(level.value for level in OrgKind)
SECRET = "***"  # noqa: S105  # how the log writes that a secret changed


@dataclass(frozen=True, slots=True)
class Step:
    """One field: what it was and what it became, as words."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Line:
    """One entry: when, who, what was done to what, and the fields; ids where the page may link."""

    at: datetime
    actor_id: UUID | None
    text: str
    member_id: UUID | None
    about: str
    steps: tuple[Step, ...]


def told(entry: ChangeEntry, member_id: UUID | None, names: Mapping[str, str]) -> Line:
    """One line; ``names`` has a name for every id that has one, ids written as text."""
    subject = str(words.SUBJECTS.get(entry.subject, entry.subject.replace("_", " ").capitalize()))
    about = names.get(str(member_id or entry.subject_id), "")
    steps = tuple(_steps(entry, names))
    return Line(
        entry.at,
        entry.actor_id,
        f"{subject}, {words.DEEDS[entry.deed]}",
        member_id if str(member_id) in names else None,
        about,
        steps,
    )


def ids_in(entries: Iterable[ChangeEntry]) -> set[UUID]:
    """Every id the entries speak of."""
    found = {entry.subject_id for entry in entries}
    for entry in entries:
        for pair in entry.changes.values():
            found.update(id for value in _pair(pair) if (id := _id(value)))
    return found


def member_named(entry: ChangeEntry) -> UUID | None:
    """The member an entry names itself: the one it is about, or the one its row belongs to."""
    if entry.subject == "member":
        return entry.subject_id
    old, new = _pair(entry.changes.get("member_id", (None, None)))
    return _id(new) or _id(old)


def _steps(entry: ChangeEntry, names: Mapping[str, str]) -> Iterable[Step]:
    for name, pair in entry.changes.items():
        if name in words.UNTOLD:
            continue
        label = str(words.FIELDS.get(name, name.removesuffix("_id").replace("_", " ").capitalize()))
        old, new = (_value(name, value, names) for value in _pair(pair))
        if new or entry.deed is not Deed.CREATED:
            yield Step(label, old, new or str(_("nothing")))


def _pair(pair: Any) -> Sequence[Any]:
    """Old and new; a fact noted beside a change in bulk (a count) has no old value."""
    return pair if isinstance(pair, list | tuple) and len(pair) == 2 else (None, pair)  # noqa: PLR2004  # old, new


def _value(name: str, value: Any, names: Mapping[str, str]) -> str:
    if value in (None, "", [], {}):
        return ""
    if value == SECRET:
        return str(_("not shown"))
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if name == "e164":
        return str(phone_display(str(value)))
    if isinstance(value, str):
        known = words.VALUES.get(name, {}).get(value) or names.get(value)
        return str(known or (word(value) if value in LEVELS else _time(value)))
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else str(value)


def _time(text: str) -> str:
    """A moment or a day as people read it; anything else as it stands."""
    try:
        if len(text) == len("2024-03-01"):
            return day(date.fromisoformat(text))
        at = datetime.fromisoformat(text)
    except ValueError:
        return text
    return moment(at) if at.tzinfo else text


def _id(value: Any) -> UUID | None:
    try:
        return UUID(value) if isinstance(value, str) else None
    except ValueError:
        return None
