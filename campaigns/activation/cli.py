"""``ringlista stats``: how far a unit has come, for a terminal or a program."""

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
@in_app
def stats(organisation: str, tenant: str | None, wants_json: bool) -> None:  # noqa: FBT001  # click hands over every option by name
    """Count how many members of a unit, and of each association below it, are contacted.

    The same numbers as on the district's page; no member is named.
    """
    with entered(organisation, tenant) as unit:
        figures = figures_of(unit, clock.now())
        for line in (as_json(figures),) if wants_json else as_words(figures):
            click.echo(line)
