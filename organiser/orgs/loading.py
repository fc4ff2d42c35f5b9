"""Load a file of units into the tree: what is new is added, what differs is changed, the rest is left."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from organiser.config import Settings
from organiser.core.database import db
from organiser.core.tenancy import inside
from organiser.orgs import queries, services
from organiser.orgs.models import Organisation
from organiser.orgs.rows import Fault, NotAUnitFile, UnitRow, hold_together, parents_first


@dataclass(slots=True)
class Loaded:
    """How many units of each kind the file names, and what became of them."""

    kinds: Counter[str] = field(default_factory=Counter)
    added: int = 0
    changed: int = 0
    unchanged: int = 0


class WhoseUnits(ValueError):
    """It cannot be told which tenant the file belongs to; the words say what to add."""


def load_file(rows: Sequence[UnitRow], tenant: str | None, settings: Settings) -> Loaded:
    """Load the rows into the tenant they belong to, founded first where the file brings its top unit. Raises
    ``WhoseUnits`` or ``NotAUnitFile``; nothing is to be committed then.
    """
    tops = [row for row in rows if not row.parent]
    if tenant is not None and tops and tops[0].slug != tenant:
        raise WhoseUnits(f"The file's top unit is {tops[0].slug}, but --tenant says {tenant}.")
    slug = tenant or (tops[0].slug if tops else _only_tenant())
    found = db.session.scalar(queries.tenant_called(slug))
    if found is not None:
        with inside(found.id):
            return load_units(rows)
    if not tops:
        raise WhoseUnits(f"There is no tenant called {slug}.")
    return _found(rows, tops[0], settings)


def _only_tenant() -> str:
    slugs = [tenant.slug for tenant in db.session.scalars(queries.tenants())]
    if len(slugs) == 1:
        return slugs[0]
    if not slugs:
        raise WhoseUnits("The file has no unit without a parent, and there is no tenant to put its units in.")
    raise WhoseUnits(f"The file has no unit without a parent; add --tenant with one of {', '.join(slugs)}.")


def _found(rows: Sequence[UnitRow], top: UnitRow, settings: Settings) -> Loaded:
    unit = services.found_tenant(
        top.slug,
        top.name,
        top.kind,
        code=top.code,
        time_zone=settings.time_zone,
        language=settings.language,
    )
    with inside(unit.tenant_id):
        done = load_units(rows)
    done.added, done.unchanged = done.added + 1, done.unchanged - 1
    return done


def load_units(rows: Sequence[UnitRow]) -> Loaded:
    """Make our tenant's tree hold every row; units the file does not name stay.

    Raises ``NotAUnitFile``, before anything is written, where file and tree do not make one tree together.
    """
    units = {unit.slug: unit for unit in db.session.scalars(select(Organisation))}
    slugs = {unit.id: unit.slug for unit in units.values()}
    above = {slug: slugs[unit.parent_id] if unit.parent_id else "" for slug, unit in units.items()}
    hold_together(rows, above)
    _refuse_closed(rows, units, above)
    done = Loaded(kinds=Counter(row.kind for row in rows))
    for row in parents_first(rows):
        unit = units.get(row.slug)
        if unit is None:
            parent = units[row.parent]
            units[row.slug] = services.add_unit(parent, row.name, row.kind, slug=row.slug, code=row.code)
            done.added += 1
        elif _change(unit, row, units.get(row.parent), moved=above[row.slug] != row.parent):
            done.changed += 1
        else:
            done.unchanged += 1
    return done


def _refuse_closed(rows: Sequence[UnitRow], units: dict[str, Organisation], above: dict[str, str]) -> None:
    faults = [
        Fault(row.line, f"{row.parent} is closed; open it again before {row.slug} is put under it")
        for row in rows
        if above.get(row.slug) != row.parent and row.parent in units and not units[row.parent].is_open
    ]
    if faults:
        raise NotAUnitFile(faults)


def _change(unit: Organisation, row: UnitRow, parent: Organisation | None, *, moved: bool) -> bool:
    differs = (unit.name, unit.code, unit.kind) != (row.name, row.code, row.kind)
    if differs:
        services.rename(unit, row.name, row.code, row.kind)
    if moved and parent is not None:
        services.move(unit, parent)
    return differs or moved
