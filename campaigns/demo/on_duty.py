"""Somebody is always on duty in the demo: an evening under way for its caller, whenever one looks."""

from datetime import datetime, timedelta
from itertools import cycle

from sqlalchemy import Select, select

from campaigns.demo.dice import dice
from campaigns.demo.people_who_sign_in import CALLS_IN
from campaigns.demo.ringing import come_in, ring_once
from campaigns.evenings.models import Evening, Shift
from campaigns.evenings.services import start_evening
from campaigns.queue.models import CallAssignment, Campaign
from campaigns.queue.queue_queries import under_way
from campaigns.queue.taking import take_next_call
from organiser.accounts.demo import demo_email
from organiser.accounts.models import Account
from organiser.accounts.permissions import Role
from organiser.accounts.queries import account_by_email
from organiser.audit.acting import acting_as
from organiser.core.database import db
from organiser.core.ids import uuid7
from organiser.members.services import By
from organiser.orgs.models import Organisation
from organiser.web.filters import zone

AS_LONG_AS = timedelta(hours=11)
UNDER_WAY, A_TURN = timedelta(minutes=50), timedelta(minutes=3)


def keep_caller_on_duty(at: datetime) -> None:
    """Start an evening for the demo's caller, unless one is under way."""
    caller, organiser = _account(Role.CALLER), _account(Role.ORGANISER)
    if db.session.scalar(_live_shift(caller, at)) is not None:
        return
    assignment = db.session.scalars(_list_to_ring()).first()
    if assignment is None:
        return
    begins = at - UNDER_WAY
    evening = start_evening(uuid7(), assignment, begins, at + AS_LONG_AS, By(organiser.id, begins))
    shift = Shift(
        evening_id=evening.id,
        assignment_id=assignment.id,
        account_id=caller.id,
        starts_at=at,
        ends_at=evening.ends_at,
    )
    db.session.add(shift)
    db.session.flush()
    _ring_already(evening, begins, at)


def _ring_already(evening: Evening, begins: datetime, at: datetime) -> None:
    """Two others have been at it for a while, and have somebody on the phone."""
    rng = dice("on duty")
    others = come_in(evening, 2, begins, rng)
    turns, then = cycle(others), begins + A_TURN
    today = at.astimezone(zone()).date()
    while then < at and ring_once(next(turns).account, evening.assignment_id, then, today, rng):
        then += A_TURN
    for shift in others:
        with acting_as(shift.account_id):
            take_next_call(shift.account, [evening.assignment_id], at)


def _account(role: Role) -> Account:
    return db.session.scalars(account_by_email(demo_email(role))).unique().one()


def _live_shift(caller: Account, at: datetime) -> Select[Shift]:
    return (
        select(Shift)
        .join(Shift.evening)
        .where(
            Shift.account_id == caller.id,
            Shift.ended_at.is_(None),
            Shift.ends_at > at + timedelta(hours=1),
            Evening.ended_at.is_(None),
        )
        .limit(1)
    )


def _list_to_ring() -> Select[CallAssignment]:
    return (
        select(CallAssignment)
        .join(CallAssignment.campaign)
        .join(CallAssignment.organisation)
        .where(Organisation.slug == CALLS_IN, under_way())
        .order_by(Campaign.created_at.desc())
    )
