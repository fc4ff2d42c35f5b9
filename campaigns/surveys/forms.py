"""The forms that build a survey: how it begins, what it is called, and one question at a time."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any
from uuid import UUID

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from campaigns.surveys.kinds import Mark, Option, QuestionDraft, QuestionKind
from campaigns.surveys.models import Question, Survey
from campaigns.surveys.option_lines import free_key, pasted
from campaigns.surveys.shaping import faults_of
from campaigns.surveys.words import MARK, SHAPE_FAULT, title
from organiser.core.i18n import lazy
from organiser.core.ids import uuid7
from organiser.core.text import squeeze, squeeze_lines
from organiser.orgs.choosing import unit_choices
from organiser.orgs.models import Organisation

TOO_LONG = lazy("Use at most %(max)d characters.")
WHOLE = lazy("Write a whole number.")
LARGEST = 1_000_000_000


class Begin(StrEnum):
    """What a new survey begins as."""

    PACKAGED = "packaged"
    EMPTY = "empty"
    FILE = "file"
    COPY = "copy"


def _line(label: Any, **more: Any) -> StringField:
    return StringField(label, [Length(max=200, message=TOO_LONG)], filters=[_squeezed], **more)


def _lines(label: Any, **more: Any) -> TextAreaField:
    checks = [Length(max=2000, message=TOO_LONG)]
    return TextAreaField(label, checks, filters=[_squeezed_lines], render_kw={"rows": 2}, **more)


def _squeezed(text: str | None) -> str:
    return squeeze(text or "")


def _squeezed_lines(text: str | None) -> str:
    return squeeze_lines(text or "")


def _id_of(field: Any) -> UUID:
    """The id a form was made with; another one where somebody tampered with it."""
    try:
        return UUID(str(field.data))
    except ValueError:
        return uuid7()


class BeginForm(FlaskForm):
    """Whose survey it is, and what it begins as; ``key`` becomes its id, so that sending twice makes one."""

    key = HiddenField(default=uuid7)
    unit = SelectField(lazy("Whose survey is it?"), coerce=UUID)
    title_sv = _line(lazy("What is it called?"))
    title_en = _line(lazy("What is it called in English?"))
    file = FileField(
        lazy("The file"),
        [FileRequired(lazy("Choose a file."))],
        description=lazy("A survey as YAML, as the guide describes it."),
    )
    copy_of = SelectField(lazy("Which survey shall it be like?"), coerce=UUID)

    def __init__(self, begin: Begin, units: Iterable[Organisation], others: Sequence[Survey]) -> None:
        super().__init__()
        self.begin = begin
        self.unit.choices = [SelectChoice(str(id), name) for id, name in unit_choices(units)]
        self.copy_of.choices = [
            SelectChoice(str(one.id), f"{title(one)} ({one.organisation.name})") for one in others
        ]
        unused = {"title_sv", "title_en"} if begin is not Begin.EMPTY else set()
        unused |= {"file"} if begin is not Begin.FILE else set()
        unused |= {"copy_of"} if begin is not Begin.COPY else set()
        for name in unused:
            delattr(self, name)

    def validate(self, extra_validators: Any = None) -> bool:
        """An empty survey needs a name in one language."""
        fine = bool(super().validate(extra_validators))
        if self.begin is Begin.EMPTY and not (self.title_sv.data or self.title_en.data):
            self.title_sv.errors = [*self.title_sv.errors, lazy("Write what the survey is called.")]
            return False
        return fine

    @property
    def survey_id(self) -> UUID:
        return _id_of(self.key)


class TitleForm(FlaskForm):
    """What a survey is called and how it is introduced. ``version``: of the survey as it was shown."""

    title_sv = _line(lazy("What is it called?"))
    title_en = _line(lazy("What is it called in English?"))
    intro_sv = _lines(lazy("How does the caller introduce it?"))
    intro_en = _lines(lazy("How does the caller introduce it in English?"))
    version = HiddenField()

    def __init__(self, survey: Survey) -> None:
        super().__init__(obj=survey)

    def validate(self, extra_validators: Any = None) -> bool:
        """A name in one language at least."""
        fine = bool(super().validate(extra_validators))
        if not (self.title_sv.data or self.title_en.data):
            self.title_sv.errors = [*self.title_sv.errors, lazy("Write what the survey is called.")]
            return False
        return fine

    @property
    def texts(self) -> dict[str, str]:
        return {name: self[name].data for name in ("title_sv", "title_en", "intro_sv", "intro_en")}

    @property
    def seen(self) -> int:
        return version_of(self.version)


class OptionForm(Form):
    """One answer to choose; emptied, it is no longer offered."""

    key = HiddenField()
    sv = StringField(lazy("Answer"), filters=[_squeezed])
    en = StringField(lazy("In English"), filters=[_squeezed])
    mark = SelectField(
        lazy("It tells of the member"), choices=[SelectChoice(one.value, text) for one, text in MARK.items()]
    )


class QuestionForm(FlaskForm):
    """One question of a kind; only the fields that kind uses are there. ``key`` becomes a new one's id."""

    key = HiddenField(default=uuid7)
    version = HiddenField()
    text_sv = _lines(lazy("The question"))
    text_en = _lines(lazy("The question in English"))
    help_sv = _lines(lazy("Help for the caller"), description=lazy("For example how to say it."))
    help_en = _lines(lazy("Help in English"))
    section_sv = _line(
        lazy("Heading"), description=lazy("Questions after each other with the same heading stand under it.")
    )
    section_en = _line(lazy("Heading in English"))
    required = BooleanField(
        lazy("Should be asked of everybody"),
        description=lazy("The caller is reminded of it, and never stopped."),
    )
    options = FieldList(FormField(OptionForm))
    more = TextAreaField(
        lazy("More answers to choose among"),
        description=lazy("One on each line. Write the English after a bar: Köra bil | Drive a car."),
        render_kw={"rows": 5},
    )
    more_mark = SelectField(
        lazy("What do they tell of the member?"),
        choices=[SelectChoice(one.value, text) for one, text in MARK.items()],
        default=Mark.NONE.value,
        description=lazy("It is written to the members who choose them, and lists can be made of it."),
    )
    most = IntegerField(
        lazy("How many may one choose?"),
        [Optional(), NumberRange(1, 60, lazy("Write a whole number from 1 to 60."))],
        description=lazy("Empty: as many as one likes."),
    )
    low = IntegerField(lazy("Lowest number"), [Optional(), NumberRange(-LARGEST, LARGEST, WHOLE)])
    high = IntegerField(lazy("Highest number"), [Optional(), NumberRange(-LARGEST, LARGEST, WHOLE)])
    low_sv = _line(lazy("What the lowest means"))
    low_en = _line(lazy("What the lowest means, in English"))
    high_sv = _line(lazy("What the highest means"))
    high_en = _line(lazy("What the highest means, in English"))

    def __init__(self, kind: QuestionKind, question: Question | None = None) -> None:
        shown: dict[str, Any] = (
            {"low": 1, "high": 5} if kind is QuestionKind.SCALE and question is None else {}
        )
        if question is not None:
            shown = {name: getattr(question, name) for name in self._names() if hasattr(question, name)}
            shown["options"] = [_shown(option) for option in question.offered]
        super().__init__(data=shown)
        self.kind, self.question = kind, question
        for name in self._unused():
            delattr(self, name)
        if kind is QuestionKind.SCALE:
            for bound in (self.low, self.high):
                bound.validators = [InputRequired(WHOLE), *bound.validators[1:]]

    @classmethod
    def _names(cls) -> list[str]:
        return [
            name for name in QuestionDraft.__dataclass_fields__ if name not in {"key", "kind", "options"}
        ] + ["version"]

    def _unused(self) -> set[str]:
        kind = self.kind
        unused = {"key"} if self.question else {"version"}
        unused |= set() if kind.has_options else {"options", "more", "more_mark"}
        unused |= set() if kind is QuestionKind.MANY else {"most"}
        unused |= set() if kind.has_bounds else {"low", "high"}
        unused |= set() if kind is QuestionKind.SCALE else {"low_sv", "low_en", "high_sv", "high_en"}
        return unused | (set() if kind.is_asked else {"required"})

    def validate(self, extra_validators: Any = None) -> bool:
        """Each field by itself, then whether the question holds together."""
        fine = bool(super().validate(extra_validators))
        if fine:
            self.form_errors = [SHAPE_FAULT[fault] for fault in faults_of(self.draft)]
        return fine and not self.form_errors

    @property
    def draft(self) -> QuestionDraft:
        """The question as it was filled in."""
        filled = {name: self[name].data for name in self._names() if name in self and name != "version"}
        text = filled["text_sv"] or filled["text_en"]
        key = self.question.key if self.question else free_key(text, ())
        options = tuple(self._options()) if self.kind.has_options else ()
        return QuestionDraft(key=key, kind=self.kind, options=options, **filled)

    def _options(self) -> list[Option]:
        """Those that stand, with what was changed, then the new ones; an emptied one is left out."""
        known = self.question.choices if self.question else ()
        keys = {option.key for option in known if not option.gone}
        kept = [
            Option(row["key"], row["sv"], row["en"], Mark(row["mark"]))
            for row in (entry.data for entry in self.options)
            if row["key"] in keys and (row["sv"] or row["en"])
        ]
        return [*kept, *pasted(self.more.data or "", Mark(self.more_mark.data), known)]

    @property
    def question_id(self) -> UUID:
        return _id_of(self.key)

    @property
    def seen(self) -> int:
        return version_of(self.version)


def _shown(option: Option) -> dict[str, str]:
    return {"key": option.key, "sv": option.sv, "en": option.en, "mark": option.mark.value}


def version_of(field: Any) -> int:
    """The version a form was made with; nonsense is a version nobody has."""
    text = str(field.data or "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1  # noqa: PLR2004  # what a column holds
