"""What is filled in about a goal: how much, of whom, by when, and whether those below mean the same."""

from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, HiddenField, IntegerField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, ValidationError

from campaigns.goals.models import Goal
from campaigns.goals.progress import Aim, Base
from organiser.core.i18n import lazy

USUAL = 50
"""Per cent, proposed where nothing is set."""
LAST_DAY = 10 * 366
"""Days ahead; later than that is a slip of the pen."""
ALL_THERE_ARE = 100
MOST = 10_000_000
SHARE, NUMBER = "share", "number"
KINDS = [SelectChoice(SHARE, lazy("Per cent")), SelectChoice(NUMBER, lazy("Members"))]
BASES = [
    SelectChoice(Base.MEMBERS.value, lazy("Of all members")),
    SelectChoice(Base.CALLABLE.value, lazy("Of those who can be rung")),
]


class GoalForm(FlaskForm):
    """A unit's goal of a measure. ``version`` is that of the goal shown, empty where there is none."""

    amount = IntegerField(
        lazy("How much shall we reach?"), [InputRequired(lazy("Write a whole number, 1 or more."))]
    )
    kind = RadioField(
        lazy("Is that a share or a number?"),
        choices=KINDS,
        default=SHARE,
    )
    base = RadioField(
        lazy("Of whom?"),
        choices=BASES,
        default=Base.MEMBERS.value,
        description=lazy("The page always shows both."),
    )
    due_on = DateField(lazy("By which day?"), [InputRequired(lazy("Write which day it shall be done."))])
    below = BooleanField()
    version = HiddenField()

    def __init__(self, goal: Goal | None, today: date, **more: Any) -> None:
        super().__init__(data=_shown(goal), **more)
        self.today = today

    def validate_amount(self, field: IntegerField) -> None:
        """A share is at most everybody."""
        top = ALL_THERE_ARE if self.kind.data == SHARE else MOST
        words = lazy("Write a whole number from 1 to 100.") if self.kind.data == SHARE else None
        NumberRange(1, top, words or lazy("Write a whole number, 1 or more."))(self, field)

    def validate_due_on(self, field: DateField) -> None:
        """Still ahead, and within sight."""
        if field.data and field.data < self.today:
            raise ValidationError(lazy("That day has passed. Choose one that is ahead."))
        if field.data and (field.data - self.today).days > LAST_DAY:
            raise ValidationError(lazy("That is very far ahead. Look at the year once more."))

    @property
    def aim(self) -> Aim:
        amount, base = self.amount.data, Base(self.base.data)
        if self.kind.data == NUMBER:
            return Aim(None, self.due_on.data, amount, base)
        return Aim(amount, self.due_on.data, None, base)

    @property
    def seen(self) -> int | None:
        """The version that was shown; none where there was no goal. Nonsense is a version nobody has."""
        text = self.version.data or ""
        return (int(text) if text.isascii() and text.isdigit() else -1) if text else None


def _shown(goal: Goal | None) -> dict[str, Any]:
    if goal is None:
        return {"amount": USUAL, "kind": SHARE, "base": Base.MEMBERS.value, "below": True, "version": ""}
    return {
        "amount": goal.number if goal.percent is None else goal.percent,
        "kind": NUMBER if goal.percent is None else SHARE,
        "base": goal.base.value,
        "due_on": goal.due_on,
        "below": False,
        "version": str(goal.version),
    }
