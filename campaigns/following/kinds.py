"""The closed sets of following up: what an organiser did, and which follow-ups a page shows."""

from enum import StrEnum


class FollowedUp(StrEnum):
    """What was done about it."""

    NUMBER = "number"  # another number to ring
    AGAIN = "again"  # back in the queue
    DONE = "done"  # met by other means
    NOTE = "note"  # written down, nothing more
    BLOCK = "block"
    MOVE = "move"
    LEFT = "left"
    DECEASED = "deceased"


class Shown(StrEnum):
    """Which follow-ups a page shows."""

    ALL = "all"
    MINE = "mine"
    OVERDUE = "overdue"
    DONE = "done"
