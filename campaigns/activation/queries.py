"""Selects behind the district's page, beside the kept totals: who answers for what, where one may look."""

from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, String, bindparam, func, or_, select

from campaigns.goals.models import Goal
from campaigns.queue.models import CallAssignment, Campaign
from organiser.accounts.models import Account
from organiser.accounts.permissions import Permission
from organiser.accounts.queries import units_open_to
from organiser.core.prepared import prepared
from organiser.orgs.kinds import OrgKind
from organiser.orgs.models import Organisation
from organiser.roster.models import ImportBatch

PATH = bindparam("path", type_=String())


@cache
def responsible_people() -> Select[*tuple[Any, ...]]:
    """Unit and name of who answers for its open call assignment, the latest campaign's last; of the unit
    whose path is ``path`` and of those below it.
    """
    return prepared(
        select(CallAssignment.organisation_id, Account.name)
        .join(CallAssignment.campaign)
        .join(CallAssignment.responsible)
        .join(CallAssignment.organisation)
        .where(
            Organisation.path.startswith(PATH),
            CallAssignment.closed_at.is_(None),
            Campaign.closed_at.is_(None),
        )
        .order_by(CallAssignment.created_at, CallAssignment.id)
    )


@cache
def aims_below() -> Select[*tuple[Any, ...]]:
    """Unit and measure of each goal of the unit whose path is ``path`` and of those below it, then what an
    ``Aim`` is made of.
    """
    columns = Goal.organisation_id, Goal.measure, Goal.percent, Goal.due_on, Goal.number, Goal.base
    return prepared(select(*columns).join(Goal.organisation).where(Organisation.path.startswith(PATH)))


@cache
def last_list_read_in() -> Select[*tuple[Any, ...]]:
    """When a member list was last read in that stands: for the unit whose path is ``path``, one above it or
    one below it.
    """
    kin = or_(Organisation.path.startswith(PATH), PATH.startswith(Organisation.path))
    return prepared(
        select(func.max(ImportBatch.created_at))
        .join(ImportBatch.organisation)
        .where(kin, ImportBatch.undone_at.is_(None))
    )


def units_to_choose(account: Account, unit_id: UUID | None = None) -> Select[Organisation]:
    """The units whose numbers ``account`` may look at from anywhere: those above the associations, and those
    where a role is held; the highest first. And the one asked for, if they may look at it.
    """
    held = [grant.organisation_id for grant in account.grants]
    wanted = Organisation.id.in_([*held, unit_id] if unit_id else held)
    return (
        units_open_to(account, Permission.SEE_NUMBERS)
        .where(or_(Organisation.kind != OrgKind.ASSOCIATION, wanted))
        .order_by(None)
        .order_by(func.length(Organisation.path), Organisation.sort_key)
    )
