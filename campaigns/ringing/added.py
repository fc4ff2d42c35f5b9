"""What ringing adds elsewhere: in the menu, on a member's page, after a list was read in."""

from typing import Any

from flask import Flask, request

from campaigns.queue import call_queries as calls
from campaigns.queue.models import Call
from campaigns.ringing import views, views_around, views_call, views_leaving, views_practice, views_why
from campaigns.ringing.blueprint import blueprint
from campaigns.ringing.caller_words import label
from organiser.accounts.current import may
from organiser.accounts.permissions import Permission
from organiser.core.database import db
from organiser.core.i18n import lazy
from organiser.members.models import Member
from organiser.web.filters import moment
from organiser.web.slots import MenuEntry, Panel, slots_of

PAGES = (
    views,
    views_around,
    views_call,
    views_leaving,
    views_practice,
    views_why,
)  # importing them hangs their routes there
SHOWN = 20


def init_app(app: Flask) -> None:
    """Register the caller's pages and what points to them."""
    app.register_blueprint(blueprint)
    slots = slots_of(app)
    slots.menu.append(MenuEntry(lazy("Ring"), "calling.index", shown=_leads_to_ringing, position=40))
    slots.member_panels.append(Panel("ringing/panel.html", _calls_of, position=20))
    slots.member_ties.append(calls.called_members)
    slots.after_import.append(
        MenuEntry(lazy("Make a campaign"), "campaigns.add", shown=lambda: may(Permission.PLAN_CALLS))
    )


def _leads_to_ringing() -> bool:
    """For whoever may ring; on a caller's own pages there is nowhere else to go, and no menu."""
    elsewhere = request.blueprint != blueprint.name or may(Permission.SEE_MEMBERS)
    return may(Permission.MAKE_CALLS) and elsewhere


def _calls_of(member: Member) -> dict[str, Any]:
    """The latest calls to a member; those before them are in the log."""
    return {"entries": [_entry(call) for call in db.session.scalars(calls.calls_to(member.id).limit(SHOWN))]}


def _entry(call: Call) -> dict[str, str]:
    at = call.reported_at or call.taken_at
    words = " · ".join(word for word in (call.caller.name, call.note, call.message) if word)
    assert call.outcome is not None  # the query asks for it
    return {"when": moment(at), "at": at.isoformat(), "text": label(call.outcome), "note": words}
