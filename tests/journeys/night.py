"""An evening of ringing, made in one stroke: twelve members to ring, a link, the code the organiser says."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from campaigns.evenings.models import Evening
from campaigns.evenings.services import code_now, end_evening, invite, start_evening
from campaigns.queue.models import CallAssignment, Campaign
from campaigns.surveys.loading import load_packaged
from organiser.core import clock
from organiser.core.database import db
from organiser.core.ids import uuid7
from organiser.members.services import By
from tests.builders import Builders
from tests.campaigns.builders import make_assignment, make_campaign, make_targets


@dataclass(frozen=True, slots=True)
class Night:
    """Falun rings: ``link`` lets in one, ``code`` is what the organiser says."""

    make: Builders
    tenant_id: int
    evening: Evening
    link: str
    code: str

    def link_for(self, name: str) -> str:
        """One more caller's own link."""
        with self.make.storing(self.tenant_id):
            evening = db.session.get_one(Evening, (self.tenant_id, self.evening.id))
            return invite(evening, uuid7(), [name], clock.now())[0].address

    def end(self) -> None:
        """The organiser sends everybody home."""
        with self.make.storing(self.tenant_id):
            end_evening(db.session.get_one(Evening, (self.tenant_id, self.evening.id)), clock.now())


def a_night(make: Builders, script: str = "", members: int = 12, *, asks: bool = False) -> Night:
    """It begins now, in a campaign that began a week ago; ``asks``: the member survey."""
    tree, at = make.tree(), clock.now()
    words = {"script": script} if script else {}
    day = at.date()
    campaign = make_campaign(
        make,
        tree.tenant_id,
        tree.district,
        starts_on=day - timedelta(days=7),
        ends_on=day + timedelta(days=30),
        **words,
    )
    assignment = make_assignment(make, campaign, tree.falun)
    make_targets(make, assignment, members)
    organiser = make.account(tree.tenant_id)
    with make.storing(tree.tenant_id):
        if asks:
            survey = load_packaged(campaign_of(campaign.id).organisation, By(organiser.id, at))
            db.session.flush()
            campaign_of(campaign.id).survey_id = survey.id
        known = db.session.scalars(select(CallAssignment).where(CallAssignment.id == assignment.id)).one()
        evening = start_evening(uuid7(), known, at, at + timedelta(hours=4), By(organiser.id, at))
        invited = invite(evening, uuid7(), ["Bo"], at)[0]
        return Night(make, tree.tenant_id, evening, invited.address, code_now(evening))


def campaign_of(campaign_id: UUID) -> Campaign:
    """The campaign as it is stored, in the tenant we are in."""
    return db.session.scalars(select(Campaign).where(Campaign.id == campaign_id)).one()


def stored(night: Night, model: Any) -> list[Any]:
    """Every row of a kind there is."""
    with night.make.storing(night.tenant_id):
        return list(db.session.scalars(select(model).order_by(model.id)))
