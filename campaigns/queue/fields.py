"""What several forms of ringing ask for: a day, and the id a page was made with."""

from uuid import UUID

from wtforms import DateField

from organiser.core.i18n import lazy
from organiser.core.ids import uuid7

NO_DAY = lazy("Write a day that exists, like 2024-03-08.")


class Day(DateField):
    """A day of the calendar, refused in our own words."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what the browser sent."""
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(str(NO_DAY)) from error


def uuid_in(text: object) -> UUID:
    """An id as a form brought it; a new one where it is none."""
    try:
        return UUID(str(text))
    except ValueError:
        return uuid7()
