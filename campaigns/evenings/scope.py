"""What an organiser may open: campaigns and lists within their reach, and 404 for all others."""

from uuid import UUID

from campaigns.queue import list_queries
from campaigns.queue.models import CallAssignment, Campaign
from organiser.accounts.current import current_account
from organiser.core.database import db


def campaign_open(campaign_id: UUID) -> Campaign:
    """A campaign the reader leads, else 404."""
    query = list_queries.campaigns_open_to(current_account()).where(Campaign.id == campaign_id)
    found: Campaign = db.one_or_404(query)
    return found


def leads(campaign_id: UUID) -> bool:
    """Whether the reader leads the whole campaign, and not only lists of it."""
    query = list_queries.campaigns_open_to(current_account()).where(Campaign.id == campaign_id)
    return db.session.scalar(query) is not None


def list_open(assignment_id: UUID) -> CallAssignment:
    """A list whose calls the reader plans, else 404."""
    query = list_queries.lists_open_to(current_account()).where(CallAssignment.id == assignment_id)
    found: CallAssignment = db.one_or_404(query)
    return found
