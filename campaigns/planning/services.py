"""Make a campaign with a list for every association in one step, change it, close it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from campaigns.evenings import queries as evenings_queries
from campaigns.evenings.services import end_evening
from campaigns.queue.keeping import refresh_campaign
from campaigns.queue.models import CallAssignment, Campaign
from organiser.accounts.models import Account
from organiser.core.database import db
from organiser.members.services import By
from organiser.orgs.models import Organisation


class ChangedMeanwhile(Exception):
    """Somebody saved the campaign after this form was opened."""


@dataclass(frozen=True, slots=True)
class CampaignDraft:
    """What an organiser writes of a campaign. ``script``: Markdown, a heading begins each step."""

    title: str
    purpose: str
    script: str
    starts_on: date
    ends_on: date


def make_campaign(campaign_id: UUID, unit: Organisation, draft: CampaignDraft, by: By, on: date) -> Campaign:
    """A campaign of ``unit``, a call assignment for each open association under it, and a target for each of
    their members who may be rung on the day ``on``. ``campaign_id`` is the form's: sent twice, made once.
    """
    known = _campaign(campaign_id)
    if known is not None:
        return known
    campaign = Campaign(
        id=campaign_id,
        organisation_id=unit.id,
        made_by_id=by.account_id,
        created_at=by.at,
        **_columns(draft),
    )
    try:
        with db.session.begin_nested():
            db.session.add(campaign)
    except IntegrityError:  # the same form, sent at the same moment; the database keeps one
        return db.session.scalars(select(Campaign).where(Campaign.id == campaign_id)).one()
    refresh_campaign(campaign, by.at, on)
    return campaign


def change_campaign(campaign: Campaign, draft: CampaignDraft, seen_version: int) -> Campaign:
    """Keep what was written; callers see a new guide at their next member. ``seen_version`` is the one
    the form showed. Raises ``ChangedMeanwhile``.
    """
    if campaign.version != seen_version:
        raise ChangedMeanwhile
    for name, value in _columns(draft).items():
        setattr(campaign, name, value)
    db.session.flush()
    return campaign


def close_campaign(campaign: Campaign, at: datetime) -> Campaign:
    """Nobody rings in it any more: evenings under way end now. Closing twice changes nothing."""
    if campaign.closed_at is None:
        campaign.closed_at = at
        for evening in db.session.scalars(evenings_queries.unfinished_of(campaign.id, at)):
            end_evening(evening, at)
        db.session.flush()
    return campaign


def reopen_campaign(campaign: Campaign) -> Campaign:
    """It may be rung again; evenings are started anew."""
    campaign.closed_at = None
    db.session.flush()
    return campaign


def set_responsible(assignment: CallAssignment, account: Account | None) -> CallAssignment:
    """Who answers for the list; none: nobody does."""
    assignment.responsible_id = account.id if account else None
    db.session.flush()
    db.session.expire(assignment, ["responsible"])
    return assignment


def _campaign(campaign_id: UUID) -> Campaign | None:
    found: Campaign | None = db.session.scalar(select(Campaign).where(Campaign.id == campaign_id))
    return found


def _columns(draft: CampaignDraft) -> dict[str, object]:
    return {
        "title": draft.title,
        "purpose": draft.purpose,
        "script": draft.script,
        "starts_on": draft.starts_on,
        "ends_on": draft.ends_on,
    }
