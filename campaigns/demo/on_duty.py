"""Somebody is always on duty in the demo: an evening under way for its caller, whenever one looks."""

from datetime import datetime, timedelta

from sqlalchemy import Select, select

from campaigns.demo.people_who_sign_in import CALLS_IN
from campaigns.evenings.models import Evening, Shift
from campaigns.evenings.services import start_evening
from campaigns.queue.models import CallAssignment, Campaign
from campaigns.queue.queue_queries import under_way
from organiser.accounts.demo import demo_email
from organiser.accounts.models import Account
from organiser.accounts.permissions import Role
from organiser.accounts.queries import account_by_email
from organiser.core.database import db
from organiser.core.ids import uuid7
from organiser.members.services import By
from organiser.orgs.models import Organisation

AS_LONG_AS = timedelta(hours=11)


def keep_caller_on_duty(at: datetime) -> None:
    """Start an evening for the demo's caller, unless one is under way."""
    caller, organiser = _account(Role.CALLER), _account(Role.ORGANISER)
    if db.session.scalar(_live_shift(caller, at)) is not None:
        return
    assignment = db.session.scalars(_list_to_ring()).first()
    if assignment is None:
        return
    evening = start_evening(uuid7(), assignment, at, at + AS_LONG_AS, By(organiser.id, at))
    shift = Shift(
        evening_id=evening.id,
        assignment_id=assignment.id,
        account_id=caller.id,
        starts_at=at,
        ends_at=evening.ends_at,
    )
    db.session.add(shift)
    db.session.flush()


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
