"""The closed sets of ringing: where a target stands in its queue."""

from enum import StrEnum


class TargetState(StrEnum):
    """A member's place in one assignment. Only the first is ever dealt out."""

    QUEUED = "queued"  # to be rung, now or when it has rested
    DONE = "done"  # talked, or done by other means
    FLAGGED = "flagged"  # an organiser must act first
    BLOCKED = "blocked"  # asked not to be rung
    NO_NUMBER = "no_number"  # no usable number is left
    OVER = "over"  # left, or deceased
