"""What a reader may follow: rows within their reach, and 404 for all others."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from campaigns.following import queries
from campaigns.queue.models import FollowUp
from organiser.accounts.current import current_account
from organiser.accounts.permissions import Permission
from organiser.accounts.queries import units_open_to
from organiser.core.database import db
from organiser.members.models import Member
from organiser.members.queries import details_open_to
from organiser.members.views import member_open
from organiser.orgs.kinds import OrgKind
from organiser.orgs.models import Organisation


def follow_up_open(follow_up_id: UUID, *, hold: bool = False) -> FollowUp:
    """A follow-up of one of these lists; ``hold`` keeps other writers from its member."""
    query = queries.follow_ups_open_to(current_account()).where(FollowUp.id == follow_up_id)
    found: FollowUp = db.one_or_404(query)
    if hold:
        member_open(found.member_id, Permission.EDIT_MEMBERS, hold=True)
    return found


def may_read(found: FollowUp) -> bool:
    """Whether the reader may read where this member is reached."""
    mine = details_open_to(current_account())
    return db.session.scalar(select(Member.id).where(Member.id == found.member_id, mine)) is not None


def associations_near(found: FollowUp) -> Sequence[Organisation]:
    """The open associations where the reader may keep members, and the one the member is in."""
    units = db.session.scalars(units_open_to(current_account(), Permission.EDIT_MEMBERS)).all()
    stays = found.member.organisation_id
    return [unit for unit in units if unit.id == stays or (unit.is_open and unit.kind is OrgKind.ASSOCIATION)]
