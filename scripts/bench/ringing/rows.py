"""What the checker counts, read from the database with the driver alone and with words of our own."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from sqlalchemy import make_url

from ringing.checker import Change, Home, Place, StoredCall

FAILED = {"wrong", "dead"}
Row = Mapping[str, Any]
Ids = AbstractSet[UUID]


@dataclass(frozen=True, slots=True)
class Found:
    """The whole evening as the database has it."""

    trail: list[Change]
    calls: list[StoredCall]
    places: list[Place]
    homes: dict[UUID, AbstractSet[Home]]
    expected: dict[UUID, AbstractSet[UUID]]


class Store:
    """A plain connection to the bench's database."""

    def __init__(self, folder: Path, database_url: str | None) -> None:
        self._connection: Any
        if database_url is None:
            self._connection = sqlite3.connect(folder / "ringlista.db")
        else:
            plain = make_url(database_url).set(drivername="postgresql")
            self._connection = psycopg.connect(plain.render_as_string(hide_password=False))

    def rows(self, table: str, order: str = "1") -> list[Row]:
        """Every row of a table."""
        cursor = self._connection.execute(f'SELECT * FROM "{table}" ORDER BY {order}')  # noqa: S608  # our own words
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]

    def close(self) -> None:
        """Hang up."""
        self._connection.close()


def read_evening(store: Store, at: datetime) -> Found:
    """Everything at once, as it stands at ``at``."""
    members, calls = store.rows("member"), store.rows("call")
    numbers: dict[UUID, list[Row]] = defaultdict(list)
    for number in store.rows("phone_number"):
        numbers[_id(number["member_id"])].append(number)
    callable_now = _callable(store, members, numbers)
    campaigns = {_id(one["id"]): _id(one["campaign_id"]) for one in store.rows("call_assignment")}
    everybody = {_id(member["id"]) for member in members}
    resting = _resting(calls, at)
    return Found(
        trail=[_change(row) for row in store.rows("bench_trail", "seq")],
        calls=[_call(row) for row in calls],
        places=[_place(row, campaigns, callable_now, resting) for row in store.rows("target")],
        homes={_id(one["id"]): _home(one, numbers[_id(one["id"])]) for one in members},
        expected=dict.fromkeys(campaigns.values(), everybody),
    )


def _callable(store: Store, members: Iterable[Row], numbers: Mapping[UUID, list[Row]]) -> set[UUID]:
    """Members the register lets be rung: everybody read in is of age and has not left."""
    blocked = {
        _id(block["member_id"])
        for block in store.rows("block")
        if block["lifted_at"] is None and block["scope"] in {"calls", "contact"}
    }
    return {
        member_id
        for member_id in (_id(member["id"]) for member in members if member["status"] == "active")
        if member_id not in blocked and any(one["state"] not in FAILED for one in numbers[member_id])
    }


def _resting(calls: Iterable[Row], at: datetime) -> set[UUID]:
    """Members nobody rings yet in any campaign, but for what was promised them."""
    return {
        _id(call["member_id"])
        for call in calls
        if call.get("rests_until") and _moment(call["rests_until"]) > at
    }


def _home(member: Row, numbers: Iterable[Row]) -> AbstractSet[Home]:
    """The numbers of a member, in their association, whatever was found out about them."""
    unit = _id(member["organisation_id"])
    return frozenset((unit, number["e164"]) for number in numbers)


def _change(row: Row) -> Change:
    return Change(
        call_id=_id(row["call_id"]),
        member_id=_id(row["member_id"]),
        caller_id=_id(row["caller_id"]),
        is_open=bool(row["is_open"]),
        taken_at=_moment(row["taken_at"]),
        lease_until=_moment(row["lease_until"]),
    )


def _call(row: Row) -> StoredCall:
    again = row["also_told"]
    return StoredCall(
        id=_id(row["id"]),
        target_id=_id(row["target_id"]),
        outcome=row["outcome"],
        is_open=row["outcome"] is None and row["given_back_at"] is None,
        applied=row["outcome"] is not None and row["given_back_at"] is None,
        reported_at=_moment(row["reported_at"]) if row["reported_at"] else None,
        told_again=0 if again in ("[]", [], None) else 1,
        taken_at=_moment(row["taken_at"]),
        lease_until=_moment(row["lease_until"]),
    )


def _place(
    row: Row, campaigns: Mapping[UUID, UUID], callable_now: AbstractSet[UUID], resting: AbstractSet[UUID]
) -> Place:
    member_id = _id(row["member_id"])
    promised = row["turn"] <= 0 if "turn" in row else bool(row["promised"])
    return Place(
        id=_id(row["id"]),
        campaign_id=campaigns[_id(row["assignment_id"])],
        member_id=member_id,
        state=row["state"],
        tries=row["tries"],
        due_at=_moment(row["due_at"]) if row["due_at"] else None,
        may_be_rung=member_id in callable_now and (promised or member_id not in resting),
    )


def _id(value: object) -> UUID:
    """SQLite keeps ids as text."""
    return value if isinstance(value, UUID) else UUID(str(value))


def _moment(value: object) -> datetime:
    """SQLite keeps moments as text, in UTC."""
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
