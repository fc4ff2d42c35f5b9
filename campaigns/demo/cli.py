"""``ringlista demo``: two districts of invented people to look round in, served on this computer."""

import shutil
import webbrowser
from pathlib import Path

import click
from flask import Flask

from campaigns.app import create_app
from campaigns.demo.making import ROOT, make_demo
from campaigns.demo.on_duty import keep_caller_on_duty
from organiser.accounts.demo import demo_address
from organiser.accounts.permissions import Role
from organiser.config import BadSettings, Settings, default_data_dir, read_settings
from organiser.core import clock
from organiser.core.database import db
from organiser.core.tenancy import inside
from organiser.orgs.queries import tenant_called
from organiser.serving import DEFAULT_HOST, DEFAULT_PORT, DEFAULT_THREADS, Server, start_line
from organiser.web.command import Refused, bring_up_to_date
from organiser.web.frame import in_one_transaction

MADE = "demo-is-made"


@click.command()
@click.option("--fresh", is_flag=True, help="Throw the demo away and make it anew.")
@click.option("--port", default=DEFAULT_PORT, show_default=True, help="The port on this computer.")
@click.option("--open/--no-open", "opens", default=False, help="Open it in the browser.")
@click.option("--prepare-only", is_flag=True, help="Make it and stop; nothing is served.")
def demo(*, fresh: bool, port: int, opens: bool, prepare_only: bool) -> None:
    """Show Ringlista with some 1,900 invented members, in a directory of its own."""
    folder = default_data_dir().parent / "ringlista-demo"
    if fresh:
        _throw_away(folder)
    settings = _settings(folder, port)
    app = create_app(settings)
    with app.app_context():
        bring_up_to_date(app)
        _prepare(folder)
    _tell_ways_in(app, folder)
    if prepare_only:
        return
    if opens:
        webbrowser.open(f"{settings.public_url}/demo/")
    click.echo(start_line(settings, DEFAULT_HOST, port))
    Server(app, DEFAULT_HOST, port, DEFAULT_THREADS).run()


def _settings(folder: Path, port: int) -> Settings:
    """The demo's own, whatever the installation beside it says: a file of its own, on this computer only."""
    try:
        return read_settings(
            data_dir=folder,
            database_url=None,
            mail_url=None,
            public_url=f"http://{DEFAULT_HOST}:{port}",
            second_step=False,
            demo=True,
        )
    except BadSettings as error:
        raise Refused(str(error)) from None


def _throw_away(folder: Path) -> None:
    """Only what the demo made itself."""
    if folder.exists() and any(folder.iterdir()) and not (folder / "ringlista.db").exists():
        raise Refused(f"{folder} is not a demo of Ringlista; nothing was removed.")
    shutil.rmtree(folder, ignore_errors=True)


def _prepare(folder: Path) -> None:
    """Make the demo, once; one that was interrupted begins again. Its caller is on duty in any case."""
    marker = folder / MADE
    if not marker.exists():
        _refuse_half_made(folder)
        make_demo(folder, clock.now().date(), click.echo)
        marker.touch()
    tenant = db.session.scalars(tenant_called(ROOT)).one()
    with inside(tenant.id):
        in_one_transaction(lambda: keep_caller_on_duty(clock.now()))
    db.session.remove()


def _refuse_half_made(folder: Path) -> None:
    if db.session.scalar(tenant_called(ROOT)) is not None:
        raise Refused(f"The demo in {folder} is not whole. Make it anew with: ringlista demo --fresh")


def _tell_ways_in(app: Flask, folder: Path) -> None:
    address = app.config["SETTINGS"].public_url
    click.echo(f"\nThe demo lies in {folder}. Its member lists are there too, to read in yourself.")
    click.echo("Everybody in it is invented. Sign in as:")
    for role in Role:
        click.echo(f"  {role.value:14}{demo_address(address, role)}")
