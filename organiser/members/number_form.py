"""One telephone number of a member, as it is filled in."""

from wtforms import Form, HiddenField, SelectField, StringField
from wtforms.validators import ValidationError

from organiser.core.i18n import lazy
from organiser.core.phone import NotAPhoneNumber, PhoneFault, parse_phone
from organiser.core.text import squeeze
from organiser.members.fields import LINE, choices
from organiser.members.kinds import NumberState, PhoneKind
from organiser.members.services import NumberDraft
from organiser.members.words import NUMBER_STATE, PHONE_FAULT, PHONE_KIND


class NumberForm(Form):
    """One telephone number; emptied, it is taken away."""

    e164 = StringField(lazy("Telephone number"), filters=[lambda text: squeeze(text or "")])
    was = HiddenField()
    kind = SelectField(
        lazy("Which telephone?"), choices=choices(PHONE_KIND), coerce=PhoneKind, default=PhoneKind.MOBILE
    )
    state = SelectField(
        lazy("Does it work?"),
        choices=choices(NUMBER_STATE),
        coerce=NumberState,
        default=NumberState.UNTRIED,
    )
    note = StringField(lazy("Note about the number"), LINE, filters=[lambda text: squeeze(text or "")])

    def validate_e164(self, field: StringField) -> None:
        """A number somebody can be rung on."""
        try:
            self.read = parse_phone(field.data).e164 if field.data else ""
        except NotAPhoneNumber as error:
            words = PHONE_FAULT.get(error.fault, PHONE_FAULT[PhoneFault.NOT_VALID])
            raise ValidationError(words) from error

    def draft(self) -> NumberDraft:
        """What is to be kept; a number whose digits were changed has not been tried."""
        fresh = bool(self.was.data) and self.was.data != self.read
        state = NumberState.UNTRIED if fresh else self.state.data
        return NumberDraft(self.read, self.kind.data, self.note.data, state)

    def told(self) -> str:
        """The number as a person compares it: digits, kind, what is known."""
        words = (self.e164.data, PHONE_KIND[self.kind.data], NUMBER_STATE[self.state.data], self.note.data)
        return " · ".join(str(word) for word in words if word)
