"""What is said where nobody is dealt out of a list: why, and when it opens again."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from campaigns.queue.campaign_rules import Shut, WhyShut, why_shut
from campaigns.queue.models import CallAssignment
from campaigns.queue.opening import Closed, WhyClosed
from campaigns.queue.taking_again import WhyNotAgain
from campaigns.ringing.caller_words import said_when
from organiser.core.i18n import _, lazy
from organiser.web import language
from organiser.web.filters import zone

TITLES: dict[WhyShut, Any] = {
    WhyShut.CLOSED: lazy("The list is closed"),
    WhyShut.PAUSED: lazy("The ringing is paused"),
    WhyShut.NOT_BEGUN: lazy("It has not begun yet"),
    WhyShut.OVER: lazy("The ringing is over"),
    WhyShut.HOURS: lazy("Nobody is rung just now"),
}
BRIEFLY: dict[WhyShut, Any] = {
    WhyShut.CLOSED: lazy("Closed"),
    WhyShut.PAUSED: lazy("Paused"),
    WhyShut.NOT_BEGUN: lazy("Not begun"),
    WhyShut.OVER: lazy("Over"),
    WhyShut.HOURS: lazy("Not just now"),
}
REASONS: dict[WhyShut, Any] = {
    WhyShut.CLOSED: lazy("The organiser has closed it: everybody who is to be rung has been. Thank you!"),
    WhyShut.PAUSED: lazy("The organiser has paused it for a while. You have done nothing wrong."),
    WhyShut.NOT_BEGUN: lazy("The campaign begins in a few days. You are early, and welcome back then."),
    WhyShut.OVER: lazy("Its last day has passed. Thank you for wanting to ring!"),
}
HOURS: dict[WhyClosed, Any] = {
    WhyClosed.NO_HOURS_TODAY: lazy("Nobody is rung today."),
    WhyClosed.NOT_YET: lazy("It is too early in the day: we ring when people have time to talk."),
    WhyClosed.PAUSE: lazy("We ring earlier and later in the day, not in between."),
    WhyClosed.OVER_FOR_TODAY: lazy("We are done for today: nobody shall be disturbed late."),
}
NOT_AGAIN: dict[WhyNotAgain, Any] = {
    WhyNotAgain.HELD: lazy("Somebody else rings them, or their household, just now. Try again in a while."),
    WhyNotAgain.NOT_TO_BE_RUNG: lazy(
        "They may not be rung any more. If they ring back, tell the organiser what they want."
    ),
}


@dataclass(frozen=True, slots=True)
class ShutNow:
    """Why a list is shut, in words. ``opens``: when it opens again, if known; ``paused``: any moment."""

    title: str
    briefly: str
    reason: str
    opens: str
    paused: bool


def shut_now(assignment: CallAssignment, at: datetime) -> ShutNow | None:
    """What to say of a list at ``at``; none: it is rung."""
    shut = why_shut(assignment, at, zone())
    if shut is None:
        return None
    return ShutNow(
        title=str(TITLES[shut.why]),
        briefly=str(BRIEFLY[shut.why]),
        reason=_reason(shut),
        opens=said_when(shut.opens_at) if shut.opens_at else "",
        paused=shut.why is WhyShut.PAUSED,
    )


def _reason(shut: Shut) -> str:
    return _of_hours(shut.closed) if shut.closed else str(REASONS[shut.why])


def _of_hours(closed: Closed) -> str:
    if closed.red_day is None:
        return str(HOURS[closed.why])
    name = closed.red_day.name(language.chosen())
    return str(_("Today is a day off: %(day)s. We let people keep it in peace.", day=name))
