"""The caller's phone: which list, the next member, how it went, a wrong tap taken back, a pause."""

from uuid import UUID

from flask import Blueprint, abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Select

from campaigns.evenings import queries as evenings
from campaigns.queue import call_queries as calls
from campaigns.queue.effects import Report
from campaigns.queue.models import Call, CallAssignment
from campaigns.queue.queue_now import members_on, queue_now, rung_today
from campaigns.queue.reporting import AlreadyReported, PassedOn, report_call
from campaigns.queue.taking import give_back, take_next_call
from campaigns.queue.undoing import CannotUndo, undo_report
from campaigns.ringing import call_pages as pages
from campaigns.ringing.caller_words import for_templates
from campaigns.ringing.forms import ReportForm, TakeForm
from organiser.accounts.current import current_account
from organiser.accounts.guard import requires
from organiser.accounts.permissions import Permission
from organiser.audit import services as audit
from organiser.audit.models import Why
from organiser.core import clock
from organiser.core.database import db
from organiser.core.i18n import _
from organiser.web.filters import zone
from organiser.web.frame import see_other

blueprint = Blueprint("calling", __name__)
blueprint.context_processor(for_templates)
CONFLICT, UNPROCESSABLE = 409, 422


@blueprint.get("/calls")
@requires(Permission.MAKE_CALLS)
def index() -> ResponseReturnValue:
    """Which list to ring; whoever has one goes straight to it."""
    account = current_account()
    lists = db.session.scalars(evenings.assignments_open_to(account, clock.now())).all()
    if len(lists) == 1:
        return see_other(_queue_url(lists[0].id))
    counted = members_on([assignment.id for assignment in lists])
    held = db.session.scalar(calls.held_by(account.id))
    return render_template("ringing/lists.html", lists=lists, counted=counted, held=held)


@blueprint.get("/calls/lists/<uuid:assignment_id>")
@requires(Permission.MAKE_CALLS)
def call_list(assignment_id: UUID) -> ResponseReturnValue:
    """One list: how many are left, and the button that gives the next; or why there is nobody just now."""
    account, at = current_account(), clock.now()
    assignment = _list_open(assignment_id)
    now = queue_now(assignment.id, account.id, at)
    held = db.session.scalar(calls.held_by(account.id))
    page = "start" if now.ready or held else "empty"
    return render_template(
        f"ringing/{page}.html",
        assignment=assignment,
        now=now,
        today=rung_today([assignment.id], account.id, pages.today_began(at)),
        held=held,
        caller=account,
        key=pages.fresh_key(),
        saved=pages.saved(request.args.get("saved")),
    )


@blueprint.post("/calls/lists/<uuid:assignment_id>/next")
@requires(Permission.MAKE_CALLS)
def take_next(assignment_id: UUID) -> ResponseReturnValue:
    """The next member of a list."""
    form = TakeForm()
    if not form.validate_on_submit():
        abort(UNPROCESSABLE)
    return _go_on(_list_open(assignment_id), key=pages.key_in(form.key.data))


@blueprint.get("/calls/<uuid:call_id>")
@requires(Permission.MAKE_CALLS)
def show(call_id: UUID) -> ResponseReturnValue:
    """Who to ring, what to say, how it went."""
    call = _own_call(call_id)
    if not call.is_open:
        return see_other(url_for("calling.index"))
    _list_open(call.target.assignment_id)
    undone = pages.key_in(request.args.get("undone")) == call.id
    return pages.call_page(call, clock.now(), pages.saved(request.args.get("saved")), undone=undone)


@blueprint.get("/calls/<uuid:call_id>/other")
@requires(Permission.MAKE_CALLS)
def other(call_id: UUID) -> ResponseReturnValue:
    """All nineteen outcomes with what they lead to, and room for a word."""
    call = _own_call(call_id)
    if not call.is_open:
        return see_other(url_for("calling.index"))
    _list_open(call.target.assignment_id)
    form, with_word = ReportForm(formdata=None), "word" in request.args
    return pages.other_page(call, form, clock.now(), with_word=with_word)


