"""Whom a campaign is for, as an organiser ticks and writes it; what is left empty leaves nobody out."""

from collections.abc import Iterable
from typing import Any

from wtforms import BooleanField, DateField, Form, IntegerField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange, Optional, ValidationError

from campaigns.planning.fields import Ticks, WholeNumber
from campaigns.queue.audience import LONGEST_SINCE, OLDEST, Audience
from campaigns.queue.fields import Day
from organiser.core.i18n import _, lazy
from organiser.members.tag_models import Tag
from organiser.orgs.models import Organisation

AGE = [Optional(), NumberRange(0, OLDEST, lazy("Write an age between 0 and 120."))]
FIELDS = (
    "units",
    "age_from",
    "age_to",
    "joined_since",
    "joined_before",
    "not_contacted_days",
    "with_number",
    "tags",
)


class AudienceFields(Form):
    """A part of the forms of a campaign."""

    units = Ticks(lazy("Only these associations"), description=lazy("Tick none, and it is for all of them."))
    age_from = WholeNumber(lazy("From the age of"), AGE)
    age_to = WholeNumber(lazy("To the age of"), AGE)
    joined_since = Day(lazy("Joined on this day or later"), [Optional()])
    joined_before = Day(lazy("Joined before this day"), [Optional()])
    not_contacted_days = WholeNumber(
        lazy("Not contacted for so many days"),
        [
            Optional(),
            NumberRange(1, LONGEST_SINCE, lazy("Write a number of days between 1 and 3650.")),
        ],
        description=lazy("Neither talked with nor met in another way since then."),
    )
    with_number = BooleanField(lazy("Only those with a number to ring"))
    tags = Ticks(lazy("Only those marked with"), description=lazy("One of those ticked is enough."))

    def offer_audience(self, units: Iterable[Organisation], tags: Iterable[Tag]) -> None:
        """What may be ticked: associations and tags within reach."""
        self.units.choices = [SelectChoice(unit.id, unit.name) for unit in units]
        self.tags.choices = [SelectChoice(tag.id, tag.name) for tag in tags]

    def validate_age_to(self, field: IntegerField) -> None:
        """Not younger than the youngest."""
        if self.age_from.data is not None and field.data is not None and field.data < self.age_from.data:
            raise ValidationError(_("The highest age cannot be under the lowest."))

    def validate_joined_before(self, field: DateField) -> None:
        """Somebody can have joined between them."""
        if self.joined_since.data and field.data and field.data <= self.joined_since.data:
            raise ValidationError(_("Nobody has joined between those days. Look at them once more."))

    def audience_errors(self) -> list[str]:
        """What must be put right before anybody can be meant; asks for a validated form."""
        return [str(error) for name in FIELDS for error in self[name].errors]

    def audience_is_everybody(self) -> bool:
        """Whether nothing was ticked or written, so that the page may leave it folded."""
        return not any(self[name].data or self[name].errors for name in FIELDS)

    def audience(self) -> Audience:
        """What was ticked and written, once it is valid."""
        return Audience(
            units=tuple(self.units.data or ()),
            age_from=self.age_from.data,
            age_to=self.age_to.data,
            joined_since=self.joined_since.data,
            joined_before=self.joined_before.data,
            not_contacted_days=self.not_contacted_days.data,
            with_number=bool(self.with_number.data),
            tag_ids=tuple(self.tags.data or ()),
        )


def audience_data(audience: Audience) -> dict[str, Any]:
    """An audience as the fields show it."""
    return {
        "units": list(audience.units),
        "age_from": audience.age_from,
        "age_to": audience.age_to,
        "joined_since": audience.joined_since,
        "joined_before": audience.joined_before,
        "not_contacted_days": audience.not_contacted_days,
        "with_number": audience.with_number,
        "tags": list(audience.tag_ids),
    }
