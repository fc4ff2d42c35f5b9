"""Selects behind the district's page: counts per unit, never a member, however many calls there are."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from campaigns.goals.measures import Traces
from campaigns.queue.models import CallAssignment, Campaign
from organiser.accounts.models import Account, Grant
from organiser.accounts.permissions import Permission
from organiser.accounts.queries import units_open_to
from organiser.members.models import Member
from organiser.members.queries import callable_on
from organiser.orgs.kinds import OrgKind
from organiser.orgs.models import Organisation
from organiser.orgs.queries import below
from organiser.roster.models import ImportBatch

Mark = tuple[datetime, date]
"""A moment, and the day it falls on where the tenant is."""


def tallies(unit_ids: Collection[UUID], on: date, weeks: Sequence[Mark]) -> Select[*tuple[Any, ...]]:
    """One or two rows for each of the units that has members: ``organisation_id``, ``callable`` (whether
    these are the members who may be rung), ``members``, ``contacted``, ``talked``, ``first_at``/``first_on``
    and ``last_at``/``last_on`` (of calls and of other contacts), and ``contacted_0``... and
    ``talked_0``...: how many had been before each mark.
    """
    traces = Traces.of(unit_ids)
    columns = {
        "members": func.count(),
        "contacted": func.count().filter(traces.contacted),
        "talked": func.count().filter(traces.talked),
        "first_at": func.min(traces.calls.c.met_at),
        "first_on": func.min(traces.contacts.c.met_on),
        "last_at": func.max(traces.calls.c.last_at),
        "last_on": func.max(traces.contacts.c.last_on),
    }
    for place, (at, day) in enumerate(weeks):
        columns[f"contacted_{place}"] = func.count().filter(traces.contacted_before(at, day))
        columns[f"talked_{place}"] = func.count().filter(traces.talked_before(at))
    named = [column.label(name) for name, column in columns.items()]
    rung = case((callable_on(on), 1), else_=0).label("callable")
    return traces.members(Member.organisation_id, rung, *named).group_by(Member.organisation_id, rung)


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


def units_to_choose(account: Account) -> Select[Organisation]:
    """The open units whose numbers ``account`` may look at from anywhere: those above the associations, and
    those where a role is held; the highest first.
    """
    held = select(Grant.organisation_id).where(Grant.account_id == account.id)
    return (
        units_open_to(account, Permission.SEE_NUMBERS)
        .where(or_(Organisation.kind != OrgKind.ASSOCIATION, Organisation.id.in_(held)))
        .where(Organisation.closed_at.is_(None))
        .order_by(None)
        .order_by(func.length(Organisation.path), Organisation.sort_key)
    )
