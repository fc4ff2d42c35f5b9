"""The closed sets of ringing: where a target stands in its queue, whose turn it is, what is to be done."""

from enum import IntEnum, StrEnum


class TargetState(StrEnum):
    """A member's place in one assignment. Only the first is ever dealt out; those up to ``OUTSIDE`` follow
    from the register and the campaign's rules, the last three from what somebody said or did.
    """

    QUEUED = "queued"  # to be rung, now or when it has rested
    BLOCKED = "blocked"  # asked not to be rung
    NO_NUMBER = "no_number"  # no usable number is left
    OVER = "over"  # left, or deceased, under age, protected, or moved away
    MET = "met"  # met in another way since the campaign began
    TRIED_OUT = "tried_out"  # as many tries as the campaign allows
    OUTSIDE = "outside"  # not meant by the campaign any more, and never rung
    DONE = "done"  # talked
    FLAGGED = "flagged"  # an organiser must act first
    HANDLED = "handled"  # an organiser has dealt with it

    @property
    def on_list(self) -> bool:
        """Whether the member is counted among those on the list."""
        return self is not TargetState.OUTSIDE

    @property
    def left(self) -> bool:
        """Whether the member is counted among those left to ring."""
        return self is TargetState.QUEUED


class Turn(IntEnum):
    """Who goes before whom among those in the queue whose time has come."""

    NEXT_NUMBER = -1  # the number was wrong, and they have another: that one at once
    PROMISED = 0  # a call back at the time they asked for
    NEW = 1  # never tried
    AGAIN = 2  # tried; the longest rested first


WHATEVER_REST = (Turn.NEXT_NUMBER, Turn.PROMISED)
"""Whose turn it is also where they would rest from an earlier call."""


class ErrandKind(StrEnum):
    """Why an organiser must act."""

    LANGUAGE = "language"
    WANTS_TO_LEAVE = "wants_to_leave"
    SAYS_LEFT = "says_left"
    DECEASED = "deceased"
    NO_NUMBER = "no_number"
    MESSAGE = "message"
    TOLD_TWICE = "told_twice"  # two stories of one call
    UNPLEASANT = "unpleasant"  # an unpleasant call, told by the caller
