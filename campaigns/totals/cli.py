"""``ringlista recount``: hold the kept totals against a recount, and mend them where they differ."""

import click

from campaigns.totals.filling import settle_everybody
from campaigns.totals.models import COUNTS
from campaigns.totals.recounting import Difference, differences
from campaigns.totals.services import today_of
from organiser.core.database import db
from organiser.core.tenancy import inside
from organiser.orgs.queries import root, tenants
from organiser.web.command import in_app
from organiser.web.frame import in_one_transaction


@click.command("recount")
@click.option("--mend", is_flag=True, help="Count everybody anew where they differ.")
@click.pass_context
def recount(context: click.Context, mend: bool) -> None:  # noqa: FBT001  # click hands over every option by name
    """Count all members straight from what happened, and say where the kept totals differ: exit 1 then.

    They are kept in the same transaction as what they count, so they never should; the more has happened, the
    longer this takes. Calls may go on meanwhile, and one that is told just now may look like a difference.
    """
    wrong = checked(mend=mend)
    if wrong and not mend:
        context.exit(1)


@in_app
def checked(*, mend: bool) -> int:
    """How many units differed."""
    wrong = 0
    for tenant in db.session.scalars(tenants()).all():
        with inside(tenant.id):
            found = in_one_transaction(_differences)
            if found and mend:
                in_one_transaction(lambda: settle_everybody(db.session()))
        wrong += len(found)
        for line in map(told, found):
            click.echo(line)
    click.echo(_sentence(wrong, mend=mend))
    return wrong


def _differences() -> list[Difference]:
    top = db.session.scalars(root()).one()
    return list(differences(top, today_of(db.session())))


def told(one: Difference) -> str:
    """dalarna-falun: contacted 12, should be 13."""
    wrong = [name for name in COUNTS if one.kept[name] != one.found[name]]
    return f"{one.slug}: " + ", ".join(
        f"{name} {one.kept[name]}, should be {one.found[name]}" for name in wrong
    )


def _sentence(wrong: int, *, mend: bool) -> str:
    if not wrong:
        return "The kept totals agree with a recount."
    units = "1 unit" if wrong == 1 else f"{wrong} units"
    done = "Everybody has been counted anew." if mend else "Run it again with --mend to count everybody anew."
    return f"The kept totals of {units} differ from a recount. {done}"
