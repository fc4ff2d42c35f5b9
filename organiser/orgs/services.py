"""Grow and mend the tree: found, add, rename, move, close, reopen. Everything here only flushes."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import func, select, update

from organiser.audit.models import Deed
from organiser.audit.services import record
from organiser.core.database import db
from organiser.core.ids import uuid7
from organiser.core.tenancy import here, inside
from organiser.core.text import sort_key
from organiser.orgs import queries
from organiser.orgs.kinds import OrgKind
from organiser.orgs.models import Organisation, Tenant
from organiser.orgs.slugs import slug_of


class Obstacle(StrEnum):
    """Why the tree cannot be changed as asked."""

    UNDER_ITSELF = "under_itself"
    TOP_STAYS = "top_stays"
    OPEN_BELOW = "open_below"
    CLOSED_ABOVE = "closed_above"
    SLUG_TAKEN = "slug_taken"


class InTheWay(ValueError):
    """The tree stays as it was; ``obstacle`` says why."""

    def __init__(self, obstacle: Obstacle) -> None:
        super().__init__(obstacle.value)
        self.obstacle = obstacle


def found_tenant(
    slug: str, name: str, kind: OrgKind = OrgKind.PARTY, *, code: str = "", time_zone: str, language: str
) -> Organisation:
    """A new root organisation with nothing of the others' in it; gives its top unit.

    The tenant is not entered: do that with ``inside(root.tenant_id)``. Raises ``InTheWay`` where another
    tenant has the slug.
    """
    if db.session.scalar(select(Tenant.id).where(Tenant.slug == slug)) is not None:
        raise InTheWay(Obstacle.SLUG_TAKEN)
    tenant = Tenant(slug=slug, time_zone=time_zone, language=language, words={})
    db.session.add(tenant)
    db.session.flush()
    with inside(tenant.id):
        return _plant(None, slug, name, kind, code)


def add_unit(
    parent: Organisation, name: str, kind: OrgKind, *, slug: str | None = None, code: str = ""
) -> Organisation:
    """A new unit under ``parent``; its slug is made of the names where none is given. Raises ``InTheWay``
    where the parent is closed or the slug taken.
    """
    _hold_tree()
    if not parent.is_open:
        raise InTheWay(Obstacle.CLOSED_ABOVE)
    if slug is not None and db.session.scalar(queries.organisation_called(slug)) is not None:
        raise InTheWay(Obstacle.SLUG_TAKEN)
    return _plant(
        parent, slug or _free_slug(slug_of(name, parent.slug if parent.parent_id else "")), name, kind, code
    )


def rename(unit: Organisation, name: str, code: str, kind: OrgKind | None = None) -> None:
    """Another name, code or kind for the same unit."""
    unit.name, unit.code, unit.sort_key = name, code, sort_key(name)
    unit.kind = kind or unit.kind
    db.session.flush()


def move(unit: Organisation, parent: Organisation) -> None:
    """Put a unit and all below it under another. Raises ``InTheWay`` where that is itself or below itself,
    where it is closed and the unit is not, and for the unit at the top.
    """
    _hold_tree()
    db.session.refresh(parent)
    db.session.refresh(unit, ["path", "parent_id"])
    if unit.parent_id is None:
        raise InTheWay(Obstacle.TOP_STAYS)
    if parent.path.startswith(unit.path):
        raise InTheWay(Obstacle.UNDER_ITSELF)
    if unit.is_open and not parent.is_open:
        raise InTheWay(Obstacle.CLOSED_ABOVE)
    if unit.parent_id == parent.id:
        return
    old, new = unit.path, f"{parent.path}{unit.id.hex}/"
    unit.parent_id, unit.path = parent.id, new
    db.session.flush()
    below = Organisation.path.startswith(old) & (Organisation.id != unit.id)
    moved = update(Organisation).where(below).values(path=new + func.substr(Organisation.path, len(old) + 1))
    db.session.execute(moved, execution_options={"synchronize_session": "fetch"})


def close(unit: Organisation, at: datetime) -> None:
    """Take a unit out of use: it keeps its members and gets no new ones, and no new call assignments. Raises
    ``InTheWay`` while a unit below is open.
    """
    _hold_tree()
    below = queries.below(unit.id).where(Organisation.id != unit.id, Organisation.closed_at.is_(None))
    if db.session.scalar(below.limit(1)) is not None:
        raise InTheWay(Obstacle.OPEN_BELOW)
    unit.closed_at = unit.closed_at or at
    db.session.flush()


def reopen(unit: Organisation) -> None:
    """Take a closed unit into use again. Raises ``InTheWay`` while the unit above is closed."""
    _hold_tree()
    if unit.parent is not None and not unit.parent.is_open:
        raise InTheWay(Obstacle.CLOSED_ABOVE)
    unit.closed_at = None
    db.session.flush()


def set_shared(
    tenant: Tenant, top: Organisation, *, time_zone: str, language: str, words: dict[str, str]
) -> None:
    """What all units of a tenant share; logged under its top unit, since a tenant stands above the logs."""
    values = {"time_zone": time_zone, "language": language, "words": words}
    changes = {
        name: [getattr(tenant, name), value]
        for name, value in values.items()
        if getattr(tenant, name) != value
    }
    for name in changes:
        setattr(tenant, name, values[name])
    db.session.flush()
    if changes:
        record("tenant", top.id, Deed.CHANGED, changes)


def _plant(parent: Organisation | None, slug: str, name: str, kind: OrgKind, code: str) -> Organisation:
    unit_id: UUID = uuid7()
    unit = Organisation(
        id=unit_id,
        tenant_id=here(),
        parent_id=parent.id if parent else None,
        slug=slug,
        name=name,
        kind=kind,
        code=code,
        path=f"{parent.path if parent else '/'}{unit_id.hex}/",
        sort_key=sort_key(name),
    )
    db.session.add(unit)
    db.session.flush()
    return unit


def _hold_tree() -> None:
    """One change of a tenant's tree at a time, so that two of them cannot make a circle together."""
    db.session.scalar(select(Tenant.id).where(Tenant.id == here()).with_for_update())


def _free_slug(base: str) -> str:
    taken = set(db.session.scalars(select(Organisation.slug).where(Organisation.slug.startswith(base))))
    number = 1
    while (slug := base if number == 1 else f"{base}-{number}") in taken:
        number += 1
    return slug
