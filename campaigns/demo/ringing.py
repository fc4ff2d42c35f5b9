"""Evenings rung in the demo: invented callers come in by link and code, ring their list, and report."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import cycle
from math import ceil
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from campaigns.demo.answers import answer_survey
from campaigns.demo.dice import dice
from campaigns.demo.evening import call_outcome, calls_made, rounds_rung
from campaigns.evenings.joining_services import join
from campaigns.evenings.models import Evening, Shift
from campaigns.evenings.services import code_now, end_evening, invite, start_evening
from campaigns.queue.effects import Report
from campaigns.queue.keeping import refresh_assignment
from campaigns.queue.models import CallAssignment
from campaigns.queue.outcomes import Outcome
from campaigns.queue.reporting import report_call
from campaigns.queue.taking import take_next_call
from organiser.accounts.models import Account
from organiser.audit.acting import acting_as
from organiser.core.ids import uuid7
from organiser.members.services import By

OPENS, CLOSES = time(17, 15), time(20, 15)
MON_TO_THU = range(4)
ROUNDS_AN_EVENING = 0.5
LAST_EVENING = (2, 16)  # days ago, each association its own
CALLS_A_CALLER = 30
A_CALL = timedelta(minutes=4)
NAMES = ("Kim", "Robin", "Alex", "Sam", "Charlie", "Noor", "Mika", "Love", "Tintin", "Bo", "Jo", "Lo")
ANSWERS_AFTER = {Outcome.TALKED, Outcome.CALLED_BACK}
NOTES = {
    Outcome.TALKED: ("Vill gärna hjälpa till med fika", "Bra samtal, kommer på nästa möte", "", "", ""),
    Outcome.TALKED_CALL_BACK: ("Passar bäst efter maten", ""),
}
MESSAGES = {
    Outcome.LANGUAGE: "Pratar helst finska",
    Outcome.WANTS_TO_LEAVE: "Vill gå ur, hör av er",
    Outcome.SAYS_LEFT: "Säger sig ha gått ur i höstas",
}


@dataclass(frozen=True, slots=True)
class Night:
    """One evening of one association: when it begins and how many calls are made."""

    begins: datetime
    ends: datetime
    calls: int
    today: date


def nights_of(slug: str, on_list: int, today: date, zone: ZoneInfo) -> Iterator[Night]:
    """The evenings of the last weeks that it took to make the association's calls, the earliest first."""
    left = calls_made(slug, on_list)
    last = today - timedelta(days=dice("last evening", slug).randint(*LAST_EVENING))
    days = _evenings_until(last, ceil(rounds_rung(slug) / ROUNDS_AN_EVENING))
    for place, day in enumerate(days):
        calls = ceil(left / (len(days) - place))
        left -= calls
        yield Night(
            datetime.combine(day, OPENS, zone),
            datetime.combine(day, CLOSES, zone),
            calls,
            today,
        )


def _evenings_until(day: date, count: int) -> list[date]:
    """So many Mondays to Thursdays up to ``day``, no two following each other, in order."""
    days: list[date] = []
    while len(days) < count:
        if day.weekday() in MON_TO_THU and (not days or days[-1] - day > timedelta(days=1)):
            days.append(day)
        day -= timedelta(days=1)
    return days[::-1]


def ring_a_night(assignment: CallAssignment, night: Night, by: By, rng: Random) -> int:
    """Hold one evening through the services the pages use; gives how many calls were made."""
    refresh_assignment(assignment, night.begins, night.begins.date())
    evening = start_evening(uuid7(), assignment, night.begins, night.ends, By(by.account_id, night.begins))
    callers = cycle(come_in(evening, ceil(night.calls / CALLS_A_CALLER), night.begins, rng))
    at, made = night.begins, 0
    pace = min(A_CALL, (night.ends - night.begins) / (night.calls + 1))
    while made < night.calls and ring_once(next(callers).account, assignment.id, at, night.today, rng):
        at, made = at + pace, made + 1
    end_evening(evening, night.ends)
    return made


def come_in(evening: Evening, count: int, at: datetime, rng: Random) -> list[Shift]:
    """So many invented callers, let in by link and code."""
    names = rng.sample(NAMES, min(count, len(NAMES)))
    invited = invite(evening, uuid7(), names, at)
    code = code_now(evening)
    return [join(one.invitation, one.invitation.name, code, f"demo-{uuid7()}", at) for one in invited]


def ring_once(caller: Account, assignment_id: UUID, at: datetime, today: date, rng: Random) -> bool:
    """Take the next member and tell how it went; gives whether there was one."""
    with acting_as(caller.id):
        call = take_next_call(caller, [assignment_id], at)
        if call is not None:
            report = _report(rng, at, today)
            if report.outcome in ANSWERS_AFTER:
                answer_survey(call, By(caller.id, at + timedelta(minutes=1)), rng)
            report_call(call, report, at + timedelta(minutes=2))
    return call is not None


def _report(rng: Random, at: datetime, today: date) -> Report:
    outcome = Outcome(call_outcome(rng))
    days = max((today - at.date()).days + rng.randint(-1, 9), 2)  # a promise or two is late
    later = at + timedelta(days=days)
    return Report(
        outcome,
        call_back_at=later if outcome.asks_when else None,
        note=rng.choice(NOTES.get(outcome, ("",))),
        message=MESSAGES.get(outcome, ""),
        key=str(uuid7()),
    )
