"""The pages round a call: which list, how it stands and why it rests, the last five, whoever rings back."""

from typing import Any
from uuid import UUID

from flask import Response, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaigns.evenings import queries as evenings
from campaigns.evenings.thanks import signs_out
from campaigns.queue import call_queries as calls
from campaigns.queue.call_questions import held_by, recent_calls
from campaigns.queue.campaign_rules import WhyShut, rules_of
from campaigns.queue.ledger import ledgers_of
from campaigns.queue.models import Call, CallAssignment
from campaigns.queue.queue_now import QueueNow, queue_now, rung_today
from campaigns.queue.taking_again import CannotTakeAgain, take_again
from campaigns.ringing import call_pages as pages
from campaigns.ringing.blueprint import blueprint
from campaigns.ringing.breaks import own_evening
from campaigns.ringing.forms import TakeForm, WordsForm
from campaigns.ringing.scope import list_known, list_open, lists_in_order, own_call, rings_together
from campaigns.ringing.shut_words import NOT_AGAIN, shut_now
from campaigns.ringing.waiting import waiting_on
from organiser.accounts.current import current_account
from organiser.accounts.guard import requires
from organiser.accounts.permissions import Permission
from organiser.audit import services as audit
from organiser.audit.models import Why
from organiser.core import clock
from organiser.core.database import db
from organiser.core.i18n import _
from organiser.core.prepared import load
from organiser.web.filters import zone
from organiser.web.frame import see_other
from organiser.web.paging import page_of

NOTHING_NEW = 204


@blueprint.get("/calls")
@requires(Permission.MAKE_CALLS)
def index() -> ResponseReturnValue:
    """Which list to ring; whoever has one goes straight to it."""
    at, found = clock.now(), page_of(lists_in_order())
    if found.total == 1 or (found.total and rings_together()):
        return see_other(url_for("calling.call_list", assignment_id=found.rows[0].id))
    return render_template(
        "ringing/lists.html",
        page=found,
        ledgers=ledgers_of([assignment.id for assignment in found.rows], at),
        shut={assignment.id: shut_now(assignment, at) for assignment in found.rows},
        held=_held(),
        caller=current_account(),
    )


@blueprint.get("/calls/lists/<uuid:assignment_id>")
@requires(Permission.MAKE_CALLS)
def call_list(assignment_id: UUID) -> ResponseReturnValue:
    """One list: how many are left, and the button that gives the next; or why there is nobody just now."""
    account, at = current_account(), clock.now()
    assignment = list_known(assignment_id)
    together = load(evenings.rung_with(account, assignment, at)).scalars().all()
    own = load(evenings.own_numbers(account.id, at)).scalars().all()
    now, held = queue_now(assignment, account, at, own, together), _held()
    page = _page_for(now, held)
    if "HX-Request" in request.headers and "looking" in request.args:
        return Response(status=NOTHING_NEW, headers={} if page == "shut" else {"HX-Refresh": "true"})
    return render_template(
        f"ringing/{page}.html",
        assignment=assignment,
        unit=assignment.campaign.organisation if len(together) > 1 else assignment.organisation,
        now=now,
        held=held,
        caller=account,
        today=rung_today(together or [assignment.id], account.id, pages.today_began(at)),
        saved=pages.saved(request.args.get("saved")),
        form=WordsForm(formdata=None),
        signs_out=signs_out(account.id, at),
        **_more_of(page, assignment, now),
    )


@blueprint.get("/calls/recent")
@requires(Permission.MAKE_CALLS)
def recent() -> ResponseReturnValue:
    """The caller's last five, without numbers."""
    found = load(recent_calls(current_account().id)).scalars().all()
    audit.saw([call.member_id for call in found], Why.CALL)
    return render_template(
        "ringing/recent.html",
        calls=found,
        keys=[pages.fresh_key() for _call in found],
        held=_held(),
        form=WordsForm(formdata=None),
    )


@blueprint.post("/calls/<uuid:call_id>/again")
@requires(Permission.MAKE_CALLS)
def again(call_id: UUID) -> ResponseReturnValue:
    """The member rings back: the same page once more, and whom one held meanwhile goes back."""
    call, form = own_call(call_id), TakeForm()
    list_open(call.target.assignment_id)
    if not call.is_open and pages.one_of_the_last_five(call.id) is None:
        flash(_("That call is too far back. Tell the organiser instead."), "error")
        return see_other(url_for("calling.recent"))
    try:
        taken = take_again(current_account(), call, clock.now(), pages.key_in(form.key.data))
    except CannotTakeAgain as refusal:
        flash(str(NOT_AGAIN[refusal.why]), "error")
        return see_other(url_for("calling.recent"))
    return see_other(url_for("calling.show", call_id=taken.id))


def _held() -> Call | None:
    return load(held_by(current_account().id)).scalar()


def _page_for(now: QueueNow, held: Call | None) -> str:
    """Whoever holds somebody goes on, also after hours; not on a list that is closed."""
    if now.ready or (held is not None and (now.shut is None or now.shut.why is not WhyShut.CLOSED)):
        return "start"
    return "shut" if now.shut else "empty"


def _more_of(page: str, assignment: CallAssignment, now: QueueNow) -> dict[str, Any]:
    """What only this one of the three pages tells."""
    account, at = current_account(), clock.now()
    if page == "shut":
        return {"shut": shut_now(assignment, at)}
    more = {"minutes": own_evening(account.id, at).without_break.seconds // 60}
    if page == "empty":
        return {**more, "waiting": waiting_on(assignment, now, account.id, at)}
    return {
        **more,
        "key": pages.fresh_key(),
        "closes_at": rules_of(assignment.campaign).hours.closes_at(at, zone()),
        "is_new": db.session.scalar(calls.recent_calls(account.id).limit(1)) is None
        and "practised" not in request.args,
    }
