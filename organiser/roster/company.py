"""Headings that mean one thing alone and another in company, such as "Namn" beside "Förnamn"."""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from organiser.core.text import fold_heading
from organiser.roster.evidence import is_yes_or_no, mostly, speaks_against
from organiser.roster.synonyms import Field

Fields = Sequence[Field | None]
Others = AbstractSet[Field | None]
Values = Sequence[str]

_DIGITS_OF_A_POSTCODE = 5


def decided_by_company(
    headings: Sequence[str], fields: Fields, columns: Sequence[Values]
) -> list[Field | None]:
    """The same fields, with the ambiguous headings settled by the other columns and their own values."""
    settled = list(fields)
    for at, heading in enumerate(headings):
        rule = _AMBIGUOUS.get(fold_heading(heading[:_LONGEST]))
        if rule is not None and fields[at] is not None:
            settled[at] = rule({field for place, field in enumerate(fields) if place != at}, columns[at])
    return settled


def _name(others: Others, _: Values) -> Field:
    family = Field.FIRST_NAME in others and Field.LAST_NAME not in others
    return Field.LAST_NAME if family else Field.FULL_NAME


def _postal_address(others: Others, _: Values) -> Field:
    city = Field.STREET in others and Field.CITY not in others
    return Field.CITY if city else Field.STREET


def _member(_: Others, values: Values) -> Field:
    return Field.MEMBER_STATUS if mostly(values, is_yes_or_no) else Field.FULL_NAME


def _member_until(others: Others, _: Values) -> Field:
    return Field.PAID_UNTIL if Field.LEFT_ON in others else Field.LEFT_ON


def _number_of_something(_: Others, values: Values) -> Field | None:
    counting = values[:3] == tuple("123")
    return None if counting else Field.MEMBER_NUMBER


def _number(others: Others, values: Values) -> Field | None:
    if not speaks_against(Field.PHONE, values):
        return Field.PHONE
    return None if Field.MEMBER_NUMBER in others else Field.MEMBER_NUMBER


def _person_or_post_number(_: Others, values: Values) -> Field:
    return Field.POSTCODE if mostly(values, _five_digits) else Field.IDENTITY_NUMBER


def _five_digits(value: str) -> bool:
    digits = value.replace(" ", "")
    return digits.isdigit() and len(digits) == _DIGITS_OF_A_POSTCODE


_LONGEST = 40
_AMBIGUOUS: Mapping[str, Callable[[Others, Values], Field | None]] = {
    "namn": _name,
    "name": _name,
    "navn": _name,
    "nimi": _name,
    "postadress": _postal_address,
    "medlem": _member,
    "medlem t o m": _member_until,
    "nr": _number_of_something,
    "id": _number_of_something,
    "nummer": _number,
    "pnr": _person_or_post_number,
    "p nr": _person_or_post_number,
}
