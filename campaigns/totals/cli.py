"""``ringlista recount``: hold what is kept (totals, counts of lists) against a recount, and mend it."""

import click

from campaigns.queue.recounting import ListDifference, list_differences, mend_lists
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
@click.option("--mend", is_flag=True, help="Count anew what differs.")
@click.pass_context
def recount(context: click.Context, mend: bool) -> None:  # noqa: FBT001  # click hands over every option by name
    """Count all members straight from what happened, and everybody on the call lists, and say where the kept
    totals and the lists' own counts differ: exit 1 then.

    They are kept in the same transaction as what they count, so they never should; the more has happened, the
    longer this takes. Calls may go on meanwhile, and one that is told just now may look like a difference.
    """
    wrong = checked(mend=mend)
    if wrong and not mend:
        context.exit(1)


@in_app
def checked(*, mend: bool) -> int:
    """How many units and lists differed."""
    units = lists = 0
    for tenant in db.session.scalars(tenants()).all():
        with inside(tenant.id):
            wrong_units, wrong_lists = in_one_transaction(_differences), in_one_transaction(list_differences)
            if wrong_units and mend:
                in_one_transaction(lambda: settle_everybody(db.session()))
            if wrong_lists and mend:
                in_one_transaction(mend_lists)
        units, lists = units + len(wrong_units), lists + len(wrong_lists)
        for line in (*map(told, wrong_units), *map(told_of_list, wrong_lists)):
            click.echo(line)
    click.echo(_sentence(units, lists, mend=mend))
    return units + lists


def _differences() -> list[Difference]:
    top = db.session.scalars(root()).one()
    return list(differences(top, today_of(db.session())))


def told(one: Difference) -> str:
    """dalarna-falun: contacted 12, should be 13."""
    wrong = [name for name in COUNTS if one.kept[name] != one.found[name]]
    return f"{one.slug}: " + ", ".join(
        f"{name} {one.kept[name]}, should be {one.found[name]}" for name in wrong
    )


def told_of_list(one: ListDifference) -> str:
    """dalarna-falun, Spring calls: 12 on the call list, should be 13."""
    (on_list, left), (all_there, all_left) = one.kept, one.found
    wrong = [f"{on_list} on the call list, should be {all_there}"] if on_list != all_there else []
    wrong += [f"{left} left to ring, should be {all_left}"] if left != all_left else []
    return f"{one.slug}, {one.title}: {'; '.join(wrong)}"


def _sentence(units: int, lists: int, *, mend: bool) -> str:
    if not units and not lists:
        return "The kept totals and the counts of the call lists agree with a recount."
    differ = [f"the kept totals of {_number(units, 'unit')}"] if units else []
    differ += [f"the counts of {_number(lists, 'call list')}"] if lists else []
    done = "They have been counted anew." if mend else "Run it again with --mend to count them anew."
    said = " and ".join(differ)
    return f"{said[0].upper()}{said[1:]} differ from a recount. {done}"


def _number(count: int, of: str) -> str:
    return f"{count} {of}" if count == 1 else f"{count} {of}s"
