"""What is filled in about a unit, and about what all units share."""

from collections.abc import Iterable
from typing import Any
from zoneinfo import available_timezones

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, RadioField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, Length

from organiser.core.i18n import LANGUAGES, _, lazy
from organiser.core.text import squeeze
from organiser.orgs.kinds import OrgKind
from organiser.orgs.models import Organisation, Tenant
from organiser.orgs.words import Word, plural_key, usual
from organiser.units.words import level

LONGEST_WORD = 40


def plain(text: str | None) -> str:
    """One line, single blanks."""
    return squeeze(text or "")


def choices(pairs: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    """Values with their words, as a field wants them."""
    return [SelectChoice(value=value, label=label) for value, label in pairs]


class UnitForm(FlaskForm):
    """A unit's name and what it is."""

    name = StringField(
        lazy("Name"),
        filters=[plain],
        validators=[DataRequired(lazy("Write a name.")), Length(max=200)],
    )
    kind = RadioField(lazy("What it is"), validators=[DataRequired(lazy("Choose what it is."))])
    code = StringField(
        lazy("Code"),
        description=lazy(
            "As your member register writes it, for example a municipality’s number. May be empty."
        ),
        filters=[plain],
        validators=[Length(max=200)],
    )
    version = HiddenField()

    def __init__(self, kinds: Iterable[OrgKind], **values: Any) -> None:
        super().__init__(**values)
        self.kind.choices = choices((kind.value, level(kind)) for kind in kinds)

    @property
    def chosen_kind(self) -> OrgKind:
        return OrgKind(self.kind.data)


class MoveForm(FlaskForm):
    """Under which unit."""

    parent = SelectField(lazy("Put it under"), validators=[DataRequired(lazy("Choose a unit."))])
    version = HiddenField()

    def __init__(self, places: Iterable[tuple[Any, str]], **values: Any) -> None:
        super().__init__(**values)
        self.parent.choices = choices((str(id), name) for id, name in places)


def is_outdated(form: UnitForm | MoveForm, unit: Organisation) -> bool:
    """Whether the unit has been changed since this form was opened."""
    return bool(form.version.data != str(unit.version))


def word_field(label: Any) -> StringField:
    """A word of the organisation's own."""
    return StringField(label, filters=[plain], validators=[Length(max=LONGEST_WORD)])


class SharedForm(FlaskForm):
    """Time, language and words of all units; a word is given for one and for several, or not at all."""

    time_zone = SelectField(lazy("Time zone"))
    language = SelectField(lazy("Language"), choices=choices(LANGUAGES.items()))
    party = word_field(lazy("The whole is called"))
    party_plural = word_field(lazy("Several such are called"))
    district = word_field(lazy("A district is called"))
    district_plural = word_field(lazy("Several districts are called"))
    association = word_field(lazy("A local association is called"))
    association_plural = word_field(lazy("Several local associations are called"))
    member = word_field(lazy("A member is called"))
    member_plural = word_field(lazy("Several members are called"))

    def __init__(self, tenant: Tenant) -> None:
        super().__init__(data={**tenant.words, "time_zone": tenant.time_zone, "language": tenant.language})
        self.time_zone.choices = choices(time_zones(tenant.time_zone))

    @property
    def words(self) -> dict[str, str]:
        """The words that were given; the others stay the language's."""
        keys = [key for word in Word for key in (word.value, plural_key(word))]
        return {key: self[key].data for key in keys if self[key].data}

    @property
    def pairs(self) -> list[tuple[Field, Field, str, str]]:
        """For each word its two fields and the language's own words."""
        return [(self[word], self[plural_key(word)], usual(word, 1), usual(word, 2)) for word in Word]

    def validate(self, extra_validators: Any = None) -> bool:
        """As every form; and no word for one without its word for several."""
        right = super().validate(extra_validators)
        for one, several, _usual, _usuals in self.pairs:
            if bool(one.data) != bool(several.data):
                missing = several if one.data else one
                missing.errors = [*missing.errors, _("Write the word for one and the word for several.")]
                right = False
        return bool(right)


def time_zones(current: str) -> list[tuple[str, str]]:
    """Europe's, the world's, and the one that is set."""
    names = {name for name in available_timezones() if name.startswith("Europe/")} | {"UTC", current}
    return [(name, name.replace("_", " ")) for name in sorted(names)]
