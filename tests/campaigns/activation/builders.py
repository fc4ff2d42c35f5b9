"""Calls as they stand in the database once they are over, and what else leaves a trace with a member."""

import itertools
from datetime import date, datetime, timedelta
from typing import Any

from campaigns.queue.models import Call, CallAssignment, Target
from campaigns.queue.outcomes import Outcome
from campaigns.queue.states import TargetState
from organiser.accounts.models import Account
from organiser.core.database import db
from organiser.members.kinds import Channel
from organiser.members.models import Contact, Member
from tests.builders import NOON, Builders
from tests.campaigns.builders import make_assignment, make_campaign

TODAY = NOON.date()
_places = itertools.count()


class Ringing:
    """The campaign of a unit; a list is made for each association the first time somebody in it is rung."""

    def __init__(self, make: Builders, tenant_id: int, unit_id: Any) -> None:
        self.make, self.tenant_id = make, tenant_id
        self.campaign = make_campaign(make, tenant_id, unit_id)
        self.caller: Account = make.account(tenant_id, name="Britta Ek")
        self.lists: dict[Any, CallAssignment] = {}

    def list_of(self, organisation_id: Any, **values: Any) -> CallAssignment:
        if organisation_id not in self.lists:
            made = make_assignment(self.make, self.campaign, organisation_id, **values)
            self.lists[organisation_id] = made
        return self.lists[organisation_id]

    def rang(
        self, member: Member, outcome: Outcome | None, at: datetime = NOON, *, given_back: bool = False
    ) -> None:
        """A call reported at ``at``; without an outcome it was given back, or undone."""
        assignment = self.list_of(member.organisation_id)
        with self.make.storing(self.tenant_id):
            target = db.session.scalar(_target(assignment, member))
            if target is None:
                target = Target(
                    campaign_id=assignment.campaign_id,
                    assignment_id=assignment.id,
                    member_id=member.id,
                    state=TargetState.QUEUED,
                )
                db.session.add(target)
                db.session.flush()
            db.session.add(
                Call(
                    target_id=target.id,
                    member_id=member.id,
                    caller_id=self.caller.id,
                    e164=f"+46701740{605 + next(_places) % 95}",
                    taken_at=at - timedelta(minutes=5),
                    lease_until=at + timedelta(minutes=15),
                    given_back_at=at if given_back or outcome is None else None,
                    outcome=outcome,
                    reported_at=at if outcome else None,
                )
            )

    def met(self, member: Member, on: date = TODAY, channel: Channel = Channel.VISIT) -> None:
        """A contact by another channel."""
        with self.make.storing(self.tenant_id):
            db.session.add(Contact(member_id=member.id, channel=channel, on=on))


def _target(assignment: CallAssignment, member: Member) -> Any:
    return db.select(Target).where(Target.assignment_id == assignment.id, Target.member_id == member.id)
