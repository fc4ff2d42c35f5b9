"""When there shall be ringing, and for whom links are made."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from email_validator import EmailNotValidError, validate_email
from flask_wtf import FlaskForm
from wtforms import DateTimeLocalField, HiddenField, IntegerField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from campaigns.evenings.people import Person
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


def person_in(line: str) -> Person:
    """Who a pasted line means: "Kim Ek", "Kim Ek kim@example.org", "Kim Ek;kim@example.org" or
    "Kim <kim@example.org>".
    """
    words = line.replace(";", " ").replace(",", " ").replace("\t", " ").split()
    addresses = [word.strip("<>()") for word in words if "@" in word]
    name = " ".join(word for word in words if "@" not in word)[:LONGEST_NAME]
    return Person(name, addresses[0] if addresses else "")


def _is_address(text: str) -> bool:
    try:
        validate_email(text, check_deliverability=False)
    except EmailNotValidError:
        return False
    return True


class LinksForm(FlaskForm):
    """For whom: a name a line, and so many without one. With ``batch`` sending it twice makes them once."""

    batch = HiddenField(default=uuid7)
    names = TextAreaField(
        lazy("Names, one on each line"),
        [Length(max=8000)],
        description=lazy(
            "First names do. They help you see who has come. Paste a list if you have one; an e-mail address "
            "after the name gets the link sent to it."
        ),
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

    def validate_names(self, _field: TextAreaField) -> None:
        """Addresses that can be written to, all faults at once, by line."""
        faults = [
            _("Line %(line)s: %(address)s is no e-mail address.", line=line, address=person.email)
            for line, person in self._written()
            if person.email and not _is_address(person.email)
        ]
        if faults:
            raise ValidationError(" ".join(faults))

    def people(self) -> list[Person]:
        """Somebody for each link, nameless where there is no name."""
        return [person for _line, person in self._written()] + [Person()] * max(0, self.nameless.data or 0)

    def _written(self) -> list[tuple[int, Person]]:
        lines = enumerate((squeeze(line) for line in (self.names.data or "").splitlines()), start=1)
        return [(line, person_in(text)) for line, text in lines if text]

    def new_batch(self) -> UUID:
        """The id the form was made with."""
        return uuid_in(self.batch.data)


class WallForm(FlaskForm):
    """One link for everybody in the room. With ``batch`` sending it twice makes it once."""

    batch = HiddenField(default=uuid7)

    def new_batch(self) -> UUID:
        """The id the form was made with."""
        return uuid_in(self.batch.data)
