"""A form with one field of each kind, in the words of the member's page."""

from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    FileField,
    Form,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput


class SpecimenForm(Form):
    """One field of each kind."""

    name = StringField("Namn", [InputRequired("Skriv ditt namn")], description="Så att Samira vet vem du är.")
    email = EmailField("E-post", [InputRequired("Skriv en adress")])
    association = SelectField(
        "Förening", default="1", choices=[SelectChoice("1", "Härnösand"), SelectChoice("2", "Ånge")]
    )
    day = DateField("Dag")
    note = TextAreaField("Anteckning", description="Skriv inget om hälsa, tro eller privatliv.")
    file = FileField("Medlemslista", description="CSV eller Excel, högst 20 MB.")
    may_ring = BooleanField("Får ringas", description="Gäller all ringning.")
    reason = RadioField(
        "Varför?",
        [InputRequired("Välj varför")],
        choices=[SelectChoice("asked", "Bad om det"), SelectChoice("moved", "Har flyttat")],
    )
    help = SelectMultipleField(
        "Vill hjälpa till med",
        choices=[SelectChoice("doors", "Knacka dörr"), SelectChoice("fika", "Fika och praktiskt")],
        option_widget=CheckboxInput(),
    )
