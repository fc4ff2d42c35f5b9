"""The four things we count members by, one definition each for every page, file and command.

- contacted: a call whose outcome ``reached`` them, or a contact by another channel
- talked: a call that ended as talked or as called back
- surveyed: a submission that holds at least one answer that stands
- active: they said yes to a task

Only current members count (``organiser.members.rules.OVER_STATUSES`` says who is none). A call that was given
back has no outcome and one that was undone has lost it, so neither counts; one reported after its lease had
run out was made, and counts. The words for them stand in campaigns/goals/words.py and docs/stats.md; the
selects in campaigns/totals/queries.py (one member) and campaigns/totals/recounting.py (a whole unit).
"""

from enum import StrEnum

from campaigns.queue.outcomes import Outcome

REACHED = tuple(outcome for outcome in Outcome if outcome.reached)
"""Calls that make a member contacted."""
TALKED = (Outcome.TALKED, Outcome.CALLED_BACK)
"""Calls that make a member talked with."""
NO_CALL = (Outcome.SKIPPED,)
"""Reports that somebody was not rung after all."""


class Measure(StrEnum):
    """What a member is counted for, once however often it happened."""

    CONTACTED = "contacted"
    TALKED = "talked"
    SURVEYED = "surveyed"
    ACTIVE = "active"

    @property
    def told(self) -> bool:
        """Whether it is something members told us of themselves, and not only something we did."""
        return self in {Measure.SURVEYED, Measure.ACTIVE}


MEASURES = tuple(Measure)