@blueprint.post("/calls/<uuid:call_id>/report")
@requires(Permission.MAKE_CALLS)
def report(call_id: UUID) -> ResponseReturnValue:
    """Keep how it went, and go on to the next."""
    call, at = _own_call(call_id), clock.now()
    form = ReportForm()
    told = form.read(at, zone())
    if told is None and not call.is_open:
        return see_other(url_for("calling.index"))
    if told is None:
        return pages.other_page(call, form, at), UNPROCESSABLE
    try:
        report_call(call, told, at)
    except (AlreadyReported, PassedOn) as refusal:
        return _not_as_told(call, told, passed_on=isinstance(refusal, PassedOn))
    assignment = db.session.scalar(_lists_open().where(CallAssignment.id == call.target.assignment_id))
    return _go_on(assignment, saved=call) if assignment else see_other(url_for("calling.index"))


@blueprint.post("/calls/<uuid:call_id>/undoing")
@requires(Permission.MAKE_CALLS)
def undo(call_id: UUID) -> ResponseReturnValue:
    """A wrong tap: as if it had not been, and back to that member."""
    call = _own_call(call_id)
    try:
        undo_report(call, clock.now())
    except CannotUndo:
        flash(_("That can no longer be undone: something has happened since. Tell the organiser."), "error")
        return see_other(url_for("calling.recent"))
    if call.is_open:
        return see_other(url_for("calling.show", call_id=call.id, undone=call.id))
    flash(_("Undone. Somebody else is ringing them just now."))
    return see_other(_queue_url(call.target.assignment_id))


@blueprint.get("/calls/recent")
@requires(Permission.MAKE_CALLS)
def recent() -> ResponseReturnValue:
    """The caller's last five, without numbers."""
    found = db.session.scalars(calls.recent_calls(current_account().id)).all()
    audit.saw([call.member_id for call in found], Why.CALL)
    return render_template("ringing/recent.html", calls=found)


@blueprint.post("/calls/pause")
@requires(Permission.MAKE_CALLS)
def pause() -> ResponseReturnValue:
    """Give back whom one holds, and rest."""
    give_back(current_account(), clock.now())
    return see_other(url_for("calling.thanks"))


@blueprint.get("/calls/thanks")
@requires(Permission.MAKE_CALLS)
def thanks() -> ResponseReturnValue:
    """Thanks, and what everybody on the same lists did today."""
    account, at = current_account(), clock.now()
    since = pages.today_began(at)
    today = rung_today(calls.lists_rung_by(account.id, since), account.id, since)
    return render_template("ringing/thanks.html", caller=account, today=today)


def _lists_open() -> Select[CallAssignment]:
    return evenings.assignments_open_to(current_account(), clock.now())


def _list_open(assignment_id: UUID) -> CallAssignment:
    """A list open to whoever asks; 404 for any other."""
    found: CallAssignment = db.one_or_404(_lists_open().where(CallAssignment.id == assignment_id))
    return found


def _own_call(call_id: UUID) -> Call:
    """A call dealt to whoever asks; 404 for anybody else's."""
    own = calls.calls_of(current_account().id).where(Call.id == call_id)
    found: Call = db.one_or_404(calls.in_full(own))
    return found


def _go_on(
    assignment: CallAssignment, key: UUID | None = None, saved: Call | None = None
) -> ResponseReturnValue:
    """To the next member of the list, or to the page that says why there is none."""
    call = take_next_call(current_account(), [assignment.id], clock.now(), key)
    saved_id = saved.id if saved else None
    if call is not None and call.is_open:
        return see_other(url_for("calling.show", call_id=call.id, saved=saved_id))
    return see_other(_queue_url(assignment.id, saved=saved_id))


def _queue_url(assignment_id: UUID, saved: UUID | None = None) -> str:
    return url_for("calling.call_list", assignment_id=assignment_id, saved=saved)


def _not_as_told(call: Call, told: Report, *, passed_on: bool) -> ResponseReturnValue:
    """Both stories, of which the first stands; what was told has been kept."""
    audit.saw([call.member_id], Why.CALL)
    page = "passed_on" if passed_on else "told_twice"
    return render_template(f"ringing/{page}.html", call=call, told=told), CONFLICT
