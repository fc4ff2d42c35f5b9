"""What the values of a column say about it, when its heading is unknown or only like one we know."""

import re
from collections.abc import Callable, Mapping, Sequence

from organiser.core.phone_cells import read_phones
from organiser.roster.synonyms import Field

LOOKED_AT = 50
"""Values of a column that are asked."""

_FEWEST, _MOST_OF_THEM = 3, 0.6
_LONGEST = 120
_PHONE_START = re.compile(r"(?:\+|0[1-9]|00[1-9]|7[02369]\d{7}$)")
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,60}\.[^@\s.]{2,20}")
_POSTCODE = re.compile(r"(?:SE[- ]?)?[1-9]\d\d \d\d")
_YES_NO = frozenset(
    {"ja", "nej", "j", "n", "x", "yes", "no", "y", "true", "false", "sant", "falskt", "0", "1", "-"}
)


def is_phone(value: str) -> bool:
    """Looks like a number and is one; eight digits of a customer number are not enough."""
    return bool(_PHONE_START.match(value.strip())) and bool(read_phones(value).numbers)


def is_email(value: str) -> bool:
    """Has the shape of an address, whether it exists or not."""
    return bool(_EMAIL.fullmatch(value.strip()[:_LONGEST]))


def is_postcode(value: str) -> bool:
    """Five digits alone could be anything, so the blank is asked for."""
    return bool(_POSTCODE.fullmatch(value.strip()[:_LONGEST]))


def is_yes_or_no(value: str) -> bool:
    """One of the words that answer a question with yes or no."""
    return value.strip().casefold()[:_LONGEST] in _YES_NO


_SHAPES: Mapping[Field, Callable[[str], bool]] = {
    Field.PHONE: is_phone,
    Field.EMAIL: is_email,
    Field.POSTCODE: is_postcode,
}
_MUST_LOOK_LIKE: Mapping[Field, Callable[[str], bool]] = {
    **_SHAPES,
    Field.MOBILE: is_phone,
    Field.HOME_PHONE: is_phone,
    Field.WORK_PHONE: is_phone,
    Field.POSTCODE: lambda value: any(sign.isdigit() for sign in value),
    Field.BIRTH_DATE: lambda value: any(sign.isdigit() for sign in value),
}


def mostly(values: Sequence[str], shape: Callable[[str], bool], fewest: int = _FEWEST) -> bool:
    """Do most of the values have this shape? Too few values say nothing."""
    asked = values[:LOOKED_AT]
    return len(asked) >= fewest and sum(map(shape, asked)) >= _MOST_OF_THEM * len(asked)


def field_of_values(values: Sequence[str]) -> Field | None:
    """Phones, e-mail addresses and postcodes give themselves away; dates could be anything."""
    return next((field for field, shape in _SHAPES.items() if mostly(values, shape)), None)


def speaks_against(field: Field, values: Sequence[str]) -> bool:
    """A guess is dropped when the column is full of something else."""
    shape = _MUST_LOOK_LIKE.get(field)
    return shape is not None and len(values) >= _FEWEST and not any(map(shape, values[:LOOKED_AT]))
