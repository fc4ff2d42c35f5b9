"""All of it in one sentence: how many are contacted, what the goal is, what is left."""

from typing import Any

from campaigns.activation.figures import Figures
from campaigns.activation.words import due_day, per_cent
from campaigns.goals.progress import WEEK, Course, Progress
from organiser.core.i18n import _, lazy
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
        "members": word("member", progress.of),
        "share": per_cent(progress.percent),
    }
    if progress.aim is not None:
        said |= {
            "goal": per_cent(progress.aim.percent),
            "day": due_day(progress.aim.due_on, progress.today),
            "missing": count(progress.missing),
            "needed": count(progress.needed_a_week),
        }
    return str(_form(progress)) % said


def _form(progress: Progress) -> Any:
    match progress.course:
        case Course.NO_GOAL:
            return NO_GOAL
        case Course.REACHED:
            return REACHED
        case Course.OVERDUE:
            return OVERDUE
    return LAST_WEEK if progress.days_left < WEEK else AHEAD


def forecast(progress: Progress) -> str:
    """What the present pace leads to; nothing where no goal lies ahead or nothing has begun."""
    if progress.course not in {Course.ON_COURSE, Course.BEHIND}:
        return ""
    pace = round(progress.pace)
    if progress.met_on is None or not pace:
        return str(_("Hardly anybody has been contacted in the last four weeks."))
    day = due_day(progress.met_on, progress.today)
    said = _(
        "%(pace)s a week, measured over four weeks at most. At that pace the goal is met around %(day)s.",
        pace=count(pace),
        day=day,
    )
    return str(said)
