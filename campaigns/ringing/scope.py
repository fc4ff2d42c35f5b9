"""What a caller may open: the lists they ring just now, and the calls that were dealt to them."""

from collections.abc import Sequence
from uuid import UUID

from flask import abort
from sqlalchemy import Select, not_, or_, select
from sqlalchemy.orm import joinedload

from campaigns.evenings import queries as evenings
from campaigns.evenings.models import Shift
from campaigns.evenings.thanks_queries import own_shifts
from campaigns.queue import call_questions
from campaigns.queue.models import Call, CallAssignment
from campaigns.queue.queue_queries import under_way
from organiser.accounts.current import current_account, may
from organiser.accounts.permissions import Permission
from organiser.accounts.queries import ids_open_to
from organiser.core import clock
from organiser.core.database import db
from organiser.core.prepared import load
from organiser.orgs.models import Organisation


def lists_open() -> Select[CallAssignment]:
    """The lists whoever asks may ring now."""
    return evenings.assignments_open_to(current_account(), clock.now())


def rings_together() -> bool:
    """Whether whoever asks is in a campaign's pool, and leads no list: then there is nothing to choose."""
    account = current_account()
    pool = db.session.scalar(evenings.pools_of(account.id, clock.now()).limit(1))
    return pool is not None and not may(Permission.PLAN_CALLS)


def list_open(assignment_id: UUID) -> CallAssignment:
    """A list open to whoever asks; 404 for any other."""
    return list_if_open(assignment_id) or abort(404)


def rung_together(assignment: CallAssignment) -> Sequence[UUID]:
    """The lists rung together with one that is open to whoever asks, itself among them; 404 for any other."""
    account = current_account()
    found = load(evenings.rung_with(account, assignment, clock.now())).scalars().all()
    return found if assignment.id in found else abort(404)


def list_if_open(assignment_id: UUID) -> CallAssignment | None:
    """The same; none for any other."""
    asked = evenings.list_open_to(current_account().id, assignment_id, clock.now())
    return load(asked).scalar()


def lists_in_order() -> Select[CallAssignment]:
    """The same lists with unit and campaign, in Swedish order of the units."""
    return (
        lists_open()
        .join(CallAssignment.organisation)
        .options(
            joinedload(CallAssignment.organisation, innerjoin=True),
            joinedload(CallAssignment.campaign, innerjoin=True),
        )
        .order_by(Organisation.sort_key, CallAssignment.id)
    )


def list_known(assignment_id: UUID) -> CallAssignment:
    """A list open to whoever asks, or one that was before it was closed; 404 for any other."""
    return list_if_open(assignment_id) or _list_closed(assignment_id)


def _list_closed(assignment_id: UUID) -> CallAssignment:
    account = current_account()
    rung = own_shifts(account.id, clock.now()).with_only_columns(Shift.assignment_id)
    planned = CallAssignment.organisation_id.in_(ids_open_to(account, Permission.PLAN_CALLS))
    closed = (
        select(CallAssignment)
        .join(CallAssignment.campaign)
        .where(
            CallAssignment.id == assignment_id,
            not_(under_way()),
            or_(CallAssignment.id.in_(rung), planned),
        )
    )
    found: CallAssignment = db.one_or_404(closed)
    return found


def own_call(call_id: UUID) -> Call:
    """A call dealt to whoever asks; 404 for anybody else's."""
    return load(call_questions.own_call(current_account().id, call_id)).scalar() or abort(404)
