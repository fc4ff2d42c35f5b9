"""What is done while one rings: see the number, keep an answer, leave a word, tell of an unpleasant call."""

from typing import Any, cast
from uuid import UUID

from flask import abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaigns.queue.call_questions import held_by
from campaigns.queue.models import Call
from campaigns.ringing import call_pages as pages
from campaigns.ringing.adding_words import add_words, tell_of_unpleasant
from campaigns.ringing.answers import by_script, leave_for, whole
from campaigns.ringing.blueprint import blueprint
from campaigns.ringing.forms import UnpleasantForm, WordsForm
from campaigns.ringing.revealing import reveal, why_not_now
from campaigns.ringing.scope import list_open, own_call
from campaigns.ringing.survey_pages import END, Asked, asked_in, keep_answer
from organiser.accounts.guard import requires
from organiser.accounts.permissions import Permission
from organiser.audit import services as audit
from organiser.audit.models import Why
from organiser.core import clock
from organiser.core.i18n import _
from organiser.core.prepared import load
from organiser.web.frame import see_other

NOT_FOUND, CONFLICT, UNPROCESSABLE = 404, 409, 422


@blueprint.post("/calls/<uuid:call_id>/number")
@requires(Permission.MAKE_CALLS)
def show_number(call_id: UUID) -> ResponseReturnValue:
    """The number to dial; that it was asked for is logged, the first time."""
    call, at = own_call(call_id), clock.now()
    if not call.is_open:
        return leave_for(url_for("calling.index"))
    list_open(call.target.assignment_id)
    if why_not_now(call, at) is None and reveal(call, at):
        audit.saw([call.member_id], Why.NUMBER)
    if by_script():
        return pages.number_part(call, at)
    return see_other(url_for("calling.show", call_id=call.id))


@blueprint.post("/calls/<uuid:call_id>/answers")
@requires(Permission.MAKE_CALLS)
def answer(call_id: UUID) -> ResponseReturnValue:
    """Keep what the member answers to a question, and put the next."""
    call, at = own_call(call_id), clock.now()
    if not call.is_open:
        return whole(render_template("ringing/answer_late.html"), CONFLICT)
    list_open(call.target.assignment_id)
    try:
        asked = asked_in(call, request.form.get("question", END))
    except LookupError:
        abort(NOT_FOUND)
    if asked is None or asked.item is None or not asked.item.question.kind.is_asked:
        abort(NOT_FOUND)
    kept = keep_answer(call, asked, request.form.getlist("value"), at)
    return _answered(call, kept)


@blueprint.post("/calls/<uuid:call_id>/words")
@requires(Permission.MAKE_CALLS)
def leave_words(call_id: UUID) -> ResponseReturnValue:
    """A word to the next caller or the organiser, on one of one's last five."""
    call, form = own_call(call_id), WordsForm()
    if not form.validate_on_submit():
        flash(_("The words were not saved: write at most 500 characters."), "error")
    elif call.is_open or pages.one_of_the_last_five(call.id) is None:
        flash(_("That call is too far back. Tell the organiser instead."), "error")
    else:
        add_words(call, form.note.data or "", form.message.data or "", clock.now())
        flash(_("The words are saved."))
    return see_other(_back_from(call))


@blueprint.post("/calls/<uuid:call_id>/unpleasant")
@requires(Permission.MAKE_CALLS)
def unpleasant(call_id: UUID) -> ResponseReturnValue:
    """Tell the organiser of an unpleasant call, this one or one of one's last five; a break is offered."""
    call, form = own_call(call_id), UnpleasantForm()
    if not form.validate_on_submit():
        flash(_("It was not saved: write at most 500 characters."), "error")
    elif not call.is_open and pages.one_of_the_last_five(call.id) is None:
        flash(_("That call is too far back. Tell the organiser instead."), "error")
    else:
        tell_of_unpleasant(call, form.told(), clock.now())
        flash(cast("Any", _with_a_break(_("Thank you for telling. The organiser looks into it."))))
    return see_other(_back_from(call))


def _answered(call: Call, asked: Asked) -> ResponseReturnValue:
    """The next question, the same one with what was wrong, or only that it is saved."""
    goes_on = "go" in request.form
    if asked.errors and by_script():
        return pages.survey_part(call, asked), UNPROCESSABLE
    if asked.errors:
        return pages.survey_page(call, asked), UNPROCESSABLE
    after = str(asked.after.question.id) if asked.after else END
    if not by_script():
        return see_other(url_for("calling.show", call_id=call.id, question=after, _anchor="survey"))
    if not goes_on:
        return _("Saved"), {"HX-Retarget": "#survey-saved", "HX-Reswap": "innerHTML"}
    return pages.survey_part(call, Asked(asked.sheet, asked.after))


def _with_a_break(text: str) -> dict[str, str]:
    """A strip with a button that leads to a break."""
    return {"text": text, "undo": url_for("calling.pause"), "undo_text": _("Take a break")}


def _back_from(call: Call) -> str:
    """To the one who is rung just now, or to ringing, which knows who is next."""
    held = load(held_by(call.caller_id)).scalar()
    return url_for("calling.show", call_id=held.id) if held else url_for("calling.index")
