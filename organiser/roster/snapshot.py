"""The register at one moment, read as columns: quick, and everything the import must know of it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select

from organiser.core.database import db
from organiser.members.kinds import BlockScope, Source
from organiser.orgs.kinds import OrgKind
from organiser.orgs.models import Organisation
from organiser.orgs.queries import below
from organiser.roster import queries
from organiser.roster.known import Id, Known, KnownPhone
from organiser.roster.places import Associations, Place

SCOPES: Mapping[str, BlockScope] = {"do_not_call": BlockScope.CALLS, "do_not_email": BlockScope.EMAIL}
"""The field of a list, and the block it sets and lifts."""

_FIELDS = {scope: field for field, scope in SCOPES.items()}


@dataclass(frozen=True, slots=True)
class Snapshot:
    """``members`` of the whole tenant (those outside the unit with no more than their number), by id;
    ``phones`` and ``blocks`` the rows behind those in the unit.
    """

    members: Mapping[Id, Known]
    phones: Mapping[tuple[Id, str], Row[Any]]
    blocks: Mapping[tuple[Id, str], UUID]
    associations: Associations[UUID]


def take_snapshot(unit: Organisation) -> Snapshot:
    """The register as the import of a list into ``unit`` must know it."""
    phones = {(one.member_id, one.e164): one for one in db.session.execute(queries.phones_of(unit.id))}
    blocks = db.session.execute(queries.standing_blocks_of(unit.id)).all()
    members = _in_unit(unit.id, _phones(phones), _standing(blocks))
    for id, number, home in db.session.execute(queries.numbers_beside(unit.id)):
        members[id] = Known(id, number, home, {}, in_scope=False)
    ours = {(one.member_id, _FIELDS[one.scope]): one.id for one in blocks if one.scope in _FIELDS}
    return Snapshot(members, phones, ours, _associations(unit))


def _in_unit(
    unit_id: UUID, phones: Mapping[UUID, list[KnownPhone]], blocks: Mapping[UUID, dict[str, bool]]
) -> dict[Id, Known]:
    members: dict[Id, Known] = {}
    for id, number, home, extra, status, *values in db.session.execute(queries.members_of(unit_id)):
        members[id] = Known(
            id,
            number,
            home,
            {**dict(zip(queries.PLAIN, values, strict=True)), "member_status": status},
            tuple(phones.get(id, ())),
            blocks.get(id, {}),
            extra,
            left=status.is_over,
        )
    return members


def _phones(rows: Mapping[tuple[UUID, str], Row[Any]]) -> Mapping[UUID, list[KnownPhone]]:
    phones: dict[UUID, list[KnownPhone]] = defaultdict(list)
    for (member_id, e164), row in rows.items():
        phones[member_id].append(KnownPhone(e164, row.kind.value, row.source is Source.FILE))
    return phones


def _standing(rows: Any) -> Mapping[UUID, dict[str, bool]]:
    blocks: dict[UUID, dict[str, bool]] = defaultdict(dict)
    for row in rows:
        if row.scope in _FIELDS:
            blocks[row.member_id][_FIELDS[row.scope]] = row.source is not Source.FILE
    return blocks


def _associations(unit: Organisation) -> Associations[UUID]:
    """The open associations in the unit; the names of units over them may stand beside."""
    units = db.session.scalars(below(unit.id)).all()
    places = [
        Place(one.id, one.name, one.code, one.slug)
        for one in units
        if one.kind is OrgKind.ASSOCIATION and one.is_open
    ]
    lineage = [UUID(hex=part) for part in unit.path.strip("/").split("/")]
    over = db.session.scalars(select(Organisation).where(Organisation.id.in_(lineage)))
    above = {one.name for one in (*units, *over) if one.kind is not OrgKind.ASSOCIATION}
    return Associations(places, sorted(above))
