"""What the demo's organiser has seen to: the older follow-ups; the latest wait, and a few are late."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import Select, select

from campaigns.demo.dice import dice
from campaigns.following.services import end_membership, ring_again, settle
from campaigns.queue.errands import USUAL_DAYS
from campaigns.queue.models import CallAssignment, FollowUp
from campaigns.queue.states import ErrandKind
from organiser.audit.acting import acting_as
from organiser.core import clock
from organiser.core.database import db
from organiser.members.kinds import MemberStatus
from organiser.members.services import By
from organiser.orgs.models import Organisation
from organiser.orgs.queries import below
from organiser.web.filters import zone

LATE = timedelta(days=USUAL_DAYS + 3)
ONE_IN = 9
"""So many of the older ones have been forgotten."""


def see_to(unit: Organisation, today: date, account_id: UUID) -> int:
    """Deal with most of what is older than ten days; gives how many."""
    rng = dice("seen to", unit.slug)
    before = datetime.combine(today - LATE, time(), zone())
    seen_to = 0
    with acting_as(account_id):
        for found in db.session.scalars(_open(unit, before)).all():
            if rng.randrange(ONE_IN):
                at = found.created_at + timedelta(days=rng.randint(1, USUAL_DAYS))
                with clock.at(at):
                    _deal_with(found, By(account_id, at), at.astimezone(zone()).date())
                seen_to += 1
    return seen_to


def _deal_with(found: FollowUp, by: By, on: date) -> None:
    match found.kind:
        case ErrandKind.WANTS_TO_LEAVE | ErrandKind.SAYS_LEFT:
            end_membership(found, MemberStatus.LEFT, by, on)
        case ErrandKind.DECEASED:
            end_membership(found, MemberStatus.DECEASED, by, on)
        case ErrandKind.LANGUAGE:
            ring_again(found, by, on)
        case _:
            settle(found, by)


def _open(unit: Organisation, before: datetime) -> Select[FollowUp]:
    units = below(unit.id).with_only_columns(Organisation.id).order_by(None)
    lists = select(CallAssignment.id).where(CallAssignment.organisation_id.in_(units))
    return (
        select(FollowUp)
        .where(FollowUp.assignment_id.in_(lists), FollowUp.done_at.is_(None), FollowUp.created_at < before)
        .order_by(FollowUp.created_at, FollowUp.id)
    )
