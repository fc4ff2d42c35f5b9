"""Lists read in: sending a file, the history, a receipt, and the way back."""

from typing import Any
from uuid import UUID

from flask import abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice

from organiser.accounts.current import current_account
from organiser.accounts.guard import requires
from organiser.accounts.permissions import Permission
from organiser.accounts.queries import units_open_to
from organiser.audit.models import Why
from organiser.audit.services import saw
from organiser.core import clock
from organiser.core.database import db
from organiser.core.i18n import _
from organiser.members.fields import today
from organiser.members.models import Member
from organiser.orgs.choosing import unit_choices
from organiser.roster import drafts, labels, queries, undoing
from organiser.roster.blueprint import blueprint
from organiser.roster.decisions import DecisionKind
from organiser.roster.forms import UploadForm
from organiser.roster.models import ImportBatch
from organiser.roster.sheets import Unreadable
from organiser.roster.shown import lines_of_changes, members_among
from organiser.web import slots
from organiser.web.frame import see_other
from organiser.web.paging import page_of

UNPROCESSABLE = 422


@blueprint.get("/imports")
@requires(Permission.IMPORT_MEMBERS)
def index() -> ResponseReturnValue:
    """Send a file, go on with one, or look at those read in."""
    return _index(_upload_form())


@blueprint.post("/imports")
@requires(Permission.IMPORT_MEMBERS)
def send() -> ResponseReturnValue:
    """Keep the file, and match its columns next."""
    form = _upload_form()
    if not form.validate_on_submit():
        return _index(form), UNPROCESSABLE
    file = form.file.data
    sent = drafts.Sent(
        form.draft_id(), form.organisation_id.data, file.filename or "", file.read(), current_account().id
    )
    try:
        draft = drafts.begin(sent, clock.now(), today())
    except Unreadable as fault:
        form.file.errors = [labels.refusal(fault)]
        return _index(form), UNPROCESSABLE
    return see_other(url_for(".columns", draft_id=draft.id))


def _upload_form() -> UploadForm:
    form = UploadForm()
    units = db.session.scalars(units_open_to(current_account(), Permission.IMPORT_MEMBERS))
    offered = unit_choices(unit for unit in units if unit.is_open)
    form.organisation_id.choices = [SelectChoice(str(id), name) for id, name in offered]
    return form


def _index(form: UploadForm) -> str:
    account = current_account()
    waiting = db.session.scalars(queries.drafts_open_to(account, clock.now())).all()
    page = page_of(queries.batches_open_to(account))
    return render_template("roster/index.html", form=form, waiting=waiting, page=page)


@blueprint.get("/imports/<uuid:batch_id>")
@requires(Permission.IMPORT_MEMBERS)
def receipt(batch_id: UUID) -> ResponseReturnValue:
    """What a list did, row by row, and the way back."""
    batch = _batch(batch_id)
    kind = _kind(batch)
    page = page_of(queries.changes_of(batch.id).where(queries.is_kind(kind)))
    lines = lines_of_changes(page.rows, current_account())
    kept = _members_named([*batch.undone.get("kept", ()), *batch.undone.get("left", ())])
    saw([line.member_id for line in lines if line.member_id], Why.IMPORT)
    saw([member.id for member in kept], Why.IMPORT)
    return render_template(
        "roster/receipt.html",
        batch=batch,
        kind=kind,
        page=page,
        lines=lines,
        kept=kept,
        may_be_undone=undoing.may_be_undone(batch, clock.now()),
        until=batch.created_at + undoing.MAY_BE_UNDONE_FOR,
        next_step=slots.after_import(),
        labels=labels,
    )


@blueprint.post("/imports/<uuid:batch_id>/undo")
@requires(Permission.IMPORT_MEMBERS)
def undo(batch_id: UUID) -> ResponseReturnValue:
    """Take the list back."""
    batch = _batch(batch_id)
    try:
        undoing.undo(batch, current_account().id, clock.now(), slots.member_ties())
    except undoing.TooLate:
        flash(_("The list was read in too long ago to be undone."), "error")
    else:
        flash(_("The list was undone."))
    return see_other(url_for(".receipt", batch_id=batch.id))


def _batch(batch_id: UUID) -> ImportBatch:
    query = queries.batches_open_to(current_account()).where(ImportBatch.id == batch_id)
    found: ImportBatch = db.one_or_404(query)
    return found


def _kind(batch: ImportBatch) -> DecisionKind:
    """New or changed: what the reader asks for, else what there is."""
    asked = request.args.get("show")
    if asked is not None and asked not in {DecisionKind.CREATED, DecisionKind.UPDATED}:
        abort(404)
    first = DecisionKind.UPDATED if batch.counts["updated"] else DecisionKind.CREATED
    return DecisionKind(asked) if asked else first


def _members_named(ids: list[Any]) -> list[Member]:
    """Those of an undo's list who are in the register still, and in reach, the first of them."""
    return list(members_among([UUID(id) for id in ids[:100]], current_account()).values())
