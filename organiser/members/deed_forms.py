"""Small forms on the member's page: a block, its lifting, a contact by another channel."""

from uuid import UUID

from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, ValidationError

from organiser.core.i18n import lazy
from organiser.core.ids import uuid7
from organiser.core.text import squeeze, squeeze_lines
from organiser.members.days import DayFault
from organiser.members.fields import DAY_FAULT, NO_HEALTH, TOO_LONG, choices, today
from organiser.members.kinds import BlockScope, Channel
from organiser.members.words import CHANNEL, SCOPE


class BlockForm(FlaskForm):
    """What a member has asked us not to do."""

    scope = RadioField(
        lazy("What have they asked for?"),
        [DataRequired(lazy("Choose what they have asked for."))],
        choices=choices(SCOPE),
        coerce=BlockScope,
        id="block-scope",
    )
    reason = StringField(
        lazy("How do we know?"),
        [
            DataRequired(lazy("Write how we know, so that the next one need not ask.")),
            Length(max=300, message=TOO_LONG),
        ],
        filters=[lambda text: squeeze(text or "")],
        id="block-reason",
        description=lazy("Like: said so at the annual meeting."),
    )


class LiftForm(FlaskForm):
    """Why a block stands no more."""

    reason = StringField(
        lazy("Why is it lifted?"),
        [
            DataRequired(lazy("Write who asked for it to be lifted, and when.")),
            Length(max=300, message=TOO_LONG),
        ],
        filters=[lambda text: squeeze(text or "")],
        description=lazy("Like: rang us on 3 March and wants calls again."),
    )


class ContactForm(FlaskForm):
    """The member was met by another way than our calls; ``key`` is the contact's id, made with the form."""

    key = HiddenField(default=uuid7, id="contact-key")
    channel = SelectField(lazy("How?"), choices=choices(CHANNEL), coerce=Channel, id="contact-channel")
    on = DateField(
        lazy("Which day?"),
        [DataRequired(lazy("Write which day it was."))],
        default=today,
        id="contact-on",
    )
    note = TextAreaField(
        lazy("Note"),
        [Length(max=1000, message=TOO_LONG)],
        filters=[lambda text: squeeze_lines(text or "")],
        id="contact-note",
        description=NO_HEALTH,
    )

    def validate_on(self, field: DateField) -> None:
        """It has happened."""
        if field.data and field.data > today():
            raise ValidationError(DAY_FAULT[DayFault.AHEAD])

    def validate_key(self, field: HiddenField) -> None:
        """An id, whatever was sent."""
        try:
            self.contact_id = UUID(str(field.data))
        except ValueError as error:
            raise ValidationError(lazy("Open the page again and try once more.")) from error
