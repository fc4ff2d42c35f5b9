"""Practise before the first real call: three invented people, nothing saved, nothing counted."""

from dataclasses import replace
from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue

from campaigns.queue.models import CallAssignment
from campaigns.queue.outcomes import Outcome
from campaigns.ringing import call_pages as pages
from campaigns.ringing import practice_pages as shown
from campaigns.ringing.blueprint import blueprint
from campaigns.ringing.practice import MOST, Practice
from campaigns.ringing.practice_forms import PracticeForm
from campaigns.ringing.scope import lists_in_order
from organiser.accounts.current import current_account
from organiser.accounts.guard import requires
from organiser.accounts.permissions import Permission
from organiser.core import clock
from organiser.core.database import db
from organiser.orgs.queries import root
from organiser.web.frame import see_other


@blueprint.get("/calls/practice")
@requires(Permission.MAKE_CALLS)
def practice() -> ResponseReturnValue:
    """Somebody invented to ring, or the end of the round."""
    state = _state()
    if state.is_over:
        return render_template("ringing/practice_over.html", practice=state, **shown.told_before(state))
    return _page("practice", state)


@blueprint.get("/calls/practice/other")
@requires(Permission.MAKE_CALLS)
def practice_other() -> ResponseReturnValue:
    """All the answers, to try them too."""
    state = _state()
    return see_other(shown.address(state)) if state.is_over else _page("practice_other", state)


@blueprint.post("/calls/practice")
@requires(Permission.MAKE_CALLS)
def practise() -> ResponseReturnValue:
    """One tap: the number, the ringing, an answer to the question, or how it went."""
    form = PracticeForm()
    state = shown.opened(form.key.data or "")
    outcome = form.outcome.data or ""
    if not form.validate_on_submit() or state.is_over:
        return see_other(shown.address(state))
    if outcome.partition("@")[0] in set(Outcome):
        return see_other(shown.address(state.tell(outcome)))
    if form.go.data:
        return see_other(shown.address(shown.asked_for(state, shown=True, rung=form.go.data == "ring")))
    answered = replace(state, answer=(form.value.data or "")[:MOST])
    return see_other(f"{shown.address(answered)}#survey")


def _state() -> Practice:
    """Where one is; at the beginning, for the list one came from, where the address says nothing of it."""
    token = request.args.get("at")
    return shown.opened(token) if token else Practice(list_id=pages.key_in(request.args.get("list")))


def _page(name: str, state: Practice) -> str:
    assignment = _list_for(state.list_id)
    unit = assignment.organisation.name if assignment else db.session.scalars(root()).one().name
    context = shown.call_context(state, assignment, unit, current_account(), clock.now())
    return render_template(f"ringing/{name}.html", **context)


def _list_for(list_id: UUID | None) -> CallAssignment | None:
    """The list one came from, if it is one's own; else the first of one's own."""
    own = lists_in_order()
    chosen = own.where(CallAssignment.id == list_id) if list_id else own.limit(1)
    return db.session.scalar(chosen)
