"""What a campaign is called, why it rings, what callers say and which survey they ask."""

from collections.abc import Iterable
from uuid import UUID

from flask_wtf import FlaskForm
from wtforms import Form, HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from campaigns.queue.script import unknown_fields
from campaigns.surveys.loading import packaged
from campaigns.surveys.models import Survey
from campaigns.surveys.words import title as title_of
from organiser.core.i18n import _, lazy
from organiser.core.text import squeeze, squeeze_lines

TOO_LONG = lazy("Use at most %(max)d characters.")
READ_IN = "member-survey"
"""Chosen instead of a survey: the member survey that comes with the program, read in when it is kept."""


class WordsFields(Form):
    """A part of the forms of a campaign."""

    title = StringField(
        lazy("What shall it be called?"),
        [DataRequired(lazy("Give the campaign a name.")), Length(max=80, message=TOO_LONG)],
        filters=[lambda text: squeeze(text or "")],
        description=lazy("Callers see it: Spring calls, Before the annual meeting."),
    )
    purpose = TextAreaField(
        lazy("Why do we ring?"),
        [Length(max=500, message=TOO_LONG)],
        filters=[lambda text: squeeze_lines(text or "")],
        description=lazy("A sentence or two, for those who ring."),
    )
    script = TextAreaField(
        lazy("Call guide"),
        [DataRequired(lazy("Write what callers shall say.")), Length(max=20000, message=TOO_LONG)],
        filters=[lambda text: squeeze_lines(text or "")],
        description=lazy("A line that begins with ## is a new step."),
    )
    survey = SelectField(lazy("Survey to ask"), validate_choice=True)

    def survey_chosen(self) -> UUID | None:
        """The survey ticked, of those that are offered; none also where it is still to be read in."""
        chosen = str(self.survey.data or "")
        offered = {choice.value for choice in self.survey.choices or ()} - {READ_IN, ""}
        return UUID(chosen) if chosen in offered else None

    def offer_surveys(self, surveys: Iterable[Survey]) -> None:
        """The surveys to choose among; the member survey too, where nobody has read it in yet."""
        found = list(surveys)
        named = [SelectChoice(str(one.id), title_of(one)) for one in found]
        if all(one.key != packaged().key for one in found):
            named.append(SelectChoice(READ_IN, _("The member survey, ready to ask")))
        self.survey.choices = [SelectChoice("", _("No survey")), *named]

    def warnings(self) -> list[str]:
        """What is written in braces and nobody fills in."""
        return unknown_fields(self.script.data or "")


class Kept(FlaskForm):
    """``version``: which one the form showed, so that nobody's change is lost."""

    version = HiddenField(default="0")

    def seen_version(self) -> int:
        """Which version of the campaign the form showed."""
        text = str(self.version.data or "")
        return int(text) if text.isascii() and text.isdigit() else 0
