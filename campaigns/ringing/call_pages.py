"""What the call page and its sister show of one member; each showing is told to the access log."""

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import render_template
from flask_wtf import FlaskForm

from campaigns.queue import call_queries as calls
from campaigns.queue import queue_queries as queue
from campaigns.queue.hours import offers, start_of_day
from campaigns.queue.models import Call
from campaigns.queue.queue_now import members_on, rung_today
from campaigns.queue.script import Step, steps_of
from campaigns.ringing.dial_code import dial_path
from organiser.accounts.current import current_account
from organiser.audit import services as audit
from organiser.audit.models import Why
from organiser.core.database import db
from organiser.core.i18n import _
from organiser.core.ids import uuid7
from organiser.members.models import Contact
from organiser.members.words import CHANNEL
from organiser.web.filters import day, zone


def call_page(call: Call, at: datetime, saved: Call | None, *, undone: bool) -> str:
    """The member of an open call, and a toast of the one just reported or of the tap just taken back."""
    audit.saw([call.member_id], Why.CALL)
    assignment = call.target.assignment
    on_list, left = members_on([assignment.id])[assignment.id]
    return render_template(
        "ringing/call.html",
        call=call,
        member=call.member,
        assignment=assignment,
        steps=guide(call),
        last=last_contact(call),
        note=note_for_next(call),
        dial_code=dial_path(call.e164),
        done=on_list - left,
        on_list=on_list,
        today=rung_today([assignment.id], call.caller_id, today_began(at)),
        offers=offers(at, zone()),
        key=fresh_key(),
        saved=saved,
        undone=undone,
    )


def other_page(call: Call, form: FlaskForm, at: datetime, *, with_word: bool = False) -> str:
    """All the outcomes for a call; with what was wrong, if it was; ``with_word``: begin with a word."""
    audit.saw([call.member_id], Why.CALL)
    return render_template(
        "ringing/other.html",
        call=call,
        form=form,
        with_word=with_word,
        offers=offers(at, zone()),
        key=fresh_key(),
    )


def saved(call_id: str | None) -> Call | None:
    """The caller's own call that was reported just before this page, for its toast; its member is shown."""
    wanted = key_in(call_id)
    found = [
        call for call in db.session.scalars(calls.recent_calls(current_account().id)) if call.id == wanted
    ]
    audit.saw([call.member_id for call in found], Why.CALL)
    return found[0] if found else None


def guide(call: Call) -> list[Step]:
    """The campaign's call guide with this call's names in it, as it reads just now."""
    names = {
        "first_name": call.member.first_name or call.member.name,
        "caller": call.caller.name or _("your name"),
        "association": call.target.assignment.organisation.name,
    }
    return steps_of(call.target.assignment.campaign.script, names)


def last_contact(call: Call) -> dict[str, Any] | None:
    """The latest contact before this call, by telephone or otherwise: day, outcome or channel."""
    rung = db.session.scalar(calls.calls_to(call.member_id).limit(1))
    met = db.session.scalar(queue.last_contact(call.member_id))
    if met is not None and (rung is None or _day_of(rung) < met.on):
        return _met(met)
    return {"on": day(_day_of(rung)), "outcome": rung.outcome} if rung else None


def note_for_next(call: Call) -> Call | None:
    """The latest call to the member that left a word for the next caller, in the same campaign."""
    earlier = calls.calls_to(call.member_id).where(Call.target_id == call.target_id, Call.note != "")
    return db.session.scalar(earlier.limit(1))


def today_began(at: datetime) -> datetime:
    """Midnight where the party is."""
    return start_of_day(at, zone())


def fresh_key() -> UUID:
    """What makes a page's button do its deed once."""
    return uuid7()


def key_in(text: str | None) -> UUID | None:
    """An id as the browser sent it; none where it is no id."""
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def _met(met: Contact) -> dict[str, Any]:
    return {"on": day(met.on), "channel": CHANNEL[met.channel]}


def _day_of(call: Call) -> Any:
    return (call.reported_at or call.taken_at).astimezone(zone()).date()
