"""Selects behind the door: the link somebody brings, and the shift it led to."""

from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from campaigns.evenings.models import Evening, Invitation, Shift
from campaigns.queue.models import CallAssignment
from organiser.accounts.tokens import hash_token
from organiser.orgs.models import Tenant


def tenant(tenant_id: int) -> Select[int]:
    """Whether there is such a tenant."""
    return select(Tenant.id).where(Tenant.id == tenant_id)


def invitation_of(token: str) -> Select[Invitation]:
    """The invitation with this link, with everything its page tells."""
    assignment = joinedload(Invitation.evening, innerjoin=True).joinedload(Evening.assignment, innerjoin=True)
    return (
        select(Invitation)
        .where(Invitation.token_hash == hash_token(token))
        .options(
            assignment.joinedload(CallAssignment.organisation, innerjoin=True),
            assignment.joinedload(CallAssignment.campaign, innerjoin=True),
        )
    )


def used_by(invitation: Invitation, browser_hash: str) -> Select[Invitation]:
    """The link itself, or of one on the wall the invitation it became, if this browser used it."""
    which = Invitation.id == invitation.id
    if invitation.shared:
        which = Invitation.evening_id == invitation.evening_id
    return (
        select(Invitation)
        .where(which, Invitation.browser_hash == browser_hash, Invitation.used_at.is_not(None))
        .order_by(Invitation.used_at.desc(), Invitation.id.desc())
    )


def shift_of(invitation_id: UUID) -> Select[Shift]:
    """The shift a link led to."""
    return select(Shift).where(Shift.invitation_id == invitation_id).options(joinedload(Shift.account))
