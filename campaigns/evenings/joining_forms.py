"""What somebody tells at the door: their name, and the code they heard."""

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired, Length, ValidationError

from organiser.core.i18n import _, lazy, ngettext
from organiser.core.phone import NotAPhoneNumber, PhoneFault, parse_phone
from organiser.core.text import squeeze
from organiser.members.words import PHONE_FAULT


class JoinForm(FlaskForm):
    """Name and code; blanks a phone's keyboard leaves behind do no harm."""

    name = StringField(
        lazy("Your name"),
        [
            DataRequired(lazy("Write your name, so that the organiser knows who came.")),
            Length(max=60, message=lazy("Use at most %(max)d characters.")),
        ],
        filters=[lambda text: squeeze(text or "")],
        description=lazy("You say it when you ring. The first name does."),
    )
    code = StringField(
        lazy("The evening's code"),
        [DataRequired(lazy("Write the six digits the organiser says.")), Length(max=40)],
        filters=[lambda text: squeeze(text or "")],
        description=lazy("Six digits. The organiser says them aloud."),
    )

    own_number = StringField(
        lazy("Your own number"),
        [Length(max=40, message=lazy("Use at most %(max)d characters."))],
        filters=[lambda text: squeeze(text or "")],
        description=lazy("You may leave it out. If you are a member, you are not given yourself to ring."),
    )

    def validate_own_number(self, field: StringField) -> None:
        """A number, if there is one."""
        try:
            self.own = parse_phone(field.data).e164 if field.data else ""
        except NotAPhoneNumber as error:
            words = PHONE_FAULT.get(error.fault, PHONE_FAULT[PhoneFault.NOT_VALID])
            raise ValidationError(words) from error

    def refuse_code(self, left: int) -> None:
        """Say that it was another code, and how many tries there are yet."""
        tries = ngettext("You can try %(num)s more time.", "You can try %(num)s more times.", left)
        self.code.errors = [_("That is not this evening's code. Ask the organiser.") + " " + tries]
