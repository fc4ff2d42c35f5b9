"""The fields people fill in to sign in, to make a password, and to let others in."""

from collections.abc import Iterable
from typing import Any

from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Email, EqualTo, Length, ValidationError

from organiser.accounts import passwords
from organiser.accounts.permissions import Role
from organiser.accounts.words import ROLE_WORDS, WEAKNESS_WORDS
from organiser.core.i18n import LANGUAGES, lazy


def trimmed(text: str | None) -> str:
    """Without the blanks a phone's keyboard leaves behind."""
    return (text or "").strip()


def squeezed(text: str | None) -> str:
    """One line, single blanks."""
    return " ".join((text or "").split())


def _choices(pairs: Iterable[tuple[str, Any]]) -> list[SelectChoice]:
    return [SelectChoice(value=value, label=label) for value, label in pairs]


def email_field(label: Any) -> EmailField:
    """An e-mail address, checked for its form only."""
    wrong = lazy("That is not an e-mail address. It looks like name@example.org.")
    return EmailField(
        label, filters=[trimmed], validators=[DataRequired(wrong), Email(wrong), Length(max=254)]
    )


class SignInForm(FlaskForm):
    """Who you are and your password."""

    email = EmailField(
        lazy("E-mail"), filters=[trimmed], validators=[DataRequired(lazy("Write your e-mail address."))]
    )
    password = PasswordField(lazy("Password"), validators=[DataRequired(lazy("Write your password."))])


class CodeForm(FlaskForm):
    """A code from the app, or a recovery code."""

    code = StringField(
        lazy("Code"), filters=[trimmed], validators=[DataRequired(lazy("Write the code.")), Length(max=64)]
    )


class EmailForm(FlaskForm):
    """Whose password is forgotten."""

    email = email_field(lazy("E-mail"))


class PasswordForm(FlaskForm):
    """The password again, before something that matters."""

    password = PasswordField(lazy("Your password"), validators=[DataRequired(lazy("Write your password."))])


class NewPasswordForm(FlaskForm):
    """A new password, twice. ``about``: the owner's name and address, which it may not be."""

    new = PasswordField(
        lazy("New password"),
        description=lazy("At least 8 characters. Three or four words in a row are good, å, ä and ö too."),
        validators=[DataRequired(lazy("Write a new password."))],
    )
    again = PasswordField(
        lazy("The new password once more"),
        validators=[EqualTo("new", lazy("The two are not alike. Write the same password twice."))],
    )

    def __init__(self, about: tuple[str, ...] = (), **values: Any) -> None:
        super().__init__(**values)
        self.about = about

    def validate_new(self, field: PasswordField) -> None:
        weak = passwords.weakness(field.data or "", *self.about)
        if weak:
            raise ValidationError(WEAKNESS_WORDS[weak])


class ChangePasswordForm(NewPasswordForm):
    """The old one first."""

    password = PasswordField(
        lazy("Your password now"), validators=[DataRequired(lazy("Write the password you have now."))]
    )


class LanguageForm(FlaskForm):
    """Which language pages and letters are in."""

    language = RadioField(lazy("Language"), choices=_choices(LANGUAGES.items()))


class RoleForm(FlaskForm):
    """A role and where it is held; ``units`` are those one may let people into."""

    role = RadioField(
        lazy("Role"),
        choices=_choices((role.value, word) for role, word in ROLE_WORDS.items()),
        validators=[DataRequired(lazy("Choose a role."))],
    )
    unit = SelectField(
        lazy("Where"),
        description=lazy("The role holds there and in everything below."),
        choices=[],
        validators=[DataRequired(lazy("Choose where."))],
    )

    def __init__(self, units: list[tuple[str, str]], **values: Any) -> None:
        super().__init__(**values)
        self.unit.choices = _choices([("", lazy("Choose where")), *units])

    @property
    def chosen_role(self) -> Role:
        return Role(self.role.data)


class InviteForm(RoleForm):
    """Somebody new."""

    name = StringField(
        lazy("Name"),
        filters=[squeezed],
        validators=[DataRequired(lazy("Write a name.")), Length(max=200)],
    )
    email = email_field(lazy("E-mail"))
