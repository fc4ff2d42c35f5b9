"""How far we have come: the page a board reads in thirty seconds, and its table as a file."""

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, Response, abort, render_template
from flask.typing import ResponseReturnValue

from campaigns.activation import sentence, words
from campaigns.activation.columns import as_csv, name_of
from campaigns.activation.figures import Figures
from campaigns.activation.need_words import need
from campaigns.activation.needs import needs_of
from campaigns.activation.queries import units_to_choose
from campaigns.activation.sorting import columns, sorted_rows
from campaigns.activation.stats import figures_of
from campaigns.goals.words import COURSES, DEFINITIONS
from organiser.accounts.current import current_account
from organiser.accounts.guard import requires
from organiser.accounts.permissions import Permission
from organiser.accounts.queries import standings, units_open_to
from organiser.core import clock
from organiser.core.database import db
from organiser.orgs.models import Organisation

blueprint = Blueprint("activation", __name__)


@blueprint.get("/district")
@requires(Permission.SEE_NUMBERS)
def index() -> ResponseReturnValue:
    """The highest unit whose numbers one may see."""
    places = _places()
    return _page(places[0], places) if places else abort(404)


@blueprint.get("/district/<uuid:unit_id>")
@requires(Permission.SEE_NUMBERS)
def show(unit_id: UUID) -> ResponseReturnValue:
    """One unit, and the associations below it."""
    return _page(_unit(unit_id), _places())


@blueprint.get("/district/<uuid:unit_id>/table.csv")
@requires(Permission.SEE_NUMBERS)
def table(unit_id: UUID) -> ResponseReturnValue:
    """The same table, to open in a spreadsheet."""
    unit = _unit(unit_id)
    figures = _figures(unit, _permissions(unit))
    name = f"{unit.slug}-{figures.progress.today.isoformat()}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(as_csv(figures), mimetype="text/csv", headers=headers)


def _unit(unit_id: UUID) -> Organisation:
    ours = units_open_to(current_account(), Permission.SEE_NUMBERS)
    unit: Organisation = db.one_or_404(ours.where(Organisation.id == unit_id))
    return unit


def _places() -> Sequence[Organisation]:
    return db.session.scalars(units_to_choose(current_account())).all()


def _permissions(unit: Organisation) -> frozenset[Permission]:
    """What the reader may do in ``unit``."""
    held = db.session.execute(standings(current_account()))
    return frozenset().union(*(role.permissions for _, path, role in held if unit.path.startswith(path)))


def _figures(unit: Organisation, may: frozenset[Permission]) -> Figures:
    figures = figures_of(unit, clock.now())
    return figures if Permission.SEE_MEMBERS in may else figures.for_those_who_see_no_members()


def _page(unit: Organisation, places: Sequence[Organisation]) -> ResponseReturnValue:
    may = _permissions(unit)
    figures = _figures(unit, may)
    above = [place for place in places if place.id != unit.id and unit.path.startswith(place.path)]
    return render_template(
        "activation/district.html" if figures.totals.members else "activation/empty.html",
        figures=figures,
        unit=unit,
        places=places,
        above=above[-1] if above else None,
        rows=sorted_rows(figures.rows),
        columns=columns(unit.id),
        needs=[need(missing) for missing in needs_of(figures.rows)],
        course=COURSES[figures.course],
        definitions=DEFINITIONS,
        sentence=sentence,
        words=words,
        name_of=name_of,
        may_plan=Permission.PLAN_CALLS in may,
        may_import=Permission.IMPORT_MEMBERS in may,
    )
