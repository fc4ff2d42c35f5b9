"""Make a campaign with a list for every association in one step, change it, close it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from campaigns.evenings import queries as evenings_queries
from campaigns.evenings.services import end_evening
from campaigns.planning import queries
from campaigns.planning.responsible import propose_responsible
from campaigns.queue.audience import Audience
from campaigns.queue.campaign_rules import audience_of, rules_of
from campaigns.queue.keeping import Refreshed, refresh_campaign
from campaigns.queue.models import Campaign
from campaigns.queue.rules import Rules
from campaigns.surveys.loading import load_packaged
from organiser.core.database import db
from organiser.members.services import By
from organiser.orgs.models import Organisation

FOLLOWED = ("audience", "rules", "starts_on", "survey_id")
"""What the lists follow when it changes."""


class ChangedMeanwhile(Exception):
    """Somebody saved the campaign after this form was opened."""


class SurveyAnswered(Exception):
    """Somebody has answered the campaign's survey in a call: it stays the one that is asked."""


@dataclass(frozen=True, slots=True)
class CampaignDraft:
    """What an organiser writes of a campaign. ``script``: Markdown, a heading begins each step.
    ``reads_in_survey``: the member survey of the program is read in and asked.
    """

    title: str
    purpose: str
    script: str
    starts_on: date
    ends_on: date
    audience: Audience = field(default_factory=Audience)
    rules: Rules = field(default_factory=Rules)
    survey_id: UUID | None = None
    reads_in_survey: bool = False


def draft_of(campaign: Campaign) -> CampaignDraft:
    """What is written of a campaign now."""
    return CampaignDraft(
        title=campaign.title,
        purpose=campaign.purpose,
        script=campaign.script,
        starts_on=campaign.starts_on,
        ends_on=campaign.ends_on,
        audience=audience_of(campaign),
        rules=rules_of(campaign),
        survey_id=campaign.survey_id,
    )


def make_campaign(campaign_id: UUID, unit: Organisation, draft: CampaignDraft, by: By, on: date) -> Campaign:
    """A campaign of ``unit``, a call assignment with somebody responsible for each open association it is
    for, and a place for each of their members as the register has them on the day ``on``. ``campaign_id`` is
    the form's: sent twice, made once.
    """
    known = _campaign(campaign_id)
    if known is not None:
        return known
    campaign = Campaign(
        id=campaign_id,
        organisation_id=unit.id,
        made_by_id=by.account_id,
        created_at=by.at,
        **_columns(draft, unit, by),
    )
    try:
        with db.session.begin_nested():
            db.session.add(campaign)
    except IntegrityError:  # the same form, sent at the same moment; the database keeps one
        return db.session.scalars(select(Campaign).where(Campaign.id == campaign_id)).one()
    refresh_campaign(campaign, by.at, on)
    propose_responsible(campaign)
    return campaign


def change_campaign(
    campaign: Campaign, draft: CampaignDraft, seen_version: int, by: By, on: date
) -> Refreshed:
    """Keep what was written; callers see a new guide at their next member, and the lists follow at once, as
    of the day ``on``: gives who came on them and who was taken off. ``seen_version`` is the one the form
    showed. Raises ``ChangedMeanwhile`` and ``SurveyAnswered``.
    """
    if campaign.version != seen_version:
        raise ChangedMeanwhile
    asks_another = draft.reads_in_survey or draft.survey_id != campaign.survey_id
    if asks_another and db.session.scalar(queries.answered_in(campaign.id)) is not None:
        raise SurveyAnswered
    before = [getattr(campaign, name) for name in FOLLOWED]
    for name, value in _columns(draft, campaign.organisation, by).items():
        setattr(campaign, name, value)
    db.session.flush()
    if before == [getattr(campaign, name) for name in FOLLOWED]:
        return Refreshed()
    known = set(db.session.scalars(queries.list_ids(campaign.id)))
    done = refresh_campaign(campaign, by.at, on)
    propose_responsible(campaign, known)
    return done


def close_campaign(campaign: Campaign, at: datetime) -> Campaign:
    """Nobody rings in it any more: evenings under way end now. Closing twice changes nothing."""
    if campaign.closed_at is None:
        campaign.closed_at = at
        for evening in db.session.scalars(evenings_queries.unfinished_of(campaign.id, at)):
            end_evening(evening, at)
        db.session.flush()
    return campaign


def reopen_campaign(campaign: Campaign, at: datetime, on: date) -> Refreshed:
    """It may be rung again, with lists as the register has it by now; evenings are started anew."""
    campaign.closed_at = None
    db.session.flush()
    return refresh_campaign(campaign, at, on)


def _campaign(campaign_id: UUID) -> Campaign | None:
    found: Campaign | None = db.session.scalar(select(Campaign).where(Campaign.id == campaign_id))
    return found


def _columns(draft: CampaignDraft, unit: Organisation, by: By) -> dict[str, object]:
    survey_id = load_packaged(unit, by).id if draft.reads_in_survey else draft.survey_id
    return {
        "title": draft.title,
        "purpose": draft.purpose,
        "script": draft.script,
        "starts_on": draft.starts_on,
        "ends_on": draft.ends_on,
        "audience": draft.audience.as_json(),
        "rules": draft.rules.as_json(),
        "survey_id": survey_id,
    }
