"""Selects behind the organiser's inbox and log: what is left to do in one's reach, and who may do it."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, and_, literal, select
from sqlalchemy.orm import aliased, joinedload

from campaigns.following.kinds import Shown
from campaigns.queue.call_queries import is_open
from campaigns.queue.models import Call, CallAssignment, FollowUp, Target
from campaigns.queue.states import ErrandKind
from organiser.accounts.models import Account, Grant
from organiser.accounts.permissions import Permission, roles_with
from organiser.accounts.queries import ids_open_to
from organiser.members.models import Member
from organiser.orgs.models import Organisation

SETS_ASIDE = (
    ErrandKind.LANGUAGE,
    ErrandKind.WANTS_TO_LEAVE,
    ErrandKind.SAYS_LEFT,
    ErrandKind.DECEASED,
    ErrandKind.NO_NUMBER,
)
"""As long as one of these is open, nobody rings the member."""


def follow_ups_open_to(account: Account) -> Select[FollowUp]:
    """What callers left for the units where ``account`` plans calls, but of members who have moved out of
    them; with all that a page tells of it.
    """
    units = ids_open_to(account, Permission.PLAN_CALLS)
    assignment = joinedload(FollowUp.assignment, innerjoin=True)
    return (
        select(FollowUp)
        .join(FollowUp.assignment)
        .join(FollowUp.member)
        .where(CallAssignment.organisation_id.in_(units), Member.organisation_id.in_(units))
        .options(
            assignment.joinedload(CallAssignment.organisation, innerjoin=True),
            assignment.joinedload(CallAssignment.campaign, innerjoin=True),
            joinedload(FollowUp.member, innerjoin=True).joinedload(Member.organisation, innerjoin=True),
            joinedload(FollowUp.target, innerjoin=True),
            joinedload(FollowUp.call).joinedload(Call.caller),
            joinedload(FollowUp.owner),
        )
    )


def those_shown(
    query: Select[FollowUp], shown: Shown, account: Account, on: date, done_since: datetime
) -> Select[FollowUp]:
    """Of these follow-ups the ones a page shows: the most pressing first, or what was done since then."""
    if shown is Shown.DONE:
        lately = query.where(FollowUp.done_at >= done_since)
        return lately.order_by(FollowUp.done_at.desc(), FollowUp.id)
    left = query.where(FollowUp.done_at.is_(None))
    if shown is Shown.MINE:
        left = left.where(FollowUp.owner_id == account.id)
    elif shown is Shown.OVERDUE:
        left = left.where(FollowUp.due_on < on)
    return left.order_by(FollowUp.due_on, FollowUp.created_at, FollowUp.id)


def others_that_set_aside(found: FollowUp) -> Select[UUID]:
    """Other things still to be done before anybody may ring the same member of the list."""
    return select(FollowUp.id).where(
        FollowUp.target_id == found.target_id,
        FollowUp.id != found.id,
        FollowUp.done_at.is_(None),
        FollowUp.kind.in_(SETS_ASIDE),
    )


def held_now(target_id: UUID) -> Select[UUID]:
    """The call of whoever has a member of a list on the phone."""
    return select(Call.id).where(Call.target_id == target_id, is_open()).limit(1)


def may_answer_for(unit: Organisation) -> Select[Account]:
    """Who can be responsible for a unit's list: those who plan calls there or higher up, by name."""
    top = aliased(Organisation)
    over = (
        select(Grant.account_id)
        .join(top, and_(Grant.tenant_id == top.tenant_id, Grant.organisation_id == top.id))
        .where(Grant.role.in_(roles_with(Permission.PLAN_CALLS)), literal(unit.path).startswith(top.path))
    )
    return (
        select(Account)
        .where(Account.id.in_(over), Account.active.is_(True))
        .order_by(Account.name, Account.id)
    )


def calls_of(assignment_id: UUID, account: Account) -> Select[Call]:
    """The reported calls of a list, the latest first; not of members who have left the reader's reach."""
    units = ids_open_to(account, Permission.PLAN_CALLS)
    return (
        select(Call)
        .join(Call.target)
        .join(Call.member)
        .where(
            Target.assignment_id == assignment_id,
            Call.outcome.is_not(None),
            Member.organisation_id.in_(units),
        )
        .options(joinedload(Call.member, innerjoin=True), joinedload(Call.caller, innerjoin=True))
        .order_by(Call.reported_at.desc(), Call.id.desc())
    )


def callers_of(assignment_id: UUID) -> Select[Account]:
    """Everybody who has reported a call of a list, by name."""
    told = (
        select(Call.caller_id)
        .join(Call.target)
        .where(Target.assignment_id == assignment_id, Call.outcome.is_not(None))
    )
    return select(Account).where(Account.id.in_(told)).order_by(Account.name, Account.id)
