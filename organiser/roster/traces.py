"""What a decision changes, as JSON: enough to show it on a receipt, and to put everything back."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

from organiser.roster.decisions import Decision

_PHONE = ("e164", "kind", "note", "position", "state", "state_at", "state_by")


def before_and_after(decision: Decision, phones: Mapping[Any, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Field to value, as it was and as it became. "phones" before are the rows that go (``phones``: by
    member and number), after the numbers that come; "organisation_id" stands where somebody moves.
    """
    before = {name: plain(pair[0]) for name, pair in decision.changes.items() if name != "phones"}
    after = {name: plain(pair[1]) for name, pair in decision.changes.items() if name != "phones"}
    if decision.add_phones or decision.drop_phones:
        going = [phones[decision.member_id, e164] for e164 in decision.drop_phones]
        before["phones"] = [{name: plain(getattr(row, name)) for name in _PHONE} for row in going]
        after["phones"] = [phone.e164 for phone in decision.add_phones]
    if decision.moved:
        before["organisation_id"], after["organisation_id"] = map(plain, decision.moved)
    return before, after


def plain(value: Any) -> Any:
    """A value as JSON can hold it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Mapping):
        return {key: plain(one) for key, one in value.items()}
    return value
