"""Keep the lists true by themselves: newcomers on, leavers off, whoever may be rung again back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import orm

from campaigns.queue import keeping_queries as queries
from campaigns.queue.counting import Stand, note_places
from campaigns.queue.models import CallAssignment, Campaign, FollowUp, Target
from campaigns.queue.states import TargetState, Turn
from organiser.audit.models import Deed
from organiser.audit.services import record
from organiser.core import clock
from organiser.core.bulk import add_rows, change_rows
from organiser.core.database import db
from organiser.members.register_changes import on_register_change
from organiser.members.removing import before_removal
from organiser.web.filters import zone

MOST_AT_ONCE = 500
"""From so many changed members on, whole lists are gone through instead."""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """Members who came on the lists, came back into the queue, and were taken out of it."""

    new: int = 0
    back: int = 0
    out: int = 0

    def __add__(self, other: "Refreshed") -> "Refreshed":
        return Refreshed(self.new + other.new, self.back + other.back, self.out + other.out)


def init_app(app: Flask) -> None:
    """Have the lists follow the register: whatever changes a member, in the same transaction."""
    on_register_change(app, follow_register)
    before_removal(app, _take_off)


def follow_register(_session: orm.Session, member_ids: list[UUID]) -> None:
    """These members have changed: put them where they belong on every open campaign's lists."""
    at = clock.now()
    on = at.astimezone(zone()).date()
    some = member_ids if len(member_ids) < MOST_AT_ONCE else None
    for campaign in db.session.scalars(queries.open_campaigns()).all():
        _refresh(campaign, db.session.scalars(queries.open_lists(campaign.id)).all(), at, on, some)


def _take_off(session: orm.Session, member_ids: list[UUID]) -> None:
    """These members are removed, and their places with them: they are on no list any more."""
    places = session.execute(queries.places_of(member_ids))
    note_places(session, ((Stand(on, state), None) for on, state in places))


def refresh_campaign(campaign: Campaign, at: datetime, on: date) -> Refreshed:
    """Lists for associations that have none yet, and every open list as the register has it ``on`` a day."""
    units = db.session.scalars(queries.associations_without_list(campaign)).all()
    db.session.add_all(CallAssignment(campaign_id=campaign.id, organisation_id=unit) for unit in units)
    db.session.flush()
    return _refresh(campaign, db.session.scalars(queries.open_lists(campaign.id)).all(), at, on)


def refresh_assignment(assignment: CallAssignment, at: datetime, on: date) -> Refreshed:
    """Bring in those the campaign means since the list was made, take out those who may not be rung; who has
    been talked to, or waits for an organiser, stays as they are.
    """
    return _refresh(assignment.campaign, [assignment.id], at, on)


def _refresh(
    campaign: Campaign,
    list_ids: Sequence[UUID],
    at: datetime,
    on: date,
    member_ids: Collection[UUID] | None = None,
) -> Refreshed:
    """A few statements for all the lists together, however many members."""
    if not list_ids:
        return Refreshed()
    db.session.flush()
    went = _move_along(list_ids, member_ids)
    moved = db.session.execute(queries.misplaced(campaign, list_ids, on, member_ids)).all()
    session = db.session()
    change_rows(
        session, Target, [{"id": target_id, "state": TargetState(state)} for target_id, _, _, state in moved]
    )
    note_places(session, ((Stand(on, was), Stand(on, TargetState(state))) for _, on, was, state in moved))
    new = _bring_in(
        campaign, db.session.execute(queries.newcomers(campaign, list_ids, on, member_ids)).all(), at
    )
    if moved or went:
        _forget_what_was_read()
    back = sum(state == TargetState.QUEUED for *_, state in moved)
    return Refreshed(new, back, len(moved) - back)


def _move_along(list_ids: Sequence[UUID], member_ids: Collection[UUID] | None) -> int:
    """Whoever has moved stands on the list of their new association, as they stood on the old one."""
    goes: dict[UUID, UUID] = {}
    came: dict[tuple[UUID, UUID], Stand] = {}
    for place, member_id, from_list, state, to_list in db.session.execute(
        queries.movers(list_ids, member_ids)
    ):
        if (member_id, to_list) not in came:
            goes[place] = to_list
            came[member_id, to_list] = Stand(from_list, state)
    change_rows(
        db.session(), Target, [{"id": place, "assignment_id": to_list} for place, to_list in goes.items()]
    )
    note_places(db.session(), ((old, Stand(to_list, old.state)) for (_member, to_list), old in came.items()))
    errands = db.session.execute(queries.errands_of(goes)).all() if goes else []
    change_rows(
        db.session(), FollowUp, [{"id": errand, "assignment_id": goes[place]} for errand, place in errands]
    )
    return len(goes)


def _bring_in(campaign: Campaign, found: Sequence[Any], at: datetime) -> int:
    """A place for each newcomer; the log of changes tells how many came on each list."""
    add_rows(
        db.session(),
        Target,
        [
            {
                "campaign_id": campaign.id,
                "assignment_id": assignment_id,
                "member_id": member_id,
                "state": TargetState(state),
                "turn": int(Turn.NEW),
                "due_at": at,
                "tries": 0,
                "created_at": at,
                "version": 1,
            }
            for assignment_id, member_id, state in found
        ],
    )
    note_places(db.session(), ((None, Stand(to_list, TargetState(state))) for to_list, _, state in found))
    counts: dict[UUID, int] = {}
    for assignment_id, _member_id, _state in found:
        counts[assignment_id] = counts.get(assignment_id, 0) + 1
    for assignment_id, number in counts.items():
        record(CallAssignment.__tablename__, assignment_id, Deed.CHANGED, {"members_added": [None, number]})
    return len(found)


def _forget_what_was_read() -> None:
    """Targets that the session has loaded are read anew."""
    for row in db.session.identity_map.values():
        if isinstance(row, Target | FollowUp):
            db.session.expire(row)
