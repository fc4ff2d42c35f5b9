"""What is said of goals and measures: definitions, and whether we are on course, as icon and word."""

from typing import NamedTuple

from campaigns.goals.progress import Course
from organiser.core.i18n import lazy

DEFINITIONS = {
    "contacted": lazy(
        "Has answered us on the telephone, however briefly, or was met in another way: a visit, a letter, an "
        "event. No answer and messages left do not count. Each member counts once."
    ),
    "talked": lazy(
        "Has talked with us on the telephone to the end: we rang, or they rang us back. All of them count as "
        "contacted too."
    ),
    "callable": lazy(
        "Has a number that works, is of age, and has neither asked not to be rung nor a protected identity."
    ),
    "members": lazy(
        "Everybody in the register whose membership is not over, paid or not. The share is always of all "
        "members, also of those who cannot be rung: they can be met in another way."
    ),
    "few": lazy(
        "Where an association has fewer than five members, what has been done there is not shown by itself; "
        "it is counted in the whole. Those who may read the register see it all."
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
    Course.ON_COURSE: CourseWords(lazy("On course"), "", "trending-up"),
    Course.BEHIND: CourseWords(lazy("Behind"), "late", "clock-3"),
    Course.OVERDUE: CourseWords(lazy("The day has passed"), "late", "clock-3"),
    Course.REACHED: CourseWords(lazy("Goal reached"), "", "check"),
}
