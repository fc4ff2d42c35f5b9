"""What the caller's templates call things: outcomes in the reader's language, times as they are said."""

from datetime import datetime
from typing import Any

from campaigns.queue.hours import Offer
from campaigns.queue.outcomes import Outcome
from campaigns.queue.outcomes import label as full_label
from campaigns.queue.words import EFFECTS, GROUPS, ICONS, SHORT, WHEN
from organiser.core import clock
from organiser.core.i18n import _
from organiser.web import language
from organiser.web.filters import clock_time, weekday, zone


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
    }
