"""What a caller sends: how the call went, when to ring again, a word to the next caller or the organiser."""

from datetime import datetime
from zoneinfo import ZoneInfo

from flask_wtf import FlaskForm
from wtforms import DateTimeLocalField, HiddenField, StringField, TextAreaField
from wtforms.validators import AnyOf, Length, Optional

from campaigns.queue.effects import Report
from campaigns.queue.hours import why_not_then
from campaigns.queue.opening import CallingHours
from campaigns.queue.outcomes import Outcome
from campaigns.ringing.adding_words import Unpleasant
from campaigns.ringing.caller_words import UNPLEASANT, not_then
from organiser.core.i18n import lazy
from organiser.core.text import squeeze, squeeze_lines
from organiser.members.fields import NO_HEALTH, TOO_LONG

CONFIRMED = "confirmed"
OWN_TIME = "own"


class NotAnAnswer(ValueError):
    """What is wrong, and at which field."""

    def __init__(self, field: str, why: object) -> None:
        super().__init__(field)
        self.field, self.why = field, why


class TakeForm(FlaskForm):
    """Asks for the next member; the key makes asking twice the same as asking once."""

    key = HiddenField()


class WordsForm(FlaskForm):
    """A word to whoever rings next, and one to the organiser: two readers, two fields."""

    note = TextAreaField(
        lazy("To whoever rings next"),
        [Length(max=500, message=TOO_LONG)],
        filters=[lambda text: squeeze_lines(text or "")],
        description=NO_HEALTH,
    )
    message = TextAreaField(
        lazy("To the organiser"),
        [Length(max=500, message=TOO_LONG)],
        filters=[lambda text: squeeze_lines(text or "")],
        description=NO_HEALTH,
    )


class UnpleasantForm(FlaskForm):
    """What made a call unpleasant; the button pressed says the kind."""

    kind = HiddenField(validators=[AnyOf(list(Unpleasant))])
    what = StringField(
        lazy("What happened? (you need not write anything)"),
        [Length(max=500, message=TOO_LONG)],
        filters=[lambda text: squeeze(text or "")],
    )

    def told(self) -> str:
        """As the organiser reads it: what kind, and what happened."""
        kind = str(UNPLEASANT[Unpleasant(self.kind.data or "")])
        return f"{kind}: {self.what.data}" if self.what.data else kind


class ReportForm(WordsForm):
    """How it went. The button pressed says the outcome and, after an @, what else it knows: a time to ring
    back, that the time is in its own field, or that they are sure.
    """

    outcome = HiddenField()
    key = HiddenField(filters=[lambda text: (text or "")[:64]])
    talked_call_back_at = DateTimeLocalField(lazy("Another time"), [Optional()])
    someone_else_at = DateTimeLocalField(lazy("Another time"), [Optional()])
    language = StringField(
        lazy("Which language?"),
        [Length(max=60, message=TOO_LONG)],
        filters=[lambda text: squeeze(text or "")],
    )

    def read(self, at: datetime, zone: ZoneInfo, hours: CallingHours) -> Report | None:
        """The report, or none with the errors at their fields. ``at``: now; ``zone``: the times' own;
        ``hours``: the campaign's.
        """
        if not self.validate_on_submit():
            return None
        try:
            return self._report(at, zone, hours)
        except NotAnAnswer as fault:
            field = self[fault.field]
            field.errors = [*field.errors, fault.why]
            return None

    def _report(self, at: datetime, zone: ZoneInfo, hours: CallingHours) -> Report:
        key, _sign, detail = (self.outcome.data or "").partition("@")
        if key not in set(Outcome):
            raise NotAnAnswer("outcome", lazy("Choose how it went."))
        outcome = Outcome(key)
        if outcome.ending.confirms and detail != CONFIRMED:
            raise NotAnAnswer("outcome", lazy("Press once more to show that you are sure."))
        if not outcome.asks_when:
            return self._told(outcome, None)
        promised = self._promised(outcome, detail, zone)
        if promised is None:
            raise NotAnAnswer(f"{key}_at", lazy("Choose when to ring again."))
        if fault := why_not_then(promised, at, zone, hours):
            raise NotAnAnswer(f"{key}_at", not_then(fault, promised, hours))
        return self._told(outcome, promised)

    def _promised(self, outcome: Outcome, detail: str, zone: ZoneInfo) -> datetime | None:
        """The offered time that was pressed, or the one written in its field."""
        written: datetime | None = self[f"{outcome.value}_at"].data
        if detail in {"", OWN_TIME}:
            return written.replace(tzinfo=zone) if written else None
        try:
            offered = datetime.fromisoformat(detail)
        except ValueError:
            return None
        return offered if offered.tzinfo else None

    def _told(self, outcome: Outcome, promised: datetime | None) -> Report:
        message = self.message.data or ""
        if outcome is Outcome.LANGUAGE and self.language.data:
            message = f"{self.language.data}\n{message}".strip()
        return Report(outcome, promised, self.note.data or "", message, self.key.data or "")
