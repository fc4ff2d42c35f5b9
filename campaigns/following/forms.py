"""What an organiser writes when they follow something up."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, ValidationError

from campaigns.following.services import Noted
from campaigns.queue.fields import NO_DAY, Day, uuid_in
from organiser.accounts.models import Account
from organiser.core.i18n import lazy
from organiser.core.ids import uuid7
from organiser.core.phone import NotAPhoneNumber, PhoneFault, PhoneNumber, parse_phone
from organiser.core.phone import PhoneKind as CanText
from organiser.core.text import squeeze, squeeze_lines
from organiser.members.fields import NO_HEALTH, TOO_LONG, choices
from organiser.members.kinds import BlockScope, Channel, MemberStatus, PhoneKind
from organiser.members.words import CHANNEL, PHONE_FAULT, SCOPE
from organiser.orgs.choosing import unit_choices
from organiser.orgs.models import Organisation

CALLS_OR_ALL = {scope: SCOPE[scope] for scope in (BlockScope.CALLS, BlockScope.CONTACT)}
ONLY_NOTE = lazy("I only want to write it down")


class NewNumberForm(FlaskForm):
    """Another number to ring a member on."""

    number = StringField(
        lazy("New telephone number"),
        [DataRequired(lazy("Write the new number."))],
        filters=[lambda text: squeeze(text or "")],
        id="new-number",
        description=lazy("It is rung first. The old ones are kept."),
    )

    def validate_number(self, field: StringField) -> None:
        """A number somebody can be rung on."""
        try:
            self.read: PhoneNumber = parse_phone(field.data or "")
        except NotAPhoneNumber as error:
            raise ValidationError(PHONE_FAULT.get(error.fault, PHONE_FAULT[PhoneFault.NOT_VALID])) from error

    @property
    def kind(self) -> PhoneKind:
        """Which telephone it rings, as far as the number tells."""
        return PhoneKind.MOBILE if self.read.kind is CanText.MOBILE else PhoneKind.PHONE


class LeaveAloneForm(FlaskForm):
    """What the member has asked us not to do."""

    scope = RadioField(
        lazy("What have they asked for?"),
        [DataRequired(lazy("Choose what they have asked for."))],
        choices=choices(CALLS_OR_ALL),
        coerce=BlockScope,
        id="alone-scope",
    )


class MoveForm(FlaskForm):
    """Where the member belongs."""

    organisation_id = SelectField(
        lazy("Where do they belong?"), coerce=lambda id: UUID(str(id)), id="move-to"
    )

    def offer(self, units: Iterable[Organisation]) -> None:
        """The associations to choose among."""
        self.organisation_id.choices = [SelectChoice(str(id), name) for id, name in unit_choices(units)]


class NoteForm(FlaskForm):
    """What was found out, and whether the member was met. ``key`` is the contact's id."""

    key = HiddenField(default=uuid7, id="note-key")
    text = TextAreaField(
        lazy("What happened?"),
        [
            DataRequired(lazy("Write a few words of what happened.")),
            Length(max=1000, message=TOO_LONG),
        ],
        filters=[lambda text: squeeze_lines(text or "")],
        id="note-text",
        description=NO_HEALTH,
    )
    channel = SelectField(
        lazy("Have you met them?"),
        choices=[SelectChoice("", ONLY_NOTE), *choices(CHANNEL)],
        coerce=lambda key: Channel(key) if key else None,
        id="note-channel",
        description=lazy("A meeting counts as contact."),
    )

    def noted(self) -> Noted:
        """What was written."""
        return Noted(self.text.data or "", uuid_in(self.key.data), self.channel.data)


class LeavingForm(FlaskForm):
    """How the membership ended: said by the button."""

    status = SelectField(
        choices=[SelectChoice(one.value, one.value) for one in (MemberStatus.LEFT, MemberStatus.DECEASED)],
        coerce=MemberStatus,
    )


class EntrustForm(FlaskForm):
    """Who sees to it, and by when."""

    owner = SelectField(lazy("Who sees to it?"), id="owner")
    due_on = Day(lazy("By which day?"), [DataRequired(NO_DAY)], id="due-on")

    def __init__(self, accounts: Iterable[Account], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._accounts = {str(one.id): one for one in accounts}
        named = [SelectChoice(key, one.name or one.email or "") for key, one in self._accounts.items()]
        self.owner.choices = [SelectChoice("", lazy("Nobody yet")), *named]

    @property
    def chosen(self) -> Account | None:
        return self._accounts.get(str(self.owner.data or ""))
