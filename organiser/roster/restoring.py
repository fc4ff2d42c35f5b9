"""What a member gets back when a list is undone, and what stays because it was changed since."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from organiser.core.ids import uuid7
from organiser.members.kinds import BlockScope, Gender, MemberStatus, NumberState, PhoneKind, Source
from organiser.members.rules import name_keys
from organiser.roster.known import Known
from organiser.roster.snapshot import SCOPES, Snapshot
from organiser.roster.traces import plain

_COLUMNS = {"member_status": "status", "member_number": "number"}
_FROM_JSON: Mapping[str, Any] = {
    **dict.fromkeys(("birth_date", "joined_on", "left_on", "paid_until"), date.fromisoformat),
    "gender": Gender,
    "member_status": MemberStatus,
    "organisation_id": UUID,
}


@dataclass(slots=True)
class Restored:
    """Columns of the member, numbers to add and remove, blocks to change; ``left`` the fields that stay."""

    member_id: UUID
    columns: dict[str, Any] = field(default_factory=dict)
    phones: list[dict[str, Any]] = field(default_factory=list)
    removed_phones: list[UUID] = field(default_factory=list)
    blocks: list[dict[str, Any]] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    @property
    def something(self) -> bool:
        return bool(self.columns or self.phones or self.removed_phones or self.blocks)


def restore(
    change: Any,
    snapshot: Snapshot,
    lifted: Mapping[tuple[UUID, BlockScope], UUID],
    account_id: UUID,
    at: datetime,
) -> Restored:
    """Undo one row's ``change`` (member_id, before, after) against the register as it stands in ``snapshot``.
    ``lifted`` are the blocks that the list lifted, by member and scope.
    """
    one, known = Restored(change.member_id), snapshot.members.get(change.member_id)
    if known is None or not known.in_scope:
        one.left = sorted(change.after)
        return one
    for name in change.after:
        if name == "phones":
            _phones(one, change, known, snapshot)
        elif name in SCOPES:
            _block(one, name, change, snapshot, lifted, {"lifted_at": at, "lifted_by": account_id})
        elif name == "extra":
            _extra(one, change, known)
        else:
            _column(one, name, change, known)
    if {"first_name", "last_name"} & one.columns.keys():
        both = {**known.values, **one.columns}
        one.columns.update(name_keys(both.get("first_name") or "", both.get("last_name") or ""))
    return one


def _column(one: Restored, name: str, change: Any, known: Known) -> None:
    now = {"organisation_id": known.organisation_id, "member_number": known.number}.get(
        name, known.values.get(name)
    )
    if plain(now) != change.after[name]:
        one.left.append(name)
        return
    before, read = change.before[name], _FROM_JSON.get(name)
    one.columns[_COLUMNS.get(name, name)] = read(before) if read and before is not None else before


def _extra(one: Restored, change: Any, known: Known) -> None:
    kept = dict(known.extra)
    for heading, text in change.after["extra"].items():
        if kept.get(heading) != text:
            one.left.append("extra")
        elif before := change.before["extra"].get(heading):
            kept[heading] = before
        else:
            del kept[heading]
    if kept != known.extra:
        one.columns["extra"] = kept


def _phones(one: Restored, change: Any, known: Known, snapshot: Snapshot) -> None:
    """A number somebody has rung or edited stays; those that were taken away come back beside it."""
    for e164 in change.after["phones"]:
        row = snapshot.phones.get((known.id, e164))
        if row is not None and row.source is Source.FILE and row.state is NumberState.UNTRIED:
            one.removed_phones.append(row.id)
        else:
            one.left.append("phones")
    for phone in change.before["phones"]:
        if (known.id, phone["e164"]) not in snapshot.phones:
            one.phones.append(_number(change.member_id, phone))


def _number(member_id: UUID, phone: Mapping[str, Any]) -> dict[str, Any]:
    state_at, state_by = phone["state_at"], phone["state_by"]
    return {
        "id": uuid7(),
        "member_id": member_id,
        "e164": phone["e164"],
        "kind": PhoneKind(phone["kind"]),
        "note": phone["note"],
        "position": phone["position"],
        "source": Source.FILE,
        "state": NumberState(phone["state"]),
        "state_at": datetime.fromisoformat(state_at) if state_at else None,
        "state_by": UUID(state_by) if state_by else None,
    }


def _block(
    one: Restored,
    name: str,
    change: Any,
    snapshot: Snapshot,
    lifted: Mapping[tuple[UUID, BlockScope], UUID],
    lifting: Mapping[str, Any],
) -> None:
    """A block the list set is lifted, one it lifted stands again; never one that a person set or lifted."""
    known, standing = snapshot.members[change.member_id], snapshot.blocks.get((change.member_id, name))
    was_lifted = lifted.get((change.member_id, SCOPES[name]))
    if change.after[name] and standing and not known.blocks[name]:
        one.blocks.append({"id": standing, **lifting})
    elif not change.after[name] and not standing and was_lifted:
        one.blocks.append({"id": was_lifted, "lifted_at": None, "lifted_by": None})
    else:
        one.left.append(name)
