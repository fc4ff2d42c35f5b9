"""The ``ringlista`` command: every feature's commands on one list."""

import click

from campaigns.activation.cli import stats
from campaigns.app import create_app
from campaigns.demo.cli import demo
from campaigns.surveys.cli import survey_cli
from campaigns.totals.cli import recount
from organiser import __version__
from organiser.accounts.cli import account_cli
from organiser.doctor import doctor
from organiser.orgs.cli import org_cli
from organiser.roster.cli import import_list
from organiser.serving import serve, upgrade


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="ringlista")
@click.pass_context
def cli(context: click.Context) -> None:
    """Ringlista: member lists in, call lists out, and how far we have come."""
    if context.obj is None:
        context.obj = create_app


cli.add_command(org_cli)
cli.add_command(import_list)
cli.add_command(account_cli)
cli.add_command(serve)
cli.add_command(upgrade)
cli.add_command(doctor)
cli.add_command(stats)
cli.add_command(recount)
cli.add_command(survey_cli)
cli.add_command(demo)


def main() -> None:
    """What the installed command runs."""
    cli(prog_name="ringlista")
