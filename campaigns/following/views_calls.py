"""The log of a list's calls: what was told, by whom and when; an organiser takes back what was wrong."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import ColumnElement, select

from campaigns.evenings.scope import list_open
from campaigns.following import queries
from campaigns.following.blueprint import live
from campaigns.queue.models import Call
from campaigns.queue.outcomes import Outcome
from campaigns.queue.undoing import CannotUndo, undo_as_organiser
from campaigns.ringing.caller_words import icon_of, label, said_day
from organiser.accounts.current import current_account
from organiser.accounts.guard import requires
from organiser.accounts.models import Account
from organiser.accounts.permissions import Permission
from organiser.audit.models import Why
from organiser.audit.services import saw
from organiser.core import clock
from organiser.core.database import db
from organiser.core.i18n import _
from organiser.members.models import Member
from organiser.members.queries import details_open_to
from organiser.web.filters import zone
from organiser.web.frame import see_other
from organiser.web.paging import page_of

ASKED = ("outcome", "caller", "day")


@live.get("/assignments/<uuid:assignment_id>/calls")
@requires(Permission.PLAN_CALLS)
def calls(assignment_id: UUID) -> ResponseReturnValue:
    """Every call that was told of, the latest first."""
    found, account = list_open(assignment_id), current_account()
    callers = db.session.scalars(queries.callers_of(found.id)).all()
    asked = {name: request.args.get(name, "").strip() for name in ASKED}
    page = page_of(queries.calls_of(found.id, account).where(*_wanted(asked)))
    ids = [call.member_id for call in page.rows]
    saw(ids, Why.LIST)
    readable = select(Member.id).where(Member.id.in_(ids), details_open_to(account))
    return render_template(
        "following/calls.html",
        assignment=found,
        page=page,
        asked=asked,
        narrowed=any(asked.values()),
        readable=set(db.session.scalars(readable)),
        outcomes=[(outcome.value, label(outcome)) for outcome in Outcome],
        callers=[(str(one.id), _name(one)) for one in callers],
        label=label,
        icon_of=icon_of,
        day_of=lambda call: said_day(call.reported_at.astimezone(zone()).date()),
    )


@live.post("/assignments/<uuid:assignment_id>/calls/<uuid:call_id>/undoing")
@requires(Permission.PLAN_CALLS)
def undo_call(assignment_id: UUID, call_id: UUID) -> ResponseReturnValue:
    """A call as if it had not been told of: member, number, block and queue become what they were."""
    found = list_open(assignment_id)
    call: Call = db.one_or_404(queries.calls_of(found.id, current_account()).where(Call.id == call_id))
    try:
        undo_as_organiser(call, clock.now())
    except CannotUndo:
        flash(_("That can no longer be undone: the member was rung again afterwards."), "error")
    else:
        flash(_("The call is taken back. The member stands where they stood before it."))
    return see_other(url_for(".calls", assignment_id=found.id))


def _wanted(asked: dict[str, str]) -> list[ColumnElement[bool]]:
    """What the filters ask for; one that means nothing asks for nothing."""
    found: list[ColumnElement[bool]] = []
    if asked["outcome"] in {*Outcome}:
        found.append(Call.outcome == Outcome(asked["outcome"]))
    if caller := _uuid(asked["caller"]):
        found.append(Call.caller_id == caller)
    if day := _day(asked["day"]):
        begins = datetime.combine(day, time(), zone())
        found += [Call.reported_at >= begins, Call.reported_at < begins + timedelta(days=1)]
    return found


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _name(account: Account) -> str:
    return account.name or account.email or _("No name")
