"""When a campaign rings and how often somebody is tried: days, hours for each weekday, tries and rest."""

from datetime import time
from typing import Any

from babel import Locale
from flask_babel import get_locale
from wtforms import BooleanField, DateField, FieldList, Form, FormField, StringField
from wtforms.validators import DataRequired, InputRequired, NumberRange, ValidationError

from campaigns.planning.fields import WholeNumber
from campaigns.queue.fields import NO_DAY, Day
from campaigns.queue.opening import (
    ALWAYS,
    DAYS,
    EARLIEST,
    LATEST,
    USUAL,
    CallingHours,
    NotCallingHours,
    Span,
)
from campaigns.queue.rules import LONGEST_REST, MOST_TRIES, REST_HOURS, TRIES, Rules
from organiser.core.i18n import _, lazy
from organiser.web.language import chosen

PARTS = ("start", "end", "again", "until")


class Weekday(Form):
    """From when to when, and once more the same day; empty: nobody is rung."""

    start = StringField()
    end = StringField()
    again = StringField()
    until = StringField()

    def spans(self) -> tuple[Span, ...]:
        """The spans that were written. Raises ``ValueError`` where one is no span."""
        pairs = [(self.start.data, self.end.data), (self.again.data, self.until.data)]
        return tuple((_clock(one), _clock(other)) for one, other in pairs if one or other)


class RulesFields(Form):
    """A part of the forms of a campaign."""

    starts_on = Day(lazy("First day"), [DataRequired(NO_DAY)])
    ends_on = Day(lazy("Last day"), [DataRequired(NO_DAY)])
    tries = WholeNumber(
        lazy("So many tries at most"),
        [
            InputRequired(lazy("Write how many times somebody is tried.")),
            NumberRange(1, MOST_TRIES, lazy("Write between 1 and 9 tries.")),
        ],
        default=TRIES,
    )
    rest_hours = WholeNumber(
        lazy("Hours of rest between two tries"),
        [
            InputRequired(lazy("Write how many hours somebody rests.")),
            NumberRange(1, LONGEST_REST, lazy("Write between 1 and 336 hours.")),
        ],
        default=REST_HOURS,
    )
    days = FieldList(FormField(Weekday), min_entries=len(DAYS), max_entries=len(DAYS))
    red_days_off = BooleanField(lazy("We ring nobody on red days and eves"))
    round_the_clock = BooleanField(
        lazy("Ring round the clock"),
        description=lazy("Only for a demo or a test: members may then be rung at night, red days too."),
    )

    def validate_ends_on(self, field: DateField) -> None:
        """Not before it has begun."""
        if self.starts_on.data and field.data and field.data < self.starts_on.data:
            raise ValidationError(_("The last day cannot be before the first."))

    def validate_days(self, _field: FieldList) -> None:
        """Hours one may ring in, some day at least."""
        if self.round_the_clock.data:
            return
        for name, row in zip(weekdays(), self.days, strict=True):
            _check(name, row.form)
        if not any(row.form.spans() for row in self.days):
            raise ValidationError(_("Write hours for one day at least; else nobody can be rung."))

    def rules(self) -> Rules:
        """What was written, once it is valid."""
        return Rules(self.tries.data or TRIES, self.rest_hours.data or REST_HOURS, self.hours())

    def hours(self) -> CallingHours:
        """The week's hours. Raises ``NotCallingHours`` or ``ValueError`` where they are none."""
        if self.round_the_clock.data:
            return ALWAYS
        return CallingHours(tuple(row.form.spans() for row in self.days), bool(self.red_days_off.data))

    def day_rows(self) -> list[tuple[str, Any]]:
        """The weekday's name and its fields, Monday first."""
        return [(name, row.form) for name, row in zip(weekdays(), self.days, strict=True)]


def rules_data(rules: Rules) -> dict[str, Any]:
    """Rules as the fields show them; round the clock keeps the usual week beside it."""
    always = rules.hours.round_the_clock
    hours = USUAL if always else rules.hours
    return {
        "tries": rules.tries,
        "rest_hours": rules.rest_hours,
        "days": [dict(zip(PARTS, _texts(spans), strict=False)) for spans in hours.week],
        "red_days_off": hours.red_days_off,
        "round_the_clock": always,
    }


def weekdays() -> list[str]:
    """The names of the days in the reader's language, Monday first."""
    names = (get_locale() or Locale("en")).days["format"]["wide"]
    return [f"{names[day][:1].upper()}{names[day][1:]}" for day in range(len(DAYS))]


def _check(name: str, row: Weekday) -> None:
    try:
        spans = row.spans()
        CallingHours((spans, *[()] * (len(DAYS) - 1)))
    except NotCallingHours as error:
        raise ValidationError(
            _(
                "%(day)s: write hours between %(first)s and %(last)s, from and to, the earlier first.",
                day=name,
                first=f"{EARLIEST:%H.%M}",
                last=f"{LATEST:%H.%M}",
            )
        ) from error
    except ValueError as error:
        raise ValidationError(
            _("%(day)s: write both from and to as a time of day, like 17.00.", day=name)
        ) from error


def _clock(text: str | None) -> time:
    """17.00, 17:00 or 17. Raises ``ValueError``."""
    hour, _sep, minute = (text or "").strip().replace(".", ":").partition(":")
    return time(int(hour), int(minute or 0))


def _texts(spans: tuple[Span, ...]) -> list[str]:
    sign = "." if chosen() == "sv" else ":"
    return [f"{clock:%H}{sign}{clock:%M}" for span in spans for clock in span]
