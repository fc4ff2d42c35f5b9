"""Fields of the register's forms: a squeezed line, a day as text, the words of a closed set."""

from datetime import date
from typing import Any

from wtforms import Form, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, ValidationError

from organiser.core import clock
from organiser.core.i18n import lazy
from organiser.core.text import squeeze
from organiser.members.days import DayFault, NotADay, read_day
from organiser.members.words import FIELD
from organiser.web.filters import zone

NO_HEALTH = lazy("Write nothing about health, belief or private life.")
DAY_FAULT = {
    DayFault.NOT_A_DAY: lazy("Write the day as year-month-day, like 1961-03-08."),
    DayFault.NOT_REAL: lazy("There is no such day. Look at the month and the day once more."),
    DayFault.TOO_EARLY: lazy("That is too long ago. Look at the year once more."),
    DayFault.AHEAD: lazy("That day has not come yet."),
    DayFault.IDENTITY: lazy("Write only the day of birth, never the four last digits."),
}
TOO_LONG = lazy("Use at most %(max)d characters.")
LINE = [Length(max=200, message=TOO_LONG)]


def today() -> date:
    """The day it is where the tenant is."""
    return clock.now().astimezone(zone()).date()


def line(name: str, **more: Any) -> StringField:
    """A field of one line, kept squeezed."""
    return StringField(FIELD[name], LINE, filters=[lambda text: squeeze(text or "")], **more)


def choices(words: dict[Any, Any]) -> list[SelectChoice]:
    """The keys of a closed set with their words."""
    return [SelectChoice(key.value, label) for key, label in words.items()]


class DayField(StringField):
    """A day as text: no calendar to leaf through sixty years of."""

    def pre_validate(self, _form: Form) -> None:
        """Beside the field, in words."""
        try:
            self.day = read_day(self.data or "")
        except NotADay as error:
            raise ValidationError(DAY_FAULT[error.fault]) from error
