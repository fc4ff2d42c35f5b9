"""Selects over the units somebody looks after."""

from uuid import UUID

from sqlalchemy import Select, func, select

from organiser.accounts.models import Account
from organiser.accounts.permissions import Permission
from organiser.accounts.queries import units_open_to
from organiser.members.models import Member
from organiser.orgs.models import Organisation
from organiser.orgs.queries import below


def our_units(account: Account) -> Select[Organisation]:
    """The units ``account`` may add, rename, move and close; in Swedish order of their names."""
    return units_open_to(account, Permission.MANAGE_UNITS)


def our_unit(account: Account, unit_id: UUID) -> Select[Organisation]:
    """One of them."""
    return our_units(account).where(Organisation.id == unit_id)


def places_for(account: Account, unit: Organisation) -> Select[Organisation]:
    """The open units that ``unit`` may be put under: not itself, nor one below it."""
    inside = Organisation.path.startswith(unit.path)
    return our_units(account).where(~inside, Organisation.closed_at.is_(None))


def our_top(account: Account) -> Select[Organisation]:
    """The unit at the top of the tenant, if ``account`` looks after it."""
    return our_units(account).where(Organisation.parent_id.is_(None))


def sizes() -> Select[UUID, int]:
    """How many members stand in each unit itself."""
    return select(Member.organisation_id, func.count(Member.id)).group_by(Member.organisation_id)


def size_with_all_below(unit: Organisation) -> Select[int]:
    """How many members stand in a unit and in all below it."""
    ids = below(unit.id).with_only_columns(Organisation.id).order_by(None)
    return select(func.count(Member.id)).where(Member.organisation_id.in_(ids))
