"""The member as a form: everything one may correct, and a mark of what was shown."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from email_validator import EmailNotValidError, validate_email
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    Field,
    FieldList,
    FormField,
    HiddenField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, ValidationError

from organiser.core.i18n import _, lazy
from organiser.core.ids import uuid7
from organiser.core.phone import phone_display
from organiser.core.text import squeeze_lines
from organiser.members.days import Birth, NotADay, read_birth
from organiser.members.fields import DAY_FAULT, NO_HEALTH, TOO_LONG, DayField, choices, line, today
from organiser.members.kinds import Gender, MemberStatus
from organiser.members.models import Member
from organiser.members.number_form import NumberForm
from organiser.members.services import NumberDraft
from organiser.members.words import FIELD, GENDER, STATUS

NAME = ("first_name", "last_name", "number", "email")
PLAIN = (*NAME, "co_address", "street", "postcode", "city", "country", "municipality", "language")
DAYS = ("joined_on", "paid_until", "left_on")
MOST_NUMBERS = 12
UNCOMPARED = frozenset({"seen", "key", "first", "csrf_token"})


class MemberForm(FlaskForm):
    """Everything one may correct. ``seen`` remembers what was shown, so that nobody's change is lost;
    ``key`` is the id of a new member, so that sending it twice enrols once.
    """

    seen = HiddenField()
    key = HiddenField(default=uuid7)
    first_name = line("first_name")
    last_name = line("last_name")
    number = line("number")
    email = line("email")
    numbers = FieldList(FormField(NumberForm), max_entries=MOST_NUMBERS)
    first = HiddenField(default="0")
    co_address = line("co_address")
    street = line("street")
    postcode = line("postcode")
    city = line("city")
    country = line("country")
    municipality = line("municipality")
    organisation_id = SelectField(FIELD["organisation_id"], coerce=lambda id: UUID(str(id)))
    status = SelectField(FIELD["status"], choices=choices(STATUS), coerce=MemberStatus)
    joined_on = DayField(FIELD["joined_on"], description=lazy("Like 2019-02-08."))
    paid_until = DayField(FIELD["paid_until"], description=lazy("Like 2024-12-31."))
    left_on = DayField(FIELD["left_on"])
    born = StringField(FIELD["birth_date"], description=lazy("Like 1961-03-08, or only the year."))
    gender = SelectField(
        FIELD["gender"],
        choices=[SelectChoice("", lazy("Not known")), *choices(GENDER)],
        coerce=lambda key: Gender(key) if key else None,
    )
    language = line("language")
    protected = BooleanField(FIELD["protected"])
    note = TextAreaField(
        FIELD["note"],
        [Length(max=4000, message=TOO_LONG)],
        filters=[lambda text: squeeze_lines(text or "")],
        description=NO_HEALTH,
    )

    def validate_first_name(self, field: StringField) -> None:
        """Somebody is called something."""
        if not field.data and not self.last_name.data:
            raise ValidationError(lazy("Write a first name or a last name."))

    def validate_email(self, field: StringField) -> None:
        """An address that can be one; the network is not asked."""
        if field.data:
            try:
                field.data = validate_email(field.data, check_deliverability=False).normalized
            except EmailNotValidError as error:
                raise ValidationError(lazy("Write the address like anna@example.org.")) from error

    def validate_born(self, field: StringField) -> None:
        """A day, or only a year."""
        try:
            self.birth = read_birth(field.data or "", today())
        except NotADay as error:
            raise ValidationError(DAY_FAULT[error.fault]) from error

    def validate_numbers(self, field: FieldList) -> None:
        """The same number once."""
        seen = set()
        for row in field:
            read = getattr(row.form, "read", "")
            if read in seen:
                row.form.e164.errors = [lazy("This number is there already.")]
                raise ValidationError("twice")
            seen.update({read} - {""})

    def values(self) -> dict[str, Any]:
        """Columns of Member, as they are to be kept."""
        days = {name: self[name].day for name in DAYS}
        same = {name: self[name].data for name in (*PLAIN, "organisation_id", "status", "gender", "note")}
        return {
            **same,
            **days,
            "number": self.number.data or None,
            "birth_date": self.birth.day,
            "birth_year": self.birth.year,
            "protected": self.protected.data,
        }

    def drafts(self) -> list[NumberDraft]:
        """The numbers, the one to be rung first in front."""
        rows = [(str(place), row.form) for place, row in enumerate(self.numbers)]
        rows.sort(key=lambda row: row[0] != self.first.data)
        return [form.draft() for _place, form in rows if form.read]

    def new_id(self) -> UUID:
        """The id the form was made with; another one where somebody tampered with it."""
        try:
            return UUID(str(self.key.data))
        except ValueError:
            return uuid7()

    def name(self) -> str:
        """As it was written."""
        return f"{self.first_name.data} {self.last_name.data}".strip()

    def refuse_number(self) -> None:
        """Say at the field that the member number is somebody else's."""
        self.number.errors = [_("Another member has this number.")]

    def offer_empty_number(self) -> None:
        """Always one empty row, to write one more number in."""
        full = all(row.form.e164.data for row in self.numbers)
        if full and len(self.numbers) < MOST_NUMBERS:
            self.numbers.append_entry()

    def __iter__(self) -> Iterator[Field]:
        """The fields one by one, those of each number too: what the summary of faults walks through."""
        for field in super().__iter__():
            if field is self._fields.get("numbers"):
                for row in field:
                    yield from row.form
            else:
                yield field


def shown(member: Member) -> dict[str, Any]:
    """What the form shows of a member; its digest is what ``seen`` remembers."""
    days = {name: str(getattr(member, name) or "") for name in DAYS}
    same = ("organisation_id", "status", "gender", "note", "protected")
    return {
        **{name: getattr(member, name) or "" for name in PLAIN},
        **{name: getattr(member, name) for name in same},
        **days,
        "born": str(Birth(member.birth_date, member.birth_year)),
        "numbers": [
            {
                "e164": phone_display(number.e164),
                "was": number.e164,
                "kind": number.kind,
                "state": number.state,
                "note": number.note,
            }
            for number in member.numbers
        ],
    }


def digest(member: Member) -> str:
    """A mark that is another one as soon as anything the form shows has changed."""
    told = json.dumps([str(member.id), shown(member)], sort_keys=True, default=str)
    return hashlib.sha256(told.encode()).hexdigest()[:24]


def differences(form: MemberForm, member: Member) -> list[tuple[str, str, str]]:
    """Label, what is saved and what was written, of every field where the two are not the same."""
    saved = MemberForm(formdata=None, data=shown(member))
    saved.organisation_id.choices = form.organisation_id.choices
    pairs = [(field, saved[field.name]) for field in form._fields.values() if field.name not in UNCOMPARED]
    return [
        (str(field.label.text), told(was), told(field)) for field, was in pairs if told(field) != told(was)
    ]


def told(field: Field) -> str:
    """A field's value as a person reads it."""
    if isinstance(field, FieldList):
        return ", ".join(row.form.told() for row in field if row.form.e164.data)
    if isinstance(field, SelectField):
        return next((str(one.label).strip() for one in field.iter_choices() if one.selected), "")
    if isinstance(field, BooleanField):
        return str(_("yes") if field.data else _("no"))
    return str(field.data or "")
