"""Fields of a campaign's forms: a whole number, and several of something ticked."""

from typing import Any
from uuid import UUID

from wtforms import IntegerField, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from organiser.core.i18n import lazy

NO_NUMBER = lazy("Write a whole number, like 18.")


class WholeNumber(IntegerField):
    """A number without decimals, refused in our own words."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what the browser sent."""
        try:
            super().process_formdata([text.strip() for text in valuelist])
        except ValueError as error:
            raise ValueError(str(NO_NUMBER)) from error


class Ticks(SelectMultipleField):
    """Several of those offered, by id."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: Any, **kwargs: Any) -> None:
        super().__init__(label, coerce=_id, choices=[], **kwargs)


def _id(value: Any) -> UUID:
    return value if isinstance(value, UUID) else UUID(str(value))
