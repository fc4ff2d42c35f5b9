"""The tree one looks after: see it, add to it, rename, move, close and open again."""

from typing import Any
from uuid import UUID

from flask import abort, flash, render_template, url_for
from flask.typing import ResponseReturnValue

from organiser.accounts.current import current_account
from organiser.accounts.guard import requires
from organiser.accounts.permissions import Permission
from organiser.core import clock
from organiser.core.database import db
from organiser.core.i18n import _
from organiser.orgs import services
from organiser.orgs.choosing import unit_choices
from organiser.orgs.kinds import OrgKind
from organiser.orgs.models import Organisation
from organiser.units import queries
from organiser.units.blueprint import blueprint
from organiser.units.forms import MoveForm, UnitForm, is_outdated
from organiser.units.outline import outline
from organiser.units.words import OBSTACLES, level, members_counted
from organiser.web.frame import see_other

BELOW_THE_TOP = (OrgKind.ASSOCIATION, OrgKind.DISTRICT)


@blueprint.get("/")
@requires(Permission.MANAGE_UNITS)
def index() -> ResponseReturnValue:
    """All units in one's scope, as a tree."""
    units = db.session.scalars(queries.our_units(current_account())).all()
    sizes = {row[0]: row[1] for row in db.session.execute(queries.sizes())}

    def draw(unit: Organisation) -> dict[str, Any]:
        parts = [level(unit.kind), members_counted(sizes[unit.id]) if unit.id in sizes else ""]
        parts.append("" if unit.is_open else str(_("closed")))
        return {"text": unit.name, "url": _address(unit), "note": " · ".join(filter(None, parts))}

    top = db.session.scalar(queries.our_top(current_account()))
    return render_template("units/index.html", tree=outline(units, draw), top=top)


@blueprint.get("/<uuid:unit_id>")
@requires(Permission.MANAGE_UNITS)
def show(unit_id: UUID) -> ResponseReturnValue:
    """One unit: what it is, what stands below it, what can be done."""
    unit = _unit(unit_id)
    ours = queries.our_units(current_account())
    return render_template(
        "units/unit.html",
        unit=unit,
        above=db.session.scalar(ours.where(Organisation.id == unit.parent_id)),
        below=db.session.scalars(ours.where(Organisation.parent_id == unit.id)).all(),
        size=db.session.scalar(queries.size_with_all_below(unit)),
    )


@blueprint.route("/<uuid:unit_id>/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_UNITS)
def add(unit_id: UUID) -> ResponseReturnValue:
    """A new unit under this one."""
    parent = _unit(unit_id)
    kind = OrgKind.DISTRICT if parent.kind is OrgKind.PARTY else OrgKind.ASSOCIATION
    form = UnitForm(BELOW_THE_TOP, data={"kind": kind.value})
    if not form.validate_on_submit():
        return render_template("units/add.html", form=form, unit=parent), _status(form)
    try:
        unit = services.add_unit(parent, form.name.data, form.chosen_kind, code=form.code.data)
    except services.InTheWay as refusal:
        return _told(parent, OBSTACLES[refusal.obstacle], "error")
    return _told(unit, _("%(name)s is added.", name=unit.name))


@blueprint.route("/<uuid:unit_id>/edit", methods=["GET", "POST"])
@requires(Permission.MANAGE_UNITS)
def edit(unit_id: UUID) -> ResponseReturnValue:
    """Another name, kind or code."""
    unit = _unit(unit_id)
    form = UnitForm(tuple(OrgKind) if unit.parent_id is None else BELOW_THE_TOP, obj=unit)
    if not form.validate_on_submit():
        return render_template("units/edit.html", form=form, unit=unit), _status(form)
    if is_outdated(form, unit):
        abort(409)
    services.rename(unit, form.name.data, form.code.data, form.chosen_kind)
    return _told(unit, _("Saved."))


@blueprint.route("/<uuid:unit_id>/move", methods=["GET", "POST"])
@requires(Permission.MANAGE_UNITS)
def move(unit_id: UUID) -> ResponseReturnValue:
    """Under another unit, with everything below it."""
    unit = _unit(unit_id)
    places = db.session.scalars(queries.places_for(current_account(), unit)).all()
    form = MoveForm(unit_choices(places), data={"parent": str(unit.parent_id), "version": unit.version})
    if not form.validate_on_submit():
        return render_template("units/move.html", form=form, unit=unit), _status(form)
    if is_outdated(form, unit):
        abort(409)
    try:
        services.move(unit, next(place for place in places if str(place.id) == form.parent.data))
    except services.InTheWay as refusal:
        return _told(unit, OBSTACLES[refusal.obstacle], "error")
    return _told(unit, _("%(name)s is moved.", name=unit.name))


@blueprint.post("/<uuid:unit_id>/close")
@requires(Permission.MANAGE_UNITS)
def close(unit_id: UUID) -> ResponseReturnValue:
    """Out of use; its members stay in it."""
    unit = _unit(unit_id)
    try:
        services.close(unit, clock.now())
    except services.InTheWay as refusal:
        return _told(unit, OBSTACLES[refusal.obstacle], "error")
    undo = {"undo": url_for("units.reopen", unit_id=unit.id), "undo_text": ""}
    flash({"text": _("%(name)s is closed.", name=unit.name), **undo})  # type: ignore[arg-type]  # base.html takes both
    return see_other(_address(unit))


@blueprint.post("/<uuid:unit_id>/reopen")
@requires(Permission.MANAGE_UNITS)
def reopen(unit_id: UUID) -> ResponseReturnValue:
    """Into use again."""
    unit = _unit(unit_id)
    try:
        services.reopen(unit)
    except services.InTheWay as refusal:
        return _told(unit, OBSTACLES[refusal.obstacle], "error")
    return _told(unit, _("%(name)s is open again.", name=unit.name))


def _unit(unit_id: UUID) -> Organisation:
    unit: Organisation = db.one_or_404(queries.our_unit(current_account(), unit_id))
    return unit


def _address(unit: Organisation) -> str:
    return url_for("units.show", unit_id=unit.id)


def _status(form: Any) -> int:
    return 422 if form.is_submitted() else 200


def _told(unit: Organisation, text: Any, kind: str = "message") -> ResponseReturnValue:
    flash(str(text), kind)
    return see_other(_address(unit))
