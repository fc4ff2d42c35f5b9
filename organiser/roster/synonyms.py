"""What the columns of a member list may be called: 37 fields, six languages, spellings damaged on the way."""

import json
import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache, lru_cache
from importlib import resources
from itertools import product
from types import MappingProxyType
from typing import Any

from organiser.core.text import fold_heading, without_accents

LONGEST_HEADING = 120
"""Characters of a heading that are looked at; nobody names a column with more."""

_BY_LANGUAGE = ("sv", "en", "nb", "da", "fi", "de")  # where two languages disagree the first one here decides
_HINT = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")
_LOST_LETTER = re.compile("[?\N{REPLACEMENT CHARACTER}]")
_MOST_LOST = 3


class Field(StrEnum):
    """What a column of a member list can mean to us."""

    MEMBER_NUMBER = "member_number"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    FULL_NAME = "full_name"
    BIRTH_DATE = "birth_date"
    BIRTH_YEAR = "birth_year"
    IDENTITY_NUMBER = "identity_number"
    GENDER = "gender"
    PHONE = "phone"
    MOBILE = "mobile"
    HOME_PHONE = "home_phone"
    WORK_PHONE = "work_phone"
    EMAIL = "email"
    CO_ADDRESS = "co_address"
    STREET = "street"
    POSTCODE = "postcode"
    CITY = "city"
    COUNTRY = "country"
    MUNICIPALITY = "municipality"
    ASSOCIATION = "association"
    DISTRICT = "district"
    JOINED_ON = "joined_on"
    LEFT_ON = "left_on"
    PAID_UNTIL = "paid_until"
    MEMBER_STATUS = "member_status"
    DO_NOT_CALL = "do_not_call"
    DO_NOT_EMAIL = "do_not_email"
    PROTECTED = "protected"
    LANGUAGE = "language"
    ROLE = "role"
    TAGS = "tags"
    NOTE = "note"
    CONTACT_PREFERENCE = "contact_preference"
    INTERESTS = "interests"
    SKILLS = "skills"
    LAST_CONTACTED = "last_contacted"
    OUTCOME = "outcome"


FIELDS = tuple(Field)


@lru_cache(maxsize=4096)
def field_of(heading: str) -> Field | None:
    """The field a heading names for certain, in any spelling we know; None where we would have to guess."""
    known = names()
    for spelling in _spellings(heading[:LONGEST_HEADING]):
        if found := known.get(spelling):
            return found
    return None


@lru_cache(maxsize=4096)
def is_inverse(heading: str) -> bool:
    """Does "yes" in this column mean the opposite of the field, as "Får ringas" does of a block?"""
    return any(spelling in _inverse() for spelling in _spellings(heading[:LONGEST_HEADING]))


@lru_cache(maxsize=4096)
def is_about_somebody_else(heading: str) -> bool:
    """A guardian's phone or an invoice address must not become the member's own."""
    words = set(re.split(r"[^\w]+", fold_heading(heading[:LONGEST_HEADING])))
    return not words.isdisjoint(_somebody_else())


@cache
def names() -> Mapping[str, Field]:
    """Folded heading -> field; the spelling with its letters before the one without accents or blanks."""
    table = _table()["fields"]
    exact: dict[str, Field] = {}
    loose: dict[str, Field] = {}
    for language in _BY_LANGUAGE:
        for field in Field:
            for word in table[field].get(language, ()):
                exact.setdefault(fold_heading(word), field)
    for word, field in exact.items():
        for key in (without_accents(word), word.replace(" ", ""), without_accents(word).replace(" ", "")):
            loose.setdefault(key, field)
    return MappingProxyType({**loose, **exact})


@cache
def _table() -> dict[str, Any]:
    source = resources.files("organiser.roster").joinpath("synonyms.json")
    table: dict[str, Any] = json.loads(source.read_text(encoding="utf-8"))
    return table


@cache
def _inverse() -> frozenset[str]:
    words = [fold_heading(word) for word in _table()["inverse"]]
    return frozenset([*words, *map(without_accents, words)])


@cache
def _somebody_else() -> frozenset[str]:
    return frozenset(_table()["somebody_else"])


def _spellings(heading: str) -> Iterator[str]:
    """As it stands, as it was before it was damaged, without accents or blanks, and last without its hint."""
    texts = (heading,) if is_about_somebody_else(heading) else (heading, _HINT.sub("", heading))
    for text in texts:
        for repaired in _repaired(text):
            folded = fold_heading(repaired)
            bare = without_accents(folded)
            yield from (folded, bare, folded.replace(" ", ""), bare.replace(" ", ""))


def _repaired(text: str) -> Iterator[str]:
    """UTF-8 that was read as cp1252 or MacRoman is read back; each lost letter is tried as å, ä and ö."""
    yield text
    for wrong in ("cp1252", "latin-1", "mac_roman"):
        try:
            yield text.encode(wrong).decode("utf-8")
        except UnicodeError:
            continue
    lost = len(_LOST_LETTER.findall(text))
    if 0 < lost <= _MOST_LOST:
        for letters in product("åäöø", repeat=lost):
            remaining = iter(letters)
            yield _LOST_LETTER.sub(lambda _, left=remaining: next(left), text)  # type: ignore[misc]
