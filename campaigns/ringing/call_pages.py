"""What the call page and its sister show of one member; each showing is told to the access log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import render_template
from flask_wtf import FlaskForm

from campaigns.queue import call_questions
from campaigns.queue.campaign_rules import rules_of
from campaigns.queue.hours import offers, start_of_day
from campaigns.queue.models import Call
from campaigns.queue.outcomes import Outcome
from campaigns.queue.queue_now import members_on
from campaigns.queue.script import Step, steps_of
from campaigns.ringing import survey_pages
from campaigns.ringing.breaks import own_evening
from campaigns.ringing.caller_words import said_day
from campaigns.ringing.dial_code import dial_path
from campaigns.ringing.forms import ReportForm
from campaigns.ringing.revealing import why_not_now
from organiser.accounts.current import current_account
from organiser.audit import services as audit
from organiser.audit.models import Why
from organiser.core.i18n import _
from organiser.core.ids import uuid7
from organiser.core.prepared import load
from organiser.members.models import Contact
from organiser.members.words import CHANNEL
from organiser.web.filters import zone

STRIKES = (Outcome.WRONG_NUMBER, Outcome.OUT_OF_SERVICE)


@dataclass(frozen=True, slots=True)
class Arrival:
    """How a caller came to the page: ``saved`` was told just before, ``undone``: the tap on this one was
    taken back, ``question``: which one of the survey they want.
    """

    saved: Call | None = None
    undone: bool = False
    question: str | None = None


def call_page(call: Call, at: datetime, arrival: Arrival, together: Sequence[UUID]) -> str:
    """The member of an open call, and how far the lists that are rung ``together`` have come. Raises
    ``LookupError`` where there is no such question.
    """
    audit.saw([call.member_id], Why.CALL)
    assignment = call.target.assignment
    numbers = members_on(together).values()
    on_list, left = sum(one.on_list for one in numbers), sum(one.left for one in numbers)
    before = load(call_questions.calls_lately_to(call.member_id)).scalars().all()
    own = own_evening(call.caller_id, at)
    return render_template(
        "ringing/call.html",
        **_number(call, at),
        **_survey(call, arrival.question),
        member=call.member,
        assignment=assignment,
        steps=guide(call),
        last=_last_contact(call, before[0] if before else None),
        new_number=_has_another_number(call, before[0] if before else None),
        note=_note_for_next(call, before),
        done=on_list - left,
        on_list=on_list,
        offers=_offers(call, at),
        form=ReportForm(formdata=None),
        key=fresh_key(),
        saved=arrival.saved,
        undone=arrival.undone,
        rung=own.rung,
        minutes=own.without_break.seconds // 60,
    )


def number_part(call: Call, at: datetime) -> str:
    """Only where the number stands, to be swapped in."""
    audit.saw([call.member_id], Why.CALL)
    return render_template("ringing/_number.html", **_number(call, at), alone=True)


def survey_part(call: Call, asked: survey_pages.Asked) -> str:
    """Only the survey, to be swapped in."""
    audit.saw([call.member_id], Why.CALL)
    return render_template("ringing/_survey.html", call=call, asked=asked, alone=True, **survey_pages.words())


def survey_page(call: Call, asked: survey_pages.Asked) -> str:
    """The survey alone on a page, with what was wrong with an answer, for whoever has no script."""
    audit.saw([call.member_id], Why.CALL)
    return render_template("ringing/question.html", call=call, asked=asked, **survey_pages.words())


def other_page(call: Call, form: FlaskForm, at: datetime) -> str:
    """All the outcomes for a call; with what was wrong, if it was, and the words that were written."""
    audit.saw([call.member_id], Why.CALL)
    return render_template(
        "ringing/other.html", call=call, form=form, offers=_offers(call, at), key=fresh_key()
    )


def saved(call_id: str | None) -> Call | None:
    """The caller's own call that was reported just before this page, for its strip; its member is shown."""
    wanted = key_in(call_id)
    found = one_of_the_last_five(wanted) if wanted else None
    if found is not None:
        audit.saw([found.member_id], Why.CALL)
    return found


def one_of_the_last_five(call_id: UUID) -> Call | None:
    """That call, if whoever asks has told of it lately."""
    return load(call_questions.one_of_the_last_five(current_account().id, call_id)).scalar()


def guide(call: Call) -> list[Step]:
    """The campaign's call guide with this call's names in it, as it reads just now."""
    assignment = call.target.assignment
    script, unit = assignment.campaign.script, assignment.organisation
    names = {
        "first_name": call.member.first_name or call.member.name,
        "caller": call.caller.name or _("your name"),
        "association": unit.name,
        "campaign": assignment.campaign.title,
        "district": unit.parent.name if "{district}" in script and unit.parent else unit.name,
        "town": call.member.city,
    }
    return steps_of(script, names)


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


def _number(call: Call, at: datetime) -> dict[str, Any]:
    """The number once it was asked for; why it is not shown, where the member may not be rung any more."""
    why_not = why_not_now(call, at)
    shown = why_not is None and call.revealed_at is not None
    return {"call": call, "why_not": why_not, "dial_code": dial_path(call.e164) if shown else None}


def _survey(call: Call, wanted: str | None) -> dict[str, Any]:
    return {"asked": survey_pages.asked_in(call, wanted), **survey_pages.words()}


def _offers(call: Call, at: datetime) -> Any:
    """Times to ring back, within the campaign's hours."""
    return offers(at, zone(), rules_of(call.target.assignment.campaign).hours)


def _last_contact(call: Call, rung: Call | None) -> dict[str, Any] | None:
    """The latest contact before this call, by telephone or otherwise: day, outcome or channel."""
    met = load(call_questions.last_contact(call.member_id)).scalar()
    if met is not None and (rung is None or _day_of(rung) < met.on):
        return _met(met)
    return {"on": said_day(_day_of(rung)), "outcome": rung.outcome} if rung else None


def _has_another_number(call: Call, rung: Call | None) -> bool:
    """Whether the latest call struck a number, so that the member comes again with another."""
    return rung is not None and rung.outcome in STRIKES and rung.e164 != call.e164


def _note_for_next(call: Call, rung: Any) -> Call | None:
    """The latest call to the member that left a word for the next caller, in the same campaign."""
    return next((one for one in rung if one.note and one.target_id == call.target_id), None)


def _met(met: Contact) -> dict[str, Any]:
    return {"on": said_day(met.on), "channel": CHANNEL[met.channel]}


def _day_of(call: Call) -> Any:
    return (call.reported_at or call.taken_at).astimezone(zone()).date()
