"""Pause a campaign and go on again: nobody is dealt out meanwhile, and whoever is on the phone finishes."""

from datetime import datetime

from campaigns.queue.models import Campaign
from organiser.core.database import db


def pause_campaign(campaign: Campaign, at: datetime) -> Campaign:
    """Callers get nobody new from ``at`` on. Pausing twice changes nothing."""
    if campaign.paused_at is None:
        campaign.paused_at = at
        db.session.flush()
    return campaign


def resume_campaign(campaign: Campaign) -> Campaign:
    """It is rung again."""
    campaign.paused_at = None
    db.session.flush()
    return campaign
