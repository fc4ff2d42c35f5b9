"""What campaigns, calls and goals are called in the log of changes."""

from organiser.core.i18n import lazy
from organiser.logs import words

SUBJECTS = {
    "campaign": lazy("Campaign"),
    "call_assignment": lazy("Call assignment"),
    "target": lazy("Place on a call list"),
    "call": lazy("Call"),
    "evening": lazy("Calling evening"),
    "invitation": lazy("Personal link"),
    "shift": lazy("Call shift"),
    "follow_up": lazy("Follow-up"),
    "goal": lazy("Goal"),
    "goal_change": lazy("Goal as it was before"),
    "survey": lazy("Survey"),
    "question": lazy("Survey question"),
    "submission": lazy("Survey submission"),
    "answer": lazy("Survey answer"),
}
FIELDS = {
    "title": lazy("Title"),
    "purpose": lazy("Purpose"),
    "script": lazy("Call guide"),
    "starts_on": lazy("First day"),
    "ends_on": lazy("Last day"),
    "responsible_id": lazy("Responsible"),
    "members_added": lazy("Members brought in"),
    "due_at": lazy("Not before"),
    "promised": lazy("Promised to ring back"),
    "tries": lazy("Tries"),
    "outcome": lazy("How it went"),
    "taken_at": lazy("Dealt out"),
    "lease_until": lazy("Held until"),
    "given_back_at": lazy("Given back"),
    "reported_at": lazy("Told"),
    "call_back_at": lazy("Ring back"),
    "message": lazy("To the organiser"),
    "caller_id": lazy("Caller"),
    "starts_at": lazy("Begins"),
    "ends_at": lazy("Ends"),
    "ended_at": lazy("Ended on"),
    "used_at": lazy("Used"),
    "revoked_at": lazy("Taken back"),
    "percent": lazy("Per cent of all members"),
    "due_on": lazy("By which day"),
    "owner_id": lazy("Who sees to it"),
    "done_at": lazy("Dealt with"),
    "done_by_id": lazy("Dealt with by"),
    "measure": lazy("What is counted"),
    "value": lazy("Said"),
    "position": lazy("Order"),
    "counts_at": lazy("Counts since"),
}


def tell_the_log() -> None:
    """Give the log's pages these words; telling twice changes nothing."""
    words.SUBJECTS.update(SUBJECTS)
    words.FIELDS.update(FIELDS)
