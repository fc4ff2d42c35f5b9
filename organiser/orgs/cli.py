"""``ringlista org load``, and how every other command is told which unit it is about."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click
from flask import current_app

from organiser.core.database import db
from organiser.core.tenancy import inside
from organiser.orgs import queries
from organiser.orgs.kinds import OrgKind
from organiser.orgs.loading import Loaded, WhoseUnits, load_file
from organiser.orgs.models import Organisation
from organiser.orgs.rows import NotAUnitFile, read_units
from organiser.orgs.setting import know_tenant
from organiser.web.command import Refused, in_app_writing

Command = TypeVar("Command", bound=Callable[..., Any])
PLURALS = {
    OrgKind.PARTY: ("party", "parties"),
    OrgKind.DISTRICT: ("district", "districts"),
    OrgKind.ASSOCIATION: ("association", "associations"),
}
TENANT_HELP = "The tenant's slug; needed where several tenants have a unit of that name."


def tenant_option(command: Command) -> Command:
    """``--tenant SLUG``, given to the command as ``tenant``."""
    return click.option("--tenant", metavar="SLUG", help=TENANT_HELP)(command)


def organisation_option(command: Command) -> Command:
    """``--organisation SLUG``, demanded, given to the command as ``organisation``."""
    option = click.option("--organisation", metavar="SLUG", required=True, help="The unit's slug.")
    return option(command)


@contextmanager
def entered(slug: str, tenant: str | None = None) -> Iterator[Organisation]:
    """The unit with this slug, its tenant entered meanwhile; ``Refused`` where there is none, or several."""
    unit = _one(slug, tenant)
    with inside(unit.tenant_id):
        know_tenant()
        yield unit


def _one(slug: str, tenant: str | None) -> Organisation:
    slugs = {known.id: known.slug for known in db.session.scalars(queries.tenants())}
    if tenant is not None and tenant not in slugs.values():
        raise Refused(f"There is no tenant called {tenant}.")
    units = [
        unit
        for unit in db.session.scalars(queries.everywhere_called(slug))
        if tenant in {None, slugs[unit.tenant_id]}
    ]
    if not units:
        raise Refused(f"There is no organisation called {slug}.")
    if len(units) > 1:
        names = ", ".join(sorted(slugs[unit.tenant_id] for unit in units))
        raise Refused(
            f"Several tenants have an organisation called {slug}; add --tenant with one of {names}."
        )
    return units[0]


@click.group("org")
def org_cli() -> None:
    """The tree of organisations."""


@org_cli.command("load")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@tenant_option
@in_app_writing
def load(file: Path, tenant: str | None) -> None:
    """Load the units of FILE, a CSV with the columns slug, name, kind, parent and code.

    The unit without a parent is the top of a tenant, which is founded where it is new. Loading the same file
    again changes nothing; units the file does not name stay as they are.
    """
    try:
        done = load_file(read_units(file.read_bytes()), tenant, current_app.config["SETTINGS"])
    except (NotAUnitFile, WhoseUnits) as fault:
        raise Refused(f"Nothing was loaded. {fault}") from None
    click.echo(told(done))


def told(done: Loaded) -> str:
    """One line: "1 party, 2 districts, 22 associations: 25 added, 0 changed, 0 unchanged"."""
    kinds = [
        f"{done.kinds[kind]} {PLURALS[kind][done.kinds[kind] != 1]}" for kind in OrgKind if done.kinds[kind]
    ]
    what = ", ".join(kinds) or "No units"
    return f"{what}: {done.added} added, {done.changed} changed, {done.unchanged} unchanged"
