"""How far we have come: the page a board reads in thirty seconds, and its table as a file."""

from collections.abc import Callable, Sequence
from uuid import UUID

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from campaigns.activation import board, columns, ledger
from campaigns.activation.figures import Figures
from campaigns.activation.queries import units_to_choose
from campaigns.activation.reader import reader_of
from campaigns.goals.words import definitions as all_definitions
from campaigns.queue.place_words import ledger_rows
from organiser.accounts.current import current_account
from organiser.accounts.guard import requires, signed_in
from organiser.accounts.permissions import Permission
from organiser.core import clock
from organiser.core.database import db
from organiser.orgs.models import Organisation

blueprint = Blueprint("activation", __name__)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/district")
@requires(Permission.SEE_NUMBERS)
def index() -> ResponseReturnValue:
    """The highest unit whose numbers one may see."""
    units = db.session.scalars(units_to_choose(current_account())).all()
    unit = next((each for each in units if each.closed_at is None), None)
    return _page(unit or abort(404), units)


@blueprint.get("/district/<uuid:unit_id>")
@requires(Permission.SEE_NUMBERS)
def show(unit_id: UUID) -> ResponseReturnValue:
    """One unit, and the associations below it."""
    return _page(*_unit(unit_id))


@blueprint.get("/district/<uuid:unit_id>/table.csv")
@requires(Permission.SEE_NUMBERS)
def table(unit_id: UUID) -> ResponseReturnValue:
    """The same table, to open in a spreadsheet."""
    return _file(unit_id, "csv", "text/csv", columns.as_csv)


@blueprint.get("/district/<uuid:unit_id>/table.xlsx")
@requires(Permission.SEE_NUMBERS)
def workbook(unit_id: UUID) -> ResponseReturnValue:
    """The same table as a workbook, its numbers as numbers."""
    return _file(unit_id, "xlsx", XLSX, columns.as_xlsx)


@blueprint.get("/district/<uuid:unit_id>/ledger")
@requires(Permission.SEE_NUMBERS)
def show_ledger(unit_id: UUID) -> ResponseReturnValue:
    """Where everybody on the lists of a campaign stands, association by association."""
    unit, units = _unit(unit_id)
    lists = db.session.scalars(ledger.lists_below(unit.id)).all()
    campaigns = ledger.campaigns_of(lists)
    asked = request.args.get("campaign", "")
    chosen = next((one for one in campaigns if str(one.id) == asked), campaigns[0] if campaigns else None)
    theirs = [one for one in lists if chosen is not None and one.campaign_id == chosen.id]
    at = clock.now()
    standings = ledger.standings(theirs, at, exact=reader_of(unit, at, units).sees_members)
    return render_template(
        "activation/ledger.html",
        unit=unit,
        at=at,
        campaign=chosen,
        campaigns=campaigns,
        standings=standings,
        rows=ledger_rows(standings.whole),
    )


@blueprint.get("/definitions")
@signed_in
def definitions() -> ResponseReturnValue:
    """What every number means, one definition each."""
    return render_template("activation/definitions.html", definitions=all_definitions())


def _unit(unit_id: UUID) -> tuple[Organisation, Sequence[Organisation]]:
    """The unit asked for, and those its reader may look at: one question, 404 where they may not."""
    units = db.session.scalars(units_to_choose(current_account(), unit_id)).all()
    return next((unit for unit in units if unit.id == unit_id), None) or abort(404), units


def _file(unit_id: UUID, ending: str, kind: str, write: Callable[[Figures], bytes]) -> Response:
    unit, units = _unit(unit_id)
    reader = reader_of(unit, clock.now(), units)
    figures = board.figures_for(unit, reader, board.asked_now(reader))
    name = f"{unit.slug}-{figures.on.isoformat()}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(write(figures), mimetype=kind, headers=headers)


def _page(unit: Organisation, units: Sequence[Organisation]) -> ResponseReturnValue:
    shown = board.board(unit, units, reader_of(unit, clock.now(), units))
    peopled = shown["figures"].totals.members
    return render_template("activation/district.html" if peopled else "activation/empty.html", **shown)
