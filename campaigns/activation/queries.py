"""Selects behind the district's page, beside the kept totals: who answers for what, where one may look."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from campaigns.queue.models import CallAssignment, Campaign
from organiser.accounts.models import Account
from organiser.accounts.permissions import Permission
from organiser.accounts.queries import units_open_to
from organiser.orgs.kinds import OrgKind
from organiser.orgs.models import Organisation
from organiser.orgs.queries import below
from organiser.roster.models import ImportBatch


def responsible_people(unit_id: UUID) -> Select[UUID, str]:
    """Unit and name of who answers for its open call assignment, the latest campaign's last."""
    units = below(unit_id).with_only_columns(Organisation.id).order_by(None)
    return (
        select(CallAssignment.organisation_id, Account.name)
        .join(CallAssignment.campaign)
        .join(CallAssignment.responsible)
        .where(
            CallAssignment.organisation_id.in_(units),
            CallAssignment.closed_at.is_(None),
            Campaign.closed_at.is_(None),
        )
        .order_by(CallAssignment.created_at, CallAssignment.id)
    )


def last_list_read_in(unit_id: UUID) -> Select[datetime]:
    """When a member list was last read in that stands: for the unit, one above it or one below it."""
    unit, owner = aliased(Organisation), aliased(Organisation)
    kin = or_(owner.path.startswith(unit.path), unit.path.startswith(owner.path))
    return (
        select(func.max(ImportBatch.created_at))
        .join(owner, and_(owner.tenant_id == ImportBatch.tenant_id, owner.id == ImportBatch.organisation_id))
        .join(unit, kin)
        .where(unit.id == unit_id, ImportBatch.undone_at.is_(None))
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
