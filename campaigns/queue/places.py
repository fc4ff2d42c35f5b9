"""Where every member of an audience stands: in exactly one place, with a next step. They add up."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from campaigns.queue.states import TargetState, Turn
from organiser.members.rules import WhyNot


class Place(StrEnum):
    """One of these holds for each member at every moment."""

    ON_PHONE = "on_phone"  # a caller holds them just now
    CALL_BACK = "call_back"  # promised a call
    NOT_TRIED = "not_tried"
    READY = "ready"  # tried, rested, to be rung again; or on another number
    RESTING = "resting"
    WAITS = "waits"  # an organiser must act first
    TALKED = "talked"
    OTHER_MEANS = "other_means"  # met in another way, or settled by an organiser
    TRIED_OUT = "tried_out"
    ASKED_NOT = "asked_not"
    NO_NUMBER = "no_number"
    CANNOT = "cannot"  # may not be rung: left, under age, protected, moved away


LEFT = frozenset({Place.ON_PHONE, Place.CALL_BACK, Place.NOT_TRIED, Place.READY, Place.RESTING})
"""Those still to be rung, now or later."""
SETTLED = frozenset({Place.TALKED, Place.OTHER_MEANS})
"""Those who have been met."""

BY_STATE = {
    TargetState.DONE: Place.TALKED,
    TargetState.HANDLED: Place.OTHER_MEANS,
    TargetState.MET: Place.OTHER_MEANS,
    TargetState.FLAGGED: Place.WAITS,
    TargetState.TRIED_OUT: Place.TRIED_OUT,
    TargetState.BLOCKED: Place.ASKED_NOT,
    TargetState.NO_NUMBER: Place.NO_NUMBER,
    TargetState.OVER: Place.CANNOT,
    TargetState.OUTSIDE: None,
}
"""What a state says by itself; ``OUTSIDE`` is not of the audience at all."""

BY_OBSTACLE = {
    WhyNot.OVER: Place.CANNOT,
    WhyNot.PROTECTED: Place.CANNOT,
    WhyNot.BLOCKED: Place.ASKED_NOT,
    WhyNot.UNDER_AGE: Place.CANNOT,
    WhyNot.NO_NUMBER: Place.NO_NUMBER,
    WhyNot.NUMBERS_FAILED: Place.NO_NUMBER,
}
"""What stands in the way of those in the queue: the register may have changed a moment ago."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of one member of an audience at a moment. ``held``: somebody has them on the phone.
    ``obstacle``: the first reason not to ring them; ``moved``: they belong to another association.
    ``rests_until``: of their latest call, in whatever campaign.
    """

    state: TargetState
    turn: Turn
    due_at: datetime
    held: bool = False
    obstacle: WhyNot | None = None
    moved: bool = False
    rests_until: datetime | None = None


def place_of(seen: Seen, at: datetime) -> Place | None:
    """Where the member stands at ``at``; none: outside of the audience. ``ledger_queries.place`` says the
    same in SQL; a test holds the two together.
    """
    if seen.held:
        return Place.ON_PHONE
    if seen.state is not TargetState.QUEUED:
        return BY_STATE[seen.state]
    if seen.obstacle is not None:
        return BY_OBSTACLE[seen.obstacle]
    if seen.moved:
        return Place.CANNOT
    return _in_queue(seen, at)


def _in_queue(seen: Seen, at: datetime) -> Place:
    if seen.turn == Turn.PROMISED:
        return Place.CALL_BACK
    if seen.turn == Turn.NEXT_NUMBER:
        return Place.READY
    if seen.due_at > at or (seen.rests_until is not None and seen.rests_until > at):
        return Place.RESTING
    return Place.NOT_TRIED if seen.turn == Turn.NEW else Place.READY
