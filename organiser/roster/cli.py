"""``ringlista import``: a member list read in from the command line, or only looked at."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import click

from organiser.core import clock
from organiser.core.database import db
from organiser.core.text import fold_heading
from organiser.orgs.cli import entered, organisation_option, tenant_option
from organiser.roster.reading import LEAVE_OUT, ReadList, read_list
from organiser.roster.report import as_json, as_words
from organiser.roster.services import Outcome, plan_list, read_in
from organiser.roster.sheets import Unreadable
from organiser.web.command import Refused, in_app
from organiser.web.filters import zone
from organiser.web.frame import in_one_transaction


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@organisation_option
@tenant_option
@click.option("--dry-run", is_flag=True, help="Say what would happen and write nothing.")
@click.option("--json", "wants_json", is_flag=True, help="Say it as one line of JSON, the last.")
@click.option(
    "--leave-out", metavar="HEADING", multiple=True, help="Do not keep this column; may be given again."
)
@in_app
def import_list(
    file: Path,
    organisation: str,
    tenant: str | None,
    dry_run: bool,  # noqa: FBT001  # click hands over every option by name
    wants_json: bool,  # noqa: FBT001
    leave_out: tuple[str, ...],
) -> None:
    """Read the member list FILE (CSV, text or .xlsx) in for a unit and those below it, all of it or nothing.

    Columns without a field are kept beside the member, unless left out. Nobody is removed for not standing
    in the file. The same file twice changes nothing.
    """
    content = _content(file)
    with _looking(), entered(organisation, tenant):
        today = clock.now().astimezone(zone()).date()
    read = _read(content, file.name, today, leave_out)

    def work() -> Outcome:
        with entered(organisation, tenant) as unit:
            return plan_list(read, unit) if dry_run else read_in(read, unit, file.name, clock.now())

    if dry_run:
        with _looking():
            done = work()
    else:
        done = in_one_transaction(work)
    for line in (as_json(done),) if wants_json else as_words(done):
        click.echo(line)


@contextmanager
def _looking() -> Iterator[None]:
    """A session that takes no lock and cannot write."""
    db.session.info["reading"] = True
    try:
        yield
    finally:
        db.session.remove()


def _content(file: Path) -> bytes:
    if not file.exists():
        raise Refused(f"There is no file called {file}.")
    try:
        return file.read_bytes()
    except OSError as error:
        raise Refused(f"The file {file} cannot be opened: {error.strerror}.") from None


def _read(content: bytes, name: str, today: date, leave_out: Collection[str]) -> ReadList:
    choices = {fold_heading(heading): LEAVE_OUT for heading in leave_out}
    try:
        read = read_list(content, name, today, choices=choices)
    except Unreadable as fault:
        raise Refused(f"Nothing was imported. {fault.sentence}") from None
    known = {fold_heading(label) for label in read.labels.values()}
    for heading in leave_out:
        if fold_heading(heading) not in known:
            raise Refused(f"The file has no column called {heading}.")
    return read
