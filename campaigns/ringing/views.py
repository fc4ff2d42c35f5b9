"""The caller's phone: the next member, how it went, a wrong tap taken back."""

from uuid import UUID

from flask import abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaigns.evenings import queries as evenings
from campaigns.queue.campaign_rules import rules_of
from campaigns.queue.effects import Report
from campaigns.queue.models import Call, CallAssignment
from campaigns.queue.reporting import AlreadyReported, PassedOn, report_call
from campaigns.queue.taking import give_back, take_next_call
from campaigns.queue.undoing import CannotUndo, undo_report
from campaigns.ringing import call_pages as pages
from campaigns.ringing.answers import at_once, by_script, for_part
from campaigns.ringing.blueprint import blueprint
from campaigns.ringing.call_pages import Arrival
from campaigns.ringing.forms import ReportForm, TakeForm
from campaigns.ringing.scope import list_if_open, list_open, own_call, rung_together
from campaigns.ringing.survey_pages import asked_in, keep_unsaved
from organiser.accounts.current import current_account
from organiser.accounts.guard import requires
from organiser.accounts.permissions import Permission
from organiser.audit import services as audit
from organiser.audit.models import Why
from organiser.core import clock
from organiser.core.i18n import _
from organiser.core.prepared import load
from organiser.web.filters import zone
from organiser.web.frame import see_other

NOT_FOUND, CONFLICT, UNPROCESSABLE = 404, 409, 422


@blueprint.post("/calls/lists/<uuid:assignment_id>/next")
@requires(Permission.MAKE_CALLS)
def take_next(assignment_id: UUID) -> ResponseReturnValue:
    """The next member of a list."""
    form = TakeForm()
    if not form.validate_on_submit():
        abort(UNPROCESSABLE)
    return _go_on(list_open(assignment_id), key=pages.key_in(form.key.data))


@blueprint.get("/calls/<uuid:call_id>")
@requires(Permission.MAKE_CALLS)
def show(call_id: UUID) -> ResponseReturnValue:
    """Who to ring, what to say, what to ask, how it went; to a script only the question it asks for."""
    call = own_call(call_id)
    if not call.is_open:
        return see_other(url_for("calling.index"))
    together = rung_together(call.target.assignment)
    wanted = request.args.get("question")
    try:
        asked = asked_in(call, wanted) if for_part("survey") else None
        if asked is not None:
            return pages.survey_part(call, asked)
        undone = pages.key_in(request.args.get("undone")) == call.id
        arrival = Arrival(pages.saved(request.args.get("saved")), undone, wanted)
        return pages.call_page(call, clock.now(), arrival, together)
    except LookupError:
        abort(NOT_FOUND)


@blueprint.route("/calls/<uuid:call_id>/other", methods=["GET", "POST"])
@requires(Permission.MAKE_CALLS)
def other(call_id: UUID) -> ResponseReturnValue:
    """All nineteen outcomes with what they lead to, and the words written so far."""
    call, at = own_call(call_id), clock.now()
    if not call.is_open:
        return see_other(url_for("calling.index"))
    list_open(call.target.assignment_id)
    if request.method == "POST":
        _keep_what_was_asked(call)
    return pages.other_page(call, ReportForm(), at)


@blueprint.post("/calls/<uuid:call_id>/report")
@requires(Permission.MAKE_CALLS)
def report(call_id: UUID) -> ResponseReturnValue:
    """Keep how it went, and go on to the next."""
    call, at = own_call(call_id), clock.now()
    form = ReportForm()
    told = form.read(at, zone(), rules_of(call.target.assignment.campaign).hours)
    if told is None and not call.is_open:
        return see_other(url_for("calling.index"))
    _keep_what_was_asked(call)
    if told is None:
        return pages.other_page(call, form, at), UNPROCESSABLE
    try:
        report_call(call, told, at)
    except (AlreadyReported, PassedOn) as refusal:
        return _not_as_told(call, told, passed_on=isinstance(refusal, PassedOn))
    assignment = list_if_open(call.target.assignment_id)
    return _go_on(assignment, saved=call) if assignment else see_other(url_for("calling.index"))


@blueprint.post("/calls/<uuid:call_id>/giving-back")
@requires(Permission.MAKE_CALLS)
def let_be(call_id: UUID) -> ResponseReturnValue:
    """Whom one may not ring any more is left alone, untried; on to the next."""
    call = own_call(call_id)
    if call.is_open:
        give_back(current_account(), clock.now())
    assignment = list_if_open(call.target.assignment_id)
    return _go_on(assignment) if assignment else see_other(url_for("calling.index"))


@blueprint.post("/calls/<uuid:call_id>/undoing")
@requires(Permission.MAKE_CALLS)
def undo(call_id: UUID) -> ResponseReturnValue:
    """A wrong tap: as if it had not been, and back to that member."""
    call = own_call(call_id)
    try:
        undo_report(call, clock.now())
    except CannotUndo:
        flash(_("That can no longer be undone: something has happened since. Tell the organiser."), "error")
        return see_other(url_for("calling.recent"))
    if call.is_open:
        return see_other(url_for("calling.show", call_id=call.id, undone=call.id))
    flash(_("Undone. Somebody else is ringing them just now."))
    return see_other(_queue_url(call.target.assignment_id))


def _go_on(
    assignment: CallAssignment, key: UUID | None = None, saved: Call | None = None
) -> ResponseReturnValue:
    """To the next member of the list, or to the page that says why there is none."""
    at, caller = clock.now(), current_account()
    together = load(evenings.rung_with(caller, assignment, at)).scalars().all()
    own = load(evenings.own_numbers(caller.id, at)).scalars().all()
    call = take_next_call(caller, together, at, key, own)
    saved_id = saved.id if saved else None
    if call is None or not call.is_open:
        return see_other(_queue_url(assignment.id, saved=saved_id))
    url = url_for("calling.show", call_id=call.id, saved=saved_id)
    if not by_script():
        return see_other(url)
    page = pages.call_page(own_call(call.id), at, Arrival(pages.saved(str(saved_id))), together)
    return at_once(page, url)


def _keep_what_was_asked(call: Call) -> None:
    """The question on the page may have an answer that was not sent by itself yet."""
    if not keep_unsaved(call, request.form, clock.now()):
        flash(_("The answer to the question was not saved: it could not be read."), "error")


def _queue_url(assignment_id: UUID, saved: UUID | None = None) -> str:
    return url_for("calling.call_list", assignment_id=assignment_id, saved=saved)


def _not_as_told(call: Call, told: Report, *, passed_on: bool) -> ResponseReturnValue:
    """Both stories, of which the first stands; what was told has been kept."""
    audit.saw([call.member_id], Why.CALL)
    page = "passed_on" if passed_on else "told_twice"
    return render_template(f"ringing/{page}.html", call=call, told=told), CONFLICT
