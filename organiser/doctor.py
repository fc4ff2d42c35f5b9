"""``ringlista doctor``: what is right and what is wrong with an installation, a line each, in plain words."""

from collections.abc import Callable, Iterable

import click
from flask import Flask

from organiser.app import build_app
from organiser.checks import Finding, Verdict, database, place, surroundings
from organiser.config import BadSettings, Settings, read_settings

WIDTH = max(map(len, Verdict))


@click.command("doctor")
@click.pass_context
def doctor(context: click.Context) -> None:
    """Say what is wrong with this installation; exit 0 when nothing is, 1 otherwise. It changes nothing."""
    found = []
    for finding in examined(context.find_root().obj):
        click.echo(f"{finding.verdict.ljust(WIDTH)}  {finding.text}")
        found.append(finding.verdict)
    if Verdict.WRONG in found:
        context.exit(1)


def examined(app: Flask | Callable[[], Flask]) -> Iterable[Finding]:
    """Every finding, in the order one would mend them; without good settings only what needs none."""
    try:
        settings: Settings = app.config["SETTINGS"] if isinstance(app, Flask) else read_settings()
    except BadSettings as refusal:
        for line in str(refusal).splitlines():
            yield Finding(Verdict.WRONG, f"{line}.")
        yield from surroundings.of_the_program()
        return
    yield Finding(Verdict.OK, "The settings can be read.")
    yield from place.of_settings(settings)
    yield from place.of_folder(settings.data_dir)
    yield from database.of_database(app if isinstance(app, Flask) else build_app(settings))
    yield from surroundings.of_mail(settings)
    yield from surroundings.of_the_program()
