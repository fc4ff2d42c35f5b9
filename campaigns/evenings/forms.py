"""When there shall be ringing, and for whom links are made."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask_wtf import FlaskForm
from wtforms import DateTimeLocalField, HiddenField, IntegerField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from campaigns.evenings.rules import LONGEST_HOURS, MOST_LINKS, USUAL_HOURS, WhyNotSo
from campaigns.queue.fields import uuid_in
from organiser.core.i18n import _, lazy, ngettext
from organiser.core.ids import uuid7
from organiser.core.text import squeeze
from organiser.web.filters import zone

NOW, LATER = "now", "later"
NO_TIME = lazy("Write a day and a time, like 2024-03-08 17:30.")
LONGEST_NAME = 60
FAULTS: dict[WhyNotSo, Any] = {
    WhyNotSo.PAST: lazy("That time has passed. Choose a later one."),
    WhyNotSo.TOO_FAR: lazy("Choose a time within three months."),
    WhyNotSo.TOO_LONG: lazy("An evening is twelve hours at most."),
    WhyNotSo.CLOSED: lazy("The campaign is closed. Open it again first."),
}


class Time(DateTimeLocalField):
    """A day and a time, refused in our own words."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what the browser sent."""
        try:
            super().process_formdata([value for value in valuelist if value])
        except ValueError as error:
            raise ValueError(str(NO_TIME)) from error


class EveningForm(FlaskForm):
    """From when, and how long. ``key`` is the evening's id, so that sending it twice starts one."""

    key = HiddenField(default=uuid7)
    begins = RadioField(
        lazy("When do you begin?"),
        choices=[SelectChoice(NOW, lazy("Now")), SelectChoice(LATER, lazy("Later"))],
        default=NOW,
    )
    starts_at = Time(lazy("Day and time"), [Optional()], description=lazy("Only if you begin later."))
    hours = SelectField(lazy("How long?"), coerce=int, default=USUAL_HOURS)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.hours.choices = [
            SelectChoice(hours, ngettext("%(num)s hour", "%(num)s hours", hours))
            for hours in range(1, LONGEST_HOURS + 1)
        ]

    def validate_begins(self, field: RadioField) -> None:
        """Later, but when?"""
        if field.data == LATER and not self.starts_at.data and not self.starts_at.errors:
            raise ValidationError(_("Say which day and time you begin."))

    def span(self, at: datetime) -> tuple[datetime, datetime]:
        """From when to when, aware; ``at`` is now."""
        written = self.starts_at.data
        starts_at = written.replace(tzinfo=zone()) if self.begins.data == LATER and written else at
        return starts_at, starts_at + timedelta(hours=self.hours.data or USUAL_HOURS)

    def new_id(self) -> UUID:
        """The id the form was made with."""
        return uuid_in(self.key.data)

    def refuse(self, why: WhyNotSo) -> None:
        """Say what is wrong with the time."""
        self.starts_at.errors = [FAULTS[why]]


class LinksForm(FlaskForm):
    """For whom: a name a line, and so many without one. With ``batch`` sending it twice makes them once."""

    batch = HiddenField(default=uuid7)
    names = TextAreaField(
        lazy("Names, one on each line"),
        [Length(max=4000)],
        description=lazy("First names do. They help you see who has come."),
    )
    nameless = IntegerField(
        lazy("Links without a name"),
        [InputRequired(lazy("Write a number, 0 if none.")), NumberRange(0, MOST_LINKS)],
        default=0,
        description=lazy("For those whose names you do not know yet."),
    )

    def validate_nameless(self, _field: IntegerField) -> None:
        """Some, and not too many."""
        if not self.people():
            raise ValidationError(_("Write at least one name, or how many links you want."))
        if len(self.people()) > MOST_LINKS:
            raise ValidationError(_("Make at most %(most)s links at a time.", most=MOST_LINKS))

    def people(self) -> list[str]:
        """A name for each link, an empty one where there is none."""
        named = [squeeze(line)[:LONGEST_NAME] for line in (self.names.data or "").splitlines()]
        return [name for name in named if name] + [""] * max(0, self.nameless.data or 0)

    def new_batch(self) -> UUID:
        """The id the form was made with."""
        return uuid_in(self.batch.data)
