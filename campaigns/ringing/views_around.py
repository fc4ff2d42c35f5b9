"""The pages round a call: which list, how it stands, the last five, a pause, thanks."""

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaigns.evenings import queries as evenings
from campaigns.queue import call_queries as calls
from campaigns.queue.queue_now import members_on, queue_now, rung_today
from campaigns.queue.taking import give_back
from campaigns.ringing import call_pages as pages
from campaigns.ringing.blueprint import blueprint
from campaigns.ringing.scope import list_open
from organiser.accounts.current import current_account
from organiser.accounts.guard import requires
from organiser.accounts.permissions import Permission
from organiser.audit import services as audit
from organiser.audit.models import Why
from organiser.core import clock
from organiser.core.database import db
from organiser.web.frame import see_other


@blueprint.get("/calls")
@requires(Permission.MAKE_CALLS)
def index() -> ResponseReturnValue:
    """Which list to ring; whoever has one goes straight to it."""
    account = current_account()
    lists = db.session.scalars(evenings.assignments_open_to(account, clock.now())).all()
    if len(lists) == 1:
        return see_other(url_for("calling.call_list", assignment_id=lists[0].id))
    counted = members_on([assignment.id for assignment in lists])
    held = db.session.scalar(calls.held_by(account.id))
    return render_template("ringing/lists.html", lists=lists, counted=counted, held=held)


@blueprint.get("/calls/lists/<uuid:assignment_id>")
@requires(Permission.MAKE_CALLS)
def call_list(assignment_id: UUID) -> ResponseReturnValue:
    """One list: how many are left, and the button that gives the next; or why there is nobody just now."""
    account, at = current_account(), clock.now()
    assignment = list_open(assignment_id)
    now = queue_now(assignment, account, at)
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
