"""A change in words: the field as it is called, what it was and what it becomes."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from organiser.core.i18n import _
from organiser.core.phone import phone_display
from organiser.members.kinds import Gender, MemberStatus
from organiser.members.words import GENDER, PRIVATE, STATUS
from organiser.roster.labels import CHANGED
from organiser.web.filters import day

LONGEST = 160
_DATES = frozenset({"birth_date", "joined_on", "left_on", "paid_until"})
_HIDDEN = PRIVATE | {"phones"}


class Change(NamedTuple):
    """One field of a member."""

    label: str
    old: str
    new: str


def worded(
    before: Mapping[str, Any], after: Mapping[str, Any], units: Mapping[str, str], *, readable: bool
) -> list[Change]:
    """Each touched field (plain values, as a trace keeps them) in words. ``units``: id to name. What only
    those entrusted may read of a protected member is not told where it is not ``readable``.
    """
    changes = []
    for name, new in after.items():
        if name == "extra":
            changes += _extra(before[name], new, readable=readable)
        elif name in _HIDDEN and not readable:
            changes.append(Change(str(CHANGED[name]), "", _("hidden: protected identity")))
        else:
            changes.append(_change(name, before[name], new, units))
    return changes


def _extra(old: Mapping[str, str], new: Mapping[str, str], *, readable: bool) -> list[Change]:
    hidden = _("hidden: protected identity")
    return [
        Change(heading, _short(old.get(heading, "")), _short(text))
        if readable
        else Change(heading, "", hidden)
        for heading, text in new.items()
    ]


def _change(name: str, old: Any, new: Any, units: Mapping[str, str]) -> Change:
    if name == "phones":
        was = ", ".join(phone_display(one["e164"]) for one in old)
        return Change(str(CHANGED[name]), was, ", ".join(map(phone_display, new)) or _("nothing"))
    if name == "organisation_id":
        return Change(str(CHANGED[name]), units.get(old, ""), units.get(new, ""))
    return Change(str(CHANGED[name]), _value(name, old), _value(name, new) or _("nothing"))


def _value(name: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if name in _DATES:
        return str(day(date.fromisoformat(value)))
    if name == "gender":
        return str(GENDER[Gender(value)])
    if name == "member_status":
        return str(STATUS[MemberStatus(value)])
    return _short(str(value))


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
