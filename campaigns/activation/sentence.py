"""All of it in one sentence: how many are contacted, what the goal is, what is left, when it is met."""

from typing import Any

from campaigns.activation.figures import Figures
from campaigns.goals.progress import WEEK, Aim, Base, Course, Progress
from campaigns.goals.words import amount, due_day, per_cent
from organiser.core.i18n import _, lazy, ngettext
from organiser.orgs.words import word
from organiser.web.filters import count

NO_GOAL = lazy("%(done)s of %(of)s %(members)s contacted (%(share)s)")
REACHED = lazy(
    "%(done)s of %(of)s %(members)s contacted (%(share)s): the goal of %(goal)s by %(day)s is reached"
)
OVERDUE = lazy(
    "%(done)s of %(of)s %(members)s contacted (%(share)s), the goal was %(goal)s by %(day)s: "
    "%(missing)s short"
)
LAST_WEEK = lazy(
    "%(done)s of %(of)s %(members)s contacted (%(share)s), the goal is %(goal)s by %(day)s: %(missing)s to go"
)
AHEAD = lazy(
    "%(done)s of %(of)s %(members)s contacted (%(share)s), the goal is %(goal)s by %(day)s: "
    "%(missing)s to go, %(needed)s a week"
)


def headline(figures: Figures) -> str:
    """The page's heading, without a full stop."""
    if figures.hidden:
        few = _("%(name)s has fewer than five members: too few to show numbers", name=figures.name)
        return str(few)
    progress = figures.progress
    said: dict[str, Any] = {
        "done": count(progress.done),
        "of": count(progress.of),
        "members": _whom(progress),
        "share": per_cent(progress.percent),
    }
    if progress.aim is not None:
        said |= {
            "goal": amount(progress.aim),
            "day": due_day(progress.aim.due_on, progress.today),
            "missing": count(progress.missing),
            "needed": count(progress.needed_a_week),
        }
    return str(_form(progress, foretold=figures.known_on is None)) % said


def _whom(progress: Progress) -> str:
    members = word("member", progress.of)
    if progress.aim is not None and progress.aim.base is Base.CALLABLE:
        return str(_("%(members)s who can be rung", members=members))
    return members


def _form(progress: Progress, *, foretold: bool) -> Any:
    match progress.course:
        case Course.NO_GOAL:
            return NO_GOAL
        case Course.REACHED:
            return REACHED
        case Course.OVERDUE:
            return OVERDUE
    return AHEAD if foretold and progress.days_left >= WEEK else LAST_WEEK


def forecast(progress: Progress) -> str:
    """What the present pace leads to, as a range; nothing where no goal lies ahead or nothing has begun."""
    if progress.course is Course.TOO_EARLY:
        return str(_("Not enough data yet: it takes three weeks to say when the goal is met."))
    if progress.course not in {Course.ON_COURSE, Course.BEHIND} or progress.pace is None:
        return ""
    return f"{_pace(progress)} {when(progress)}"


def _pace(progress: Progress) -> str:
    assert progress.pace is not None
    pace, weeks = progress.pace, progress.pace.over
    said = ngettext(
        "%(number)s a week over the last week.",
        "%(number)s a week over the last %(num)s weeks.",
        weeks,
        number=count(round(pace.a_week)) if pace.a_week >= 1 else _("less than one"),
    )
    return str(said)


def when(progress: Progress) -> str:
    """Some time between two days, at the present pace; from a day on where the end cannot be told."""
    foretold = progress.forecast
    if foretold is None:
        return str(_("At that pace the goal is not met within two years."))
    earliest = due_day(foretold.earliest, progress.today)
    if foretold.latest is None:
        said = _("The goal is met on %(day)s at the earliest; how much later cannot be told.", day=earliest)
        return str(said)
    latest = due_day(foretold.latest, progress.today)
    return str(
        _(
            "The goal is met some time between %(first)s and %(last)s at that pace.",
            first=earliest,
            last=latest,
        )
    )


def goal(aim: Aim, progress: Progress) -> str:
    """A goal in few words: 50 % by 1 June."""
    day = due_day(aim.due_on, progress.today)
    if aim.base is Base.CALLABLE:
        said = _("The goal is %(goal)s of those who can be rung by %(day)s.", goal=amount(aim), day=day)
    else:
        said = _("The goal is %(goal)s by %(day)s.", goal=amount(aim), day=day)
    return str(said)
