"""Samira leads an evening in Dalarna: Falun is rung, and she follows it."""

from dataclasses import dataclass
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from campaigns.queue.models import Call, FollowUp, Target
from campaigns.queue.outcomes import Outcome
from organiser.accounts.models import Account
from organiser.accounts.permissions import Role
from organiser.core import clock
from organiser.core.database import db
from organiser.members.models import Member
from tests.builders import Builders, Tree
from tests.campaigns.builders import make_target
from tests.campaigns.conftest import Night
from tests.campaigns.following.builders import tell


@dataclass(frozen=True, slots=True)
class Desk:
    """Samira's desk: she organises Dalarna, reads English and is signed in."""

    make: Builders
    night: Night
    client: FlaskClient
    samira: Account

    @property
    def tree(self) -> Tree:
        return self.night.tree

    @property
    def list(self) -> str:
        return f"/assignments/{self.night.assignment.id}"

    @property
    def campaign(self) -> str:
        return f"/campaigns/{self.night.assignment.campaign_id}"

    def as_(self, role: Role, unit: UUID) -> FlaskClient:
        """The same browser, somebody else signed in."""
        account = self.make.account(self.tree.tenant_id, (role, unit), language="en")
        return self.make.sign_in(self.client, account, self.tree.tenant_id)

    def told(self, outcome: Outcome, message: str = "", **values: object) -> FollowUp:
        """Wilma was rung by Anton just now; what that left to do."""
        wilma = {"first_name": "Wilma", "last_name": "Ås", **values}
        member: Member = self.make.member(self.tree.tenant_id, self.tree.falun, **wilma)
        target = make_target(self.make, self.night.assignment, member)
        with self.make.storing(self.tree.tenant_id):
            row = db.session.scalars(select(Target).where(Target.id == target.id)).one()
            call = tell(row, self.night.anton, outcome, clock.now(), message)
            return db.session.scalars(select(FollowUp).where(FollowUp.call_id == call.id)).one()

    def row(self, found: FollowUp) -> FollowUp:
        """The follow-up, as the database has it now."""
        with self.make.storing(self.tree.tenant_id):
            return db.session.scalars(select(FollowUp).where(FollowUp.id == found.id)).one()

    def target(self, found: FollowUp) -> Target:
        """Where its member stands now."""
        with self.make.storing(self.tree.tenant_id):
            return db.session.scalars(select(Target).where(Target.id == found.target_id)).one()

    def call(self, found: FollowUp) -> Call:
        """The call that told of it, as the database has it now."""
        with self.make.storing(self.tree.tenant_id):
            return db.session.scalars(select(Call).where(Call.id == found.call_id)).one()


@pytest.fixture
def desk(make: Builders, night: Night, client: FlaskClient) -> Desk:
    unit = (Role.ORGANISER, night.tree.district)
    samira = make.account(night.tree.tenant_id, unit, name="Samira Ek", language="en")
    return Desk(make, night, make.sign_in(client, samira, night.tree.tenant_id), samira)
