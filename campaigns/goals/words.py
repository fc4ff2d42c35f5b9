"""What is said of goals and measures: names, one definition each, a goal in words, and the course."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from babel.numbers import format_percent
from flask import url_for

from campaigns.goals.models import Goal
from campaigns.goals.progress import Aim, Base, Course
from campaigns.totals.measures import MEASURES, Measure
from organiser.core.i18n import _, lazy
from organiser.orgs.models import Organisation
from organiser.orgs.words import word
from organiser.web.filters import count, language, written_day

NAMES = {
    Measure.CONTACTED: lazy("Contacted"),
    Measure.TALKED: lazy("Talked with"),
    Measure.SURVEYED: lazy("Survey answered"),
    Measure.ACTIVE: lazy("Active"),
}
DEFINITIONS = {
    "contacted": lazy(
        "Has answered us on the telephone, however briefly, or was met in another way: a visit, a letter, an "
        "event. No answer and messages left do not count. Each member counts once."
    ),
    "talked": lazy(
        "Has talked with us on the telephone to the end: we rang, or they rang us back. All of them count as "
        "contacted too."
    ),
    "surveyed": lazy(
        "Has answered at least one question of a survey, in a call or otherwise. Each member counts once, "
        "however many surveys."
    ),
    "active": lazy("Has said yes to a task: it is noted with the member, with who wrote it and when."),
    "callable": lazy(
        "Has a number that works, is of age, and has neither asked not to be rung nor a protected identity."
    ),
    "members": lazy(
        "Everybody in the register whose membership is not over, paid or not. The share is always of all "
        "members, also of those who cannot be rung: they can be met in another way."
    ),
    "few": lazy(
        "Where an association has fewer than five members, what has been done there is not shown by itself; "
        "it is counted in the whole. The same where one to four have told something of themselves. Those who "
        "may read the register see it all."
    ),
    "forecast": lazy(
        "From the last weeks, at least three and at most eight, we know how many came each week and how much "
        "the weeks differ. The range is where the goal is met four times of five if we go on like that. The "
        "more the weeks differ, the wider it is."
    ),
}


class CourseWords(NamedTuple):
    """A tag: its word, its kind (never the red one) and its icon."""

    text: object
    kind: str
    icon: str


COURSES = {
    Course.NO_GOAL: CourseWords(lazy("No goal"), "idle", "target"),
    Course.NOT_BEGUN: CourseWords(lazy("Not begun"), "idle", "circle-dashed"),
    Course.TOO_EARLY: CourseWords(lazy("Too early to tell"), "idle", "circle-dashed"),
    Course.ON_COURSE: CourseWords(lazy("On course"), "", "trending-up"),
    Course.BEHIND: CourseWords(lazy("Behind"), "late", "clock-3"),
    Course.OVERDUE: CourseWords(lazy("The day has passed"), "late", "clock-3"),
    Course.REACHED: CourseWords(lazy("Goal reached"), "", "check"),
}
ASKED = {
    Measure.CONTACTED: lazy("How many shall be contacted?"),
    Measure.TALKED: lazy("How many shall we talk with?"),
    Measure.SURVEYED: lazy("How many shall answer the survey?"),
    Measure.ACTIVE: lazy("How many shall be active?"),
}


def ask(measure: Measure) -> str:
    """The question a goal answers."""
    return str(ASKED[measure])


def definitions() -> list[tuple[str, object, object]]:
    """Everything that is counted: where it stands on a page, its name, what it means."""
    return [
        ("members", _("Members"), DEFINITIONS["members"]),
        ("callable", _("Can be rung"), DEFINITIONS["callable"]),
        *((measure.value, NAMES[measure], DEFINITIONS[measure]) for measure in MEASURES),
        ("forecast", _("When the goal is met"), DEFINITIONS["forecast"]),
        ("few", _("Few members"), DEFINITIONS["few"]),
    ]


def per_cent(value: int | None) -> str:
    """A whole per cent as it is written: 35 %; a dash where there is none."""
    return written_per_cent(language(), value)


@lru_cache
def written_per_cent(language: str, value: int | None) -> str:
    """The same in a language."""
    return "–" if value is None else str(format_percent(value / 100, locale=language))


def due_day(on: date, today: date) -> str:
    """A day as it is said: 1 juni; with its year where that is another than this."""
    return written_due_day(language(), on, today)


def written_due_day(language: str, on: date, today: date) -> str:
    """The same in a language."""
    return written_day(language, on, "d MMMM" if on.year == today.year else "d MMMM y")


def amount(aim: Aim) -> str:
    """How much: 50 %, or 200."""
    return count(aim.number or 0) if aim.percent is None else per_cent(aim.percent)


def of_whom(base: Base) -> str:
    """Of all, or of those who can be rung."""
    if base is Base.CALLABLE:
        return str(_("of those who can be rung"))
    return str(_("of all %(members)s", members=word("member", 2)))


def overview(
    unit: Organisation, goals: Sequence[Goal], below: Sequence[Organisation]
) -> list[dict[str, Any]]:
    """Measure by measure: what the unit means, and in how many of those below there is a goal."""
    own = {goal.measure: goal for goal in goals if goal.organisation_id == unit.id}
    ids = {each.id for each in below}
    return [
        {
            "name": NAMES[measure],
            "definition": DEFINITIONS[measure],
            "goal": own.get(measure),
            "url": url_for("goals.edit", unit_id=unit.id, measure=measure.value),
            "n": sum(goal.measure is measure and goal.organisation_id in ids for goal in goals),
        }
        for measure in MEASURES
    ]
