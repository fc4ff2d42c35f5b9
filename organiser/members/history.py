"""A member's history in words: each entry of the log one line, what is private left out where it must be."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from organiser.audit.models import ChangeEntry, Deed
from organiser.core.i18n import _
from organiser.core.phone import phone_display
from organiser.members.kinds import BlockScope, Channel, Gender, MemberStatus
from organiser.members.words import CHANNEL, FIELD, GENDER, PRIVATE, SCOPE, STATUS
from organiser.web.filters import day

UNTOLD = frozenset({"search_key", "sort_key", "version", "source", "birth_year"})


@dataclass(frozen=True, slots=True)
class Step:
    """One field of an entry: what it was and what it became; both empty where that is not to be shown."""

    label: str
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True)
class Happening:
    """What somebody did: ``text`` says it, ``steps`` hold the values."""

    at: datetime
    text: str
    who: str
    steps: tuple[Step, ...] = ()


def happenings(
    entries: Iterable[ChangeEntry],
    people: Mapping[UUID, str],
    units: Mapping[str, str],
    *,
    private: bool,
) -> list[Happening]:
    """The log of one member; ``private``: contact details changed, but not how."""
    told = []
    for entry in entries:
        text, steps = _TOLD.get(entry.subject, _of_member)(entry, units, private)
        if text:
            who = people.get(entry.actor_id, "") if entry.actor_id else ""
            told.append(Happening(entry.at, text, who, tuple(steps)))
    return told


Told = tuple[str, list[Step]]


def _of_member(entry: ChangeEntry, units: Mapping[str, str], private: bool) -> Told:  # noqa: FBT001  # one of three alike
    if entry.deed is Deed.CREATED:
        return _("Added to the register"), []
    steps = [
        Step(str(FIELD.get(name, name)))
        if private and name in PRIVATE
        else Step(str(FIELD.get(name, name)), *(_value(name, value, units) for value in pair))
        for name, pair in entry.changes.items()
        if name not in {*UNTOLD, "contact", "tag"}
    ]
    if "contact" in entry.changes:
        return _("A contact was taken back"), []
    if "tag" in entry.changes:
        return _("A tag was taken off") + _named(entry.changes["tag"][0], private), []
    return (_("Changed"), steps) if steps else ("", [])


def _of_block(entry: ChangeEntry, _units: Mapping[str, str], _private: bool) -> Told:  # noqa: FBT001  # as above
    if entry.deed is Deed.CREATED:
        scope = BlockScope(entry.changes["scope"][1])
        return _("Blocked: %(what)s", what=SCOPE[scope]), []
    return (_("A block was lifted"), []) if "lifted_at" in entry.changes else ("", [])


def _of_contact(entry: ChangeEntry, _units: Mapping[str, str], _private: bool) -> Told:  # noqa: FBT001  # as above
    if entry.deed is not Deed.CREATED:
        return "", []
    return _("Contact: %(how)s", how=CHANNEL[Channel(entry.changes["channel"][1])]), []


def _of_tag(entry: ChangeEntry, names: Mapping[str, str], private: bool) -> Told:  # noqa: FBT001  # as above
    if entry.deed is not Deed.CREATED:
        return "", []
    return _("A tag was put on") + _named(names.get(entry.changes["tag_id"][1], ""), private), []


def _named(tag: str, private: bool) -> str:  # noqa: FBT001  # as above
    return "" if private or not tag else f": {tag}"


_TOLD = {"member": _of_member, "block": _of_block, "contact": _of_contact, "member_tag": _of_tag}


def _value(name: str, value: Any, units: Mapping[str, str]) -> str:
    if value in (None, "", [], {}):
        return str(_("nothing"))
    if name == "numbers":
        return ", ".join(str(phone_display(row["e164"])) for row in value)
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if name in _WORDS:
        return str(_WORDS[name](value))
    return units.get(str(value), str(value))


_WORDS: dict[str, Any] = {
    "status": lambda key: STATUS[MemberStatus(key)],
    "gender": lambda key: GENDER[Gender(key)],
    **{
        name: lambda text: day(date.fromisoformat(text))
        for name in ("birth_date", "joined_on", "left_on", "paid_until")
    },
}
