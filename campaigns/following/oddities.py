"""What an organiser may want to look at of an evening: hints, never accusations, and each with a floor below
which nothing is said.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from statistics import median

HASTE_SECONDS, HASTE_CALLS = 20, 10
"""Half of the outcomes came sooner than this after the one before."""
REACHED_SHARE, REACHED_CALLS = 0.95, 15
TALKS_WITHOUT_ANSWERS = 8
WHOLE_LEASES = 3


class Oddity(StrEnum):
    """Something to look at."""

    HASTE = "haste"
    ALL_REACHED = "all_reached"
    NO_ANSWERS = "no_answers"
    WHOLE_LEASE = "whole_lease"


@dataclass(frozen=True, slots=True)
class Told:
    """One reported call of a caller's evening. ``talked``: they talked it through; ``answered``: a question
    of the survey was answered in it.
    """

    at: datetime
    reached: bool
    talked: bool
    answered: bool = False


def oddities(calls: Sequence[Told], whole_leases: int, *, with_survey: bool) -> list[Oddity]:
    """What stands out in one caller's calls of a day, in the order they were told. ``whole_leases``: members
    they held until the time was up, without a word.
    """
    found = {
        Oddity.HASTE: _in_haste(calls),
        Oddity.ALL_REACHED: _all_reached(calls),
        Oddity.NO_ANSWERS: with_survey and _no_answers(calls),
        Oddity.WHOLE_LEASE: whole_leases >= WHOLE_LEASES,
    }
    return [oddity for oddity, holds in found.items() if holds]


def _in_haste(calls: Sequence[Told]) -> bool:
    if len(calls) < HASTE_CALLS:
        return False
    between = [(later.at - earlier.at).total_seconds() for earlier, later in pairwise(calls)]
    return median(between) < HASTE_SECONDS


def _all_reached(calls: Sequence[Told]) -> bool:
    enough = len(calls) >= REACHED_CALLS
    return enough and sum(call.reached for call in calls) >= REACHED_SHARE * len(calls)


def _no_answers(calls: Sequence[Told]) -> bool:
    talked = sum(call.talked for call in calls)
    return talked >= TALKS_WITHOUT_ANSWERS and not any(call.answered for call in calls)
