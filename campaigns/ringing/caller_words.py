"""What the caller's templates call things: outcomes in the reader's language, times as they are said."""

from datetime import date, datetime
from typing import Any

from babel.dates import format_date
from flask_babel import get_locale

from campaigns.queue.hours import Offer, WhyNotThen
from campaigns.queue.opening import CallingHours
from campaigns.queue.outcomes import Outcome
from campaigns.queue.outcomes import label as full_label
from campaigns.queue.words import EFFECTS, GROUPS, ICONS, NOT_THEN, SHORT, WHEN
from campaigns.ringing.adding_words import Unpleasant
from organiser.core import clock
from organiser.core.i18n import _, lazy
from organiser.members.rules import WhyNot
from organiser.web import language
from organiser.web.filters import clock_time, weekday, zone

UNPLEASANT: dict[Unpleasant, Any] = {
    Unpleasant.THREAT: lazy("Threats"),
    Unpleasant.INSULT: lazy("Insults"),
    Unpleasant.ADVANCES: lazy("Sexual advances"),
    Unpleasant.OTHER: lazy("Something else unpleasant"),
}
NOT_NOW: dict[WhyNot, Any] = {
    WhyNot.BLOCKED: lazy("They have asked not to be rung."),
    WhyNot.OVER: lazy("They are not a member any more."),
}
MAY_NOT = lazy("The register says that they may not be rung any more.")


def label(outcome: Outcome | str) -> str:
    """The outcome's whole name."""
    return full_label(Outcome(outcome), language.chosen())


def short(outcome: Outcome | str) -> str:
    """The name on its button, where it has one of its own."""
    known = Outcome(outcome)
    return str(SHORT[known]) if known in SHORT else label(known)


def effect(outcome: Outcome | str) -> str:
    """What it leads to, in a sentence or two."""
    return str(EFFECTS[Outcome(outcome)])


def icon_of(outcome: Outcome | str) -> str:
    """Its drawing."""
    return ICONS[Outcome(outcome)]


def called(offer: Offer) -> str:
    """A time on a button: Tonight 19.30, or with its day: Monday 11 March 17.30."""
    if offer.when in WHEN:
        return f"{WHEN[offer.when]} {clock_time(offer.at)}"
    day = weekday(offer.at.astimezone(zone()).date())
    return f"{day[:1].upper()}{day[1:]} {clock_time(offer.at)}"


def said_when(at: datetime) -> str:
    """A time to come, as it is said: 19.30 today, 17.30 tomorrow, else with its day."""
    days = (at.astimezone(zone()).date() - clock.now().astimezone(zone()).date()).days
    time = clock_time(at)
    if days == 0:
        return str(_("today at %(time)s", time=time))
    if days == 1:
        return str(_("tomorrow at %(time)s", time=time))
    return str(_("on %(day)s at %(time)s", day=weekday(at.astimezone(zone()).date()), time=time))


def said_day(on: date) -> str:
    """A day that was: 12 november; with its year where that is another than this."""
    this_year = clock.now().astimezone(zone()).year
    return str(format_date(on, "d MMMM" if on.year == this_year else "d MMMM y", locale=get_locale()))


def not_then(fault: WhyNotThen, promised: datetime, hours: CallingHours) -> str:
    """Why that is no time to ring back, and when after it the campaign rings."""
    words = str(NOT_THEN[fault])
    opens_at = hours.opens_at(promised, zone())
    if fault in {WhyNotThen.PAST, WhyNotThen.TOO_FAR} or opens_at is None:
        return words
    return f"{words} {_('After that we ring %(when)s.', when=said_when(opens_at))}"


def why_not_words(why_not: WhyNot) -> str:
    """Why somebody one holds may not be rung any more; a caller learns no more than they need."""
    return str(NOT_NOW.get(why_not, MAY_NOT))


def for_templates() -> dict[str, Any]:
    """What every page of a caller may say."""
    return {
        "called": called,
        "effect": effect,
        "groups": GROUPS,
        "icon_of": icon_of,
        "label": label,
        "said_when": said_when,
        "short": short,
        "unpleasant": UNPLEASANT,
        "why_not_words": why_not_words,
    }
