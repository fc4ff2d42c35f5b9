"""A list of any length, poured in past the services: what a queue costs when it is long."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from campaigns.queue.counting import Stand, note_places
from campaigns.queue.models import CallAssignment, Target
from campaigns.queue.states import TargetState, Turn
from organiser.core import clock
from organiser.core.bulk import add_rows
from organiser.core.database import db
from organiser.core.ids import uuid7
from organiser.members.kinds import PhoneKind
from organiser.members.models import Member, PhoneNumber

BATCH = 20_000
LONGEST = 10_000_000
Do = Callable[[Callable[[], None]], None]


def pour(do: Do, assignment_id: UUID, begin: int, end: int) -> None:
    """Members number ``begin`` to ``end`` (none twice), each with a number of their own, on one list.

    ``do`` runs a piece of work as one transaction in the tenant.
    """
    for start in range(begin, end, BATCH):
        numbers = range(start, min(start + BATCH, end))
        do(lambda numbers=numbers: _pour(assignment_id, numbers))  # type: ignore[misc]  # mypy cannot infer it


def _pour(assignment_id: UUID, numbers: range) -> None:
    assignment = db.session.scalars(select(CallAssignment).where(CallAssignment.id == assignment_id)).one()
    ids = {number: uuid7() for number in numbers}
    session, at = db.session(), clock.now() - timedelta(minutes=1)
    add_rows(
        session,
        Member,
        [
            {
                "id": ids[number],
                "organisation_id": assignment.organisation_id,
                "number": f"B{number}",
                "first_name": "Kim",
                "last_name": f"Nummer {number}",
                "city": "Falun",
                "birth_year": 1970,
            }
            for number in numbers
        ],
    )
    add_rows(
        session,
        PhoneNumber,
        [
            {"member_id": ids[number], "e164": f"+4670{LONGEST + number}", "kind": PhoneKind.MOBILE}
            for number in numbers
        ],
    )
    add_rows(
        session,
        Target,
        [
            {
                "campaign_id": assignment.campaign_id,
                "assignment_id": assignment.id,
                "member_id": ids[number],
                "turn": Turn.NEW,
                "due_at": at,
            }
            for number in numbers
        ],
    )
    note_places(session, [(None, Stand(assignment.id, TargetState.QUEUED))] * len(numbers))
