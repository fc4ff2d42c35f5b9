"""What is filled in about a goal: how large a share, by when, and whether those below mean the same."""

from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, HiddenField, IntegerField
from wtforms.validators import InputRequired, NumberRange, ValidationError

from campaigns.goals.models import Goal
from campaigns.goals.progress import Aim
from organiser.core.i18n import lazy

USUAL = 50
"""Per cent, proposed where nothing is set."""
LAST_DAY = 10 * 366
"""Days ahead; later than that is a slip of the pen."""


class GoalForm(FlaskForm):
    """A unit's goal. ``version`` is that of the goal shown, empty where there is none."""

    percent = IntegerField(
        lazy("How large a share shall be contacted?"),
        [
            InputRequired(lazy("Write a whole number from 1 to 100.")),
            NumberRange(1, 100, lazy("Write a whole number from 1 to 100.")),
        ],
        description=lazy("Per cent of all members."),
    )
    due_on = DateField(lazy("By which day?"), [InputRequired(lazy("Write which day it shall be done."))])
    below = BooleanField()
    version = HiddenField()

    def __init__(self, goal: Goal | None, today: date, **more: Any) -> None:
        shown: dict[str, Any] = {"percent": USUAL, "due_on": None, "below": True, "version": ""}
        if goal is not None:
            known = {"percent": goal.percent, "due_on": goal.due_on, "version": str(goal.version)}
            shown = {**shown, **known, "below": False}
        super().__init__(data=shown, **more)
        self.today = today

    def validate_due_on(self, field: DateField) -> None:
        """Still ahead, and within sight."""
        if field.data and field.data < self.today:
            raise ValidationError(lazy("That day has passed. Choose one that is ahead."))
        if field.data and (field.data - self.today).days > LAST_DAY:
            raise ValidationError(lazy("That is very far ahead. Look at the year once more."))

    @property
    def aim(self) -> Aim:
        return Aim(self.percent.data, self.due_on.data)

    @property
    def seen(self) -> int | None:
        """The version that was shown; none where there was no goal. Nonsense is a version nobody has."""
        text = self.version.data or ""
        return (int(text) if text.isascii() and text.isdigit() else -1) if text else None
