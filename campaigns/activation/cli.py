"""``ringlista stats``: how far a unit has come, for a terminal or a program."""

from datetime import datetime

import click

from campaigns.activation.report import as_json, as_words
from campaigns.activation.stats import figures_of
from organiser.core import clock
from organiser.orgs.cli import entered, organisation_option, tenant_option
from organiser.web.command import in_app


@click.command("stats")
@organisation_option
@tenant_option
@click.option("--json", "wants_json", is_flag=True, help="Say it as one line of JSON, the last.")
@click.option(
    "--known-on",
    metavar="DATE",
    type=click.DateTime(["%Y-%m-%d"]),
    help="As it was known at the end of that earlier day, 2024-03-01.",
)
@in_app
def stats(organisation: str, tenant: str | None, wants_json: bool, known_on: datetime | None) -> None:  # noqa: FBT001  # click hands over every option by name
    """Count how many members of a unit, and of each association below it, have come to what.

    The same numbers as on the district's page; no member is named.
    """
    with entered(organisation, tenant) as unit:
        figures = figures_of(unit, clock.now(), known_on.date() if known_on else None)
        for line in (as_json(figures),) if wants_json else as_words(figures):
            click.echo(line)
