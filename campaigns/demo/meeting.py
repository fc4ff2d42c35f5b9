"""Members of the demo who were met by other ways than a call: they count as contacted too."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import Select, select

from campaigns.demo.dice import dice
from organiser.audit.acting import acting_as
from organiser.core import clock
from organiser.core.database import db
from organiser.core.ids import uuid7
from organiser.members.kinds import Channel, MemberStatus
from organiser.members.models import Member
from organiser.members.queries import in_unit
from organiser.members.services import By, note_contact
from organiser.orgs.models import Organisation

ONE_IN = 50
CHANNELS = (Channel.EVENT, Channel.EVENT, Channel.VISIT, Channel.EMAIL, Channel.LETTER)


def meet_members(unit: Organisation, today: date, account_id: UUID) -> int:
    """Note that one in fifty was met at a meeting, at home or by mail these last weeks; gives how many."""
    rng = dice("met", unit.slug)
    met = db.session.scalars(_members(unit)).all()[::ONE_IN]
    with acting_as(account_id):
        for member in met:
            on = today - timedelta(days=rng.randint(3, 40))
            note_contact(member, uuid7(), rng.choice(CHANNELS), on, "", By(account_id, clock.now()))
    return len(met)


def _members(unit: Organisation) -> Select[Member]:
    active = select(Member).where(Member.status == MemberStatus.ACTIVE)
    return in_unit(active, unit.id).order_by(Member.id)
