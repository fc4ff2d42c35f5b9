"""Carry a plan out in the register, set by set; nothing here decides, and nothing is committed."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from organiser.core.bulk import add_rows, change_rows, remove_rows
from organiser.core.database import db
from organiser.core.ids import uuid7
from organiser.members.kinds import BlockScope, MemberStatus, NumberState, PhoneKind, Source
from organiser.members.models import Block, Member, PhoneNumber
from organiser.members.register_changes import register_touched
from organiser.members.rules import name_keys
from organiser.roster.decisions import Decision, DecisionKind, Plan
from organiser.roster.models import ImportChange
from organiser.roster.snapshot import SCOPES, Snapshot
from organiser.roster.traces import before_and_after

_EMPTY: Mapping[str, Any] = {
    **dict.fromkeys(("birth_date", "birth_year", "gender", "joined_on", "left_on", "paid_until")),
    **dict.fromkeys(("first_name", "last_name", "email", "co_address", "street", "postcode", "city"), ""),
    **dict.fromkeys(("country", "municipality", "language", "note"), ""),
    "protected": False,
}
_RENAMED = {"member_status": "status", "member_number": "number"}
_BESIDE = frozenset({"phones", "extra", *SCOPES})


@dataclass(frozen=True, slots=True)
class By:
    """Through which list, by whom (none: the command line) and when."""

    batch_id: UUID
    account_id: UUID | None
    at: datetime
    source: str


@dataclass(slots=True)
class _Sheaf:
    """The rows to write, gathered member by member."""

    members: list[dict[str, Any]] = field(default_factory=list)
    changed: dict[tuple[str, ...], list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    phones: list[dict[str, Any]] = field(default_factory=list)
    dropped: list[UUID] = field(default_factory=list)
    blocks: list[dict[str, Any]] = field(default_factory=list)
    lifted: list[dict[str, Any]] = field(default_factory=list)
    traces: list[dict[str, Any]] = field(default_factory=list)


def carry_out(plan: Plan, snapshot: Snapshot, by: By) -> None:
    """Write what ``plan``, made against ``snapshot``, decided; each change leaves its trace in the batch."""
    sheaf = _Sheaf()
    for decision in plan.decisions:
        if decision.kind is DecisionKind.CREATED:
            _create(decision, by, sheaf)
        elif decision.kind is DecisionKind.UPDATED:
            _change(decision, snapshot, by, sheaf)
    session = db.session()
    add_rows(session, Member, sheaf.members)
    for rows in sheaf.changed.values():
        change_rows(session, Member, rows)
    remove_rows(session, PhoneNumber, sheaf.dropped)
    add_rows(session, PhoneNumber, sheaf.phones)
    change_rows(session, Block, sheaf.lifted)
    add_rows(session, Block, sheaf.blocks)
    add_rows(session, ImportChange, sheaf.traces)
    register_touched(session, (trace["member_id"] for trace in sheaf.traces))


def _create(decision: Decision, by: By, sheaf: _Sheaf) -> None:
    values, member_id = decision.row.values, uuid7()
    first, last = values.get("first_name", ""), values.get("last_name", "")
    sheaf.members.append(
        {
            "id": member_id,
            "organisation_id": decision.organisation_id,
            "number": values.get("member_number"),
            **{name: values.get(name, empty) for name, empty in _EMPTY.items()},
            "status": values.get("member_status", MemberStatus.ACTIVE),
            "extra": dict(decision.row.extra),
            **name_keys(first, last),
            "source": by.source,
            "created_at": by.at,
            "version": 1,
        }
    )
    for position, phone in enumerate(values.get("phones", ())):
        sheaf.phones.append(_phone(member_id, phone, position))
    for name, scope in SCOPES.items():
        if values.get(name):
            sheaf.blocks.append(_block(member_id, scope, by))
    sheaf.traces.append(_trace(decision, member_id, by, {}, {}))


def _change(decision: Decision, snapshot: Snapshot, by: By, sheaf: _Sheaf) -> None:
    known = snapshot.members[decision.member_id]
    new = {name: pair[1] for name, pair in decision.changes.items()}
    columns = {_RENAMED.get(name, name): value for name, value in new.items() if name not in _BESIDE}
    if {"first_name", "last_name"} & columns.keys():
        both = {**known.values, **columns}
        columns.update(name_keys(both.get("first_name") or "", both.get("last_name") or ""))
    if "extra" in new:
        columns["extra"] = {**known.extra, **new["extra"]}
    if decision.moved:
        columns["organisation_id"] = decision.organisation_id
    if columns:
        sheaf.changed[tuple(columns)].append({"id": known.id, **columns})
    _change_phones(decision, snapshot, sheaf)
    for name, scope in SCOPES.items():
        if new.get(name) is True:
            sheaf.blocks.append(_block(decision.member_id, scope, by))
        elif new.get(name) is False:
            lifted = {"lifted_at": by.at, "lifted_by": by.account_id, "lift_reason": ""}
            sheaf.lifted.append({"id": snapshot.blocks[decision.member_id, name], **lifted})
    traced = before_and_after(decision, snapshot.phones)
    sheaf.traces.append(_trace(decision, decision.member_id, by, *traced))


def _change_phones(decision: Decision, snapshot: Snapshot, sheaf: _Sheaf) -> None:
    """A number that takes another's place stands where that one stood."""
    known = snapshot.members[decision.member_id]
    rows = [snapshot.phones[decision.member_id, phone.e164] for phone in known.phones]
    going = [row for row in rows if row.e164 in decision.drop_phones]
    sheaf.dropped.extend(row.id for row in going)
    free = defaultdict(list)
    for row in going:
        free[row.kind].append(row.position)
    after: Iterator[int] = iter(range(max((row.position for row in rows), default=-1) + 1, 10_000))
    for phone in decision.add_phones:
        places = free[PhoneKind(phone.kind)]
        sheaf.phones.append(_phone(decision.member_id, phone, places.pop(0) if places else next(after)))


def _phone(member_id: Any, phone: Any, position: int) -> dict[str, Any]:
    return {
        "id": uuid7(),
        "member_id": member_id,
        "e164": phone.e164,
        "kind": PhoneKind(phone.kind),
        "note": phone.note,
        "position": position,
        "source": Source.FILE,
        "state": NumberState.UNTRIED,
    }


def _block(member_id: Any, scope: BlockScope, by: By) -> dict[str, Any]:
    return {
        "id": uuid7(),
        "member_id": member_id,
        "scope": scope,
        "reason": "",
        "source": Source.FILE,
        "set_at": by.at,
        "set_by": by.account_id,
        "lift_reason": "",
    }


def _trace(
    decision: Decision, member_id: Any, by: By, before: dict[str, Any], after: dict[str, Any]
) -> dict[str, Any]:
    return {
        "id": uuid7(),
        "batch_id": by.batch_id,
        "member_id": member_id,
        "line": decision.line,
        "kind": decision.kind,
        "before": before,
        "after": after,
    }
