"""What an organiser writes of a campaign, and who answers for a list."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, ValidationError

from campaigns.planning.services import CampaignDraft
from campaigns.planning.usual_guide import default_script
from campaigns.queue.fields import NO_DAY, Day, uuid_in
from campaigns.queue.models import Campaign
from organiser.accounts.models import Account
from organiser.core import clock
from organiser.core.i18n import _, lazy
from organiser.core.ids import uuid7
from organiser.core.text import squeeze, squeeze_lines
from organiser.web.filters import zone

USUAL_DAYS = 42
TOO_LONG = lazy("Use at most %(max)d characters.")


class CampaignForm(FlaskForm):
    """A campaign. ``key`` is the new one's id, so that sending it twice makes one; ``version`` is what was
    shown, so that nobody's change is lost.
    """

    key = HiddenField(default=uuid7)
    version = HiddenField(default="0")
    title = StringField(
        lazy("What shall it be called?"),
        [DataRequired(lazy("Give the campaign a name.")), Length(max=80, message=TOO_LONG)],
        filters=[lambda text: squeeze(text or "")],
        description=lazy("Callers see it: Spring calls, Before the annual meeting."),
    )
    purpose = TextAreaField(
        lazy("Why do we ring?"),
        [Length(max=500, message=TOO_LONG)],
        filters=[lambda text: squeeze_lines(text or "")],
        description=lazy("A sentence or two, for those who ring."),
    )
    starts_on = Day(lazy("First day"), [DataRequired(NO_DAY)])
    ends_on = Day(lazy("Last day"), [DataRequired(NO_DAY)])
    script = TextAreaField(
        lazy("Call guide"),
        [DataRequired(lazy("Write what callers shall say.")), Length(max=20000, message=TOO_LONG)],
        filters=[lambda text: squeeze_lines(text or "")],
        description=lazy(
            "A line that begins with ## is a new step. {first_name} becomes the member's first name, "
            "{caller} the caller's, and {association} the association."
        ),
    )

    def validate_ends_on(self, field: DateField) -> None:
        """Not before it has begun."""
        if self.starts_on.data and field.data and field.data < self.starts_on.data:
            raise ValidationError(_("The last day cannot be before the first."))

    def draft(self) -> CampaignDraft:
        """What was written."""
        return CampaignDraft(
            title=self.title.data or "",
            purpose=self.purpose.data or "",
            script=self.script.data or "",
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
        )

    def new_id(self) -> UUID:
        """The id the form was made with; another one where somebody tampered with it."""
        return uuid_in(self.key.data)

    def seen_version(self) -> int:
        """Which version of the campaign the form showed."""
        text = str(self.version.data or "")
        return int(text) if text.isascii() and text.isdigit() else 0


def new_campaign_form() -> CampaignForm:
    """The form of a new campaign, filled in as most begin: six weeks from today, with our call guide."""
    today = clock.now().astimezone(zone()).date()
    begin = {
        "starts_on": today,
        "ends_on": today + timedelta(days=USUAL_DAYS),
        "script": default_script(),
        "title": _("Member calls"),
    }
    return CampaignForm(data=begin)


def campaign_form(campaign: Campaign) -> CampaignForm:
    """The form of a campaign that is there."""
    return CampaignForm(obj=campaign)


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
