"""Selects behind a new campaign: who can be rung, and who may answer for a list."""

from datetime import date
from uuid import UUID

from sqlalchemy import Select, String, and_, case, cast, func, literal, select
from sqlalchemy.orm import aliased

from organiser.accounts.models import Account, Grant
from organiser.accounts.permissions import Permission, roles_with
from organiser.members.models import Member
from organiser.members.queries import in_unit, obstacles
from organiser.orgs.models import Organisation


def reach(unit_id: UUID, on: date) -> Select[UUID, str, int]:
    """For each unit with members, under ``unit_id``: how many may be rung (an empty word) or not, by the
    first reason that holds. Every member is counted once.
    """
    why = case(
        *[(holds, literal(reason.value)) for reason, holds in obstacles(on).items()], else_=literal("")
    )
    members = in_unit(select(Member), unit_id)
    each = members.with_only_columns(Member.organisation_id, cast(why, String).label("why")).subquery()
    return select(each.c.organisation_id, each.c.why, func.count()).group_by(
        each.c.organisation_id, each.c.why
    )


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
