"""What an organiser writes of a campaign, all at once or a part of it, and who answers for its lists."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField, SelectField
from wtforms.fields.choices import SelectChoice

from campaigns.planning.audience_form import AudienceFields, audience_data
from campaigns.planning.rules_form import RulesFields, rules_data
from campaigns.planning.services import CampaignDraft, draft_of
from campaigns.planning.usual_guide import default_script
from campaigns.planning.words_form import READ_IN, Kept, WordsFields
from campaigns.queue.audience import Audience
from campaigns.queue.fields import uuid_in
from campaigns.queue.models import Campaign
from campaigns.queue.ready_campaigns import ReadyCampaign
from campaigns.queue.rules import Rules
from organiser.accounts.models import Account
from organiser.core.i18n import _, lazy
from organiser.core.ids import uuid7

USUAL_DAYS = 42


class CampaignForm(WordsFields, AudienceFields, RulesFields, FlaskForm):
    """A new campaign, whole. ``key`` is its id, so that sending it twice makes one."""

    key = HiddenField(default=uuid7)

    def draft(self) -> CampaignDraft:
        """What was written, once it is valid."""
        return CampaignDraft(
            title=self.title.data or "",
            purpose=self.purpose.data or "",
            script=self.script.data or "",
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            audience=self.audience(),
            rules=self.rules(),
            **_survey(self),
        )

    def new_id(self) -> UUID:
        """The id the form was made with; another one where somebody tampered with it."""
        return uuid_in(self.key.data)


class WordsForm(WordsFields, Kept):
    """What is said in a campaign that is there."""

    def draft(self, campaign: Campaign) -> CampaignDraft:
        """The campaign with what was written."""
        return replace(
            draft_of(campaign),
            title=self.title.data or "",
            purpose=self.purpose.data or "",
            script=self.script.data or "",
            **_survey(self),
        )


class PlanForm(AudienceFields, RulesFields, Kept):
    """Whom a campaign that is there is for, and when it rings."""

    def draft(self, campaign: Campaign) -> CampaignDraft:
        """The campaign with what was written."""
        return replace(
            draft_of(campaign),
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            audience=self.audience(),
            rules=self.rules(),
        )


def new_campaign_form(
    ready: ReadyCampaign | None, on: date, asked: MultiDict[str, str] | None = None
) -> CampaignForm:
    """The form of a new campaign, filled in so that it can be made at once: six weeks from the day ``on``,
    as the ready one says. ``asked``: what an address asks for instead of what a browser has sent.
    """
    begin = {
        "starts_on": on,
        "ends_on": on + timedelta(days=USUAL_DAYS),
        "title": ready.title if ready else _("Member calls"),
        "purpose": ready.purpose if ready else "",
        "script": ready.script if ready else default_script(),
        **audience_data(ready.audience(on) if ready else Audience()),
        **rules_data(Rules()),
    }
    return CampaignForm(data=begin) if asked is None else CampaignForm(asked, data=begin)


def words_form(campaign: Campaign) -> WordsForm:
    """The words of a campaign that is there."""
    now = {name: getattr(campaign, name) for name in ("title", "purpose", "script", "version")}
    return WordsForm(data={**now, "survey": str(campaign.survey_id or "")})


def plan_form(campaign: Campaign, asked: MultiDict[str, str] | None = None) -> PlanForm:
    """Whom it is for and when it rings."""
    now = draft_of(campaign)
    data = {
        "version": str(campaign.version),
        "starts_on": now.starts_on,
        "ends_on": now.ends_on,
        **audience_data(now.audience),
        **rules_data(now.rules),
    }
    return PlanForm(data=data) if asked is None else PlanForm(asked, data=data)


def _survey(form: WordsFields) -> dict[str, Any]:
    chosen = str(form.survey.data or "")
    if chosen == READ_IN:
        return {"survey_id": None, "reads_in_survey": True}
    return {"survey_id": UUID(chosen) if chosen else None, "reads_in_survey": False}


class ResponsibleForm(FlaskForm):
    """Who answers for a list."""

    account = SelectField(lazy("Responsible"), validate_choice=True)

    def __init__(self, accounts: Iterable[Account], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._accounts = {str(one.id): one for one in accounts}
        named = [SelectChoice(key, one.name or one.email or "") for key, one in self._accounts.items()]
        self.account.choices = [SelectChoice("", _("Nobody yet")), *named]

    @property
    def chosen(self) -> Account | None:
        return self._accounts.get(str(self.account.data or ""))
