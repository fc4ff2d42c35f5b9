"""A campaign's rules: how often somebody is tried, how long they rest between tries, and when they are rung.

Three tries at least twenty hours apart is our own policy: enough to meet most people, and never twice in one
evening or the next morning. What an outcome says of itself goes first: a busy line may be tried after an
hour, somebody with a message to answer is left alone for two days.
"""

from dataclasses import dataclass
from datetime import timedelta

from campaigns.queue import opening
from campaigns.queue.opening import USUAL, CallingHours

TRIES, MOST_TRIES = 3, 9
REST_HOURS, LONGEST_REST = 20, 14 * 24


class NotRules(ValueError):
    """These are no rules to ring by."""


@dataclass(frozen=True, slots=True)
class Rules:
    """``tries``: so many attempts without an answer are enough. ``rest_hours``: between two of them.
    ``hours``: when a call may begin. Raises ``NotRules``.
    """

    tries: int = TRIES
    rest_hours: int = REST_HOURS
    hours: CallingHours = USUAL

    def __post_init__(self) -> None:
        if not 1 <= self.tries <= MOST_TRIES:
            raise NotRules(f"{self.tries} tries")
        if not 1 <= self.rest_hours <= LONGEST_REST:
            raise NotRules(f"{self.rest_hours} hours of rest")

    def as_json(self) -> dict[str, object]:
        """As ``read_json`` reads it."""
        return {"tries": self.tries, "rest_hours": self.rest_hours, "hours": self.hours.as_json()}


def read_json(told: object) -> Rules:
    """Rules as ``as_json`` wrote them; what was not written is as usual. Raises ``NotRules`` and
    ``NotCallingHours``.
    """
    known = {"tries", "rest_hours", "hours"}
    if not isinstance(told, dict) or not set(told) <= known:
        raise NotRules(repr(told))
    tries, rest = told.get("tries", TRIES), told.get("rest_hours", REST_HOURS)
    if type(tries) is not int or type(rest) is not int:
        raise NotRules(repr(told))
    return Rules(tries, rest, opening.read_json(told["hours"]) if "hours" in told else USUAL)


def rest_of(outcome_rest: timedelta | None, rules: Rules) -> timedelta:
    """How long a member rests: as long as the outcome says where it says so, else as the campaign does."""
    return timedelta(hours=rules.rest_hours) if outcome_rest is None else outcome_rest
