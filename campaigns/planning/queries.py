"""The select behind a new campaign: who may answer for a list."""

from sqlalchemy import Select, and_, literal, select
from sqlalchemy.orm import aliased

from organiser.accounts.models import Account, Grant
from organiser.accounts.permissions import Permission, roles_with
from organiser.orgs.models import Organisation


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
