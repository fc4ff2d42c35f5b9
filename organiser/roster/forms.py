"""The forms of an import: the file and its unit, how it is read, what each column is, and the yes."""

from collections import Counter
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, SelectField
from wtforms.fields.choices import SelectChoice

from organiser.core.i18n import lazy
from organiser.core.ids import uuid7
from organiser.core.text import fold_heading
from organiser.roster.columns import KEPT_BESIDE
from organiser.roster.draft import shown
from organiser.roster.headings import PHONE_FIELDS, Field
from organiser.roster.labels import CHOICE, ENCODING, FIELD, FIELD_GROUPS
from organiser.roster.reading import KEEP, ReadList

SAMPLES = 3
LONGEST_SAMPLE = 60
LOOKED_AT = 200
_TELLING = {Field.MEMBER_NUMBER, Field.FULL_NAME, Field.FIRST_NAME, Field.LAST_NAME, Field.EMAIL}
_MAY_STAND_TWICE = PHONE_FIELDS | KEPT_BESIDE


class UploadForm(FlaskForm):
    """A file for a unit; ``key`` becomes the draft's id, so that sending it twice keeps it once."""

    key = HiddenField(default=uuid7)
    file = FileField(
        lazy("The member list"),
        [FileRequired(lazy("Choose a file."))],
        description=lazy("An Excel workbook (.xlsx) or CSV, at most 20 MB. It may look any way."),
    )
    organisation_id = SelectField(
        lazy("Whose members are they?"),
        coerce=UUID,
        description=lazy("A list for a district is dealt out by its column of associations."),
    )

    def draft_id(self) -> UUID:
        """The id the form was made with; another one where somebody tampered with it."""
        try:
            return UUID(str(self.key.data))
        except ValueError:
            return uuid7()


class ReadingForm(FlaskForm):
    """How the bytes are read: the encoding of a text file, or the sheet of a workbook."""

    encoding = SelectField(lazy("Encoding"), choices=[SelectChoice(k, v) for k, v in ENCODING.items()])
    sheet = SelectField(lazy("Sheet"), coerce=str)


class ConfirmForm(FlaskForm):
    """The yes to what was shown; ``fingerprint`` tells what that was."""

    fingerprint = HiddenField()


class ColumnsForm(FlaskForm):
    """One choice per column of the file; made by ``columns_form``."""

    read: ReadList
    form_errors: list[Any]

    def validate(self, extra_validators: Any = None) -> bool:
        """No field twice, and something that tells who it is."""
        if not super().validate(extra_validators):
            return False
        chosen = {name: field.data for name, field in self.columns()}
        often = Counter(chosen.values())
        for name, choice in chosen.items():
            if choice in {*Field} and Field(choice) not in _MAY_STAND_TWICE and often[choice] > 1:
                self[name].errors = [lazy("Two columns are read as this. Choose another for one of them.")]
        if not {Field(choice) for choice in often if choice in {*Field}} & (_TELLING | PHONE_FIELDS):
            self.form_errors = [
                lazy("No column tells who a member is. Choose one that holds a name or number.")
            ]
        return not self.errors and not self.form_errors

    def columns(self) -> Iterable[tuple[str, SelectField]]:
        """Name and field of each column, in the file's order."""
        return ((name_of(one.position), self[name_of(one.position)]) for one in self.read.matches)

    def choices(self) -> dict[str, str]:
        """Folded heading to what was chosen for it."""
        return {
            fold_heading(self.read.labels[one.position]): self[name_of(one.position)].data
            for one in self.read.matches
        }


def name_of(position: int) -> str:
    """What the choice for a column is called in the form."""
    return f"column-{position}"


def columns_form(read: ReadList) -> ColumnsForm:
    """A form with a choice for each column of this file, set to what we take it for."""
    fields: dict[str, Any] = {
        name_of(one.position): SelectField(
            read.labels[one.position],
            choices=[SelectChoice(value, text) for value, text in _flat()],
            default=read.choice(one),
        )
        for one in read.matches
    }
    form: ColumnsForm = type("ColumnsOfThisFile", (ColumnsForm,), {**fields, "read": read})()
    return form


def grouped_choices() -> list[tuple[Any, Any]]:
    """The same choices for the drawing: what is done without a field first, then the fields in groups."""
    groups = [(group, [(field.value, FIELD[field]) for field in fields]) for group, fields in FIELD_GROUPS]
    return [*CHOICE.items(), *groups]


def _flat() -> Iterable[tuple[str, Any]]:
    yield from CHOICE.items()
    yield from ((field.value, label) for field, label in FIELD.items())


def samples(read: ReadList, position: int) -> dict[str, int]:
    """Some different values of a column, identity numbers masked, each with the place of its row."""
    found: dict[str, int] = {}
    for place, record in enumerate(read.sheet.records[:LOOKED_AT]):
        if record.cells[position].strip():
            found.setdefault(shown(record.cells[position])[:LONGEST_SAMPLE], place)
        if len(found) == SAMPLES:
            break
    return found


def guess_of(read: ReadList, position: int) -> str:
    """How sure the choice of a column is: "sure", "unsure", "kept" under its heading, or "" left out."""
    one = read.matches[position]
    if read.choice(one) == KEEP:
        return "kept"
    return "" if position in read.left_out else one.confidence.value
