"""A campaign's rules and audience as it keeps them, and whether it is rung just now."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from campaigns.queue import audience, rules
from campaigns.queue.audience import Audience
from campaigns.queue.call_questions import lists_with_campaign
from campaigns.queue.models import CallAssignment, Campaign
from campaigns.queue.opening import Closed
from campaigns.queue.rules import Rules
from organiser.core.prepared import load


class WhyShut(StrEnum):
    """Why nobody is dealt out of a list, apart from there being nobody to ring."""

    CLOSED = "closed"
    PAUSED = "paused"
    NOT_BEGUN = "not_begun"
    OVER = "over"
    HOURS = "hours"


@dataclass(frozen=True, slots=True)
class Shut:
    """Why, when it opens again (aware; none: nobody knows), and what closed it, where hours did."""

    why: WhyShut
    opens_at: datetime | None = None
    closed: Closed | None = None


def rules_of(campaign: Campaign) -> Rules:
    """How often, how long apart and when the campaign rings."""
    return rules.read_json(campaign.rules)


def audience_of(campaign: Campaign) -> Audience:
    """Whom it is for."""
    return audience.read_json(campaign.audience)


def why_shut(assignment: CallAssignment, at: datetime, zone: ZoneInfo) -> Shut | None:
    """Why nobody is dealt out of ``assignment`` at ``at``; none: it is rung."""
    if assignment.closed_at is not None:
        return Shut(WhyShut.CLOSED)
    return _why_campaign_shut(assignment.campaign, at, zone)


def _why_campaign_shut(campaign: Campaign, at: datetime, zone: ZoneInfo) -> Shut | None:
    on = at.astimezone(zone).date()
    if campaign.closed_at is not None:
        return Shut(WhyShut.CLOSED)
    if campaign.paused_at is not None:
        return Shut(WhyShut.PAUSED)
    if on > campaign.ends_on:
        return Shut(WhyShut.OVER)
    hours = rules_of(campaign).hours
    if on < campaign.starts_on:
        begins = datetime.combine(campaign.starts_on, datetime.min.time(), zone)
        return Shut(WhyShut.NOT_BEGUN, hours.opens_at(begins, zone))
    if hours.is_open(at, zone):
        return None
    return Shut(WhyShut.HOURS, hours.opens_at(at, zone), hours.why_closed(at, zone))


def rung_now(assignment_ids: Collection[UUID], at: datetime, zone: ZoneInfo) -> list[CallAssignment]:
    """Those of the lists that are rung at ``at``."""
    lists = load(lists_with_campaign(assignment_ids)).scalars().all()
    campaigns = {one.campaign_id: one.campaign for one in lists}
    rung = {id for id, campaign in campaigns.items() if _why_campaign_shut(campaign, at, zone) is None}
    return [one for one in lists if one.closed_at is None and one.campaign_id in rung]
