"""An evening in Falun that most stories of ringing begin with."""

from dataclasses import dataclass
from uuid import UUID

import pytest

from campaigns.queue.models import CallAssignment
from organiser.accounts.models import Account
from organiser.accounts.permissions import Role
from tests.builders import Builders, Tree
from tests.campaigns.builders import make_assignment, make_campaign, make_shift


@dataclass(frozen=True, slots=True)
class Night:
    """Dalarna rings; Falun's list is open, with nobody on it yet, and two callers are let in."""

    tree: Tree
    assignment: CallAssignment
    anton: Account
    britta: Account

    @property
    def list(self) -> list[UUID]:
        return [self.assignment.id]


@pytest.fixture
def night(make: Builders, tree: Tree) -> Night:
    campaign = make_campaign(make, tree.tenant_id, tree.district)
    assignment = make_assignment(make, campaign, tree.falun)
    anton = make.account(tree.tenant_id, (Role.CALLER, tree.falun), name="Anton Ek")
    britta = make.account(tree.tenant_id, (Role.CALLER, tree.falun), name="Britta Ek")
    for caller in (anton, britta):
        make_shift(make, assignment, caller)
    return Night(tree, assignment, anton, britta)
