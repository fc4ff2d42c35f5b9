"""What a cell says, whichever way it is written: numbers, postcodes, answers, genders, statuses."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from personnummer import personnummer

from organiser.core.text import squeeze
from organiser.members.kinds import Gender, MemberStatus
from organiser.roster import words
from organiser.roster.problems import ProblemKind

LONGEST_WORD = 60
"""Characters of an answer that are looked at."""

_WHOLE_FLOAT = re.compile(r"(\d{1,18})[.,]0{1,6}")
_SCIENTIFIC = re.compile(r"(\d)(?:[.,](\d{1,17}))?[eE]\+?(\d{1,2})")
_IDENTITY = re.compile(r"(?:19|20)?\d{6}[-+]\d{4}|(?:19|20)\d{10}")
_IDENTITY_INSIDE = re.compile(r"(?<!\d)(?:(?:19|20)?\d{6}[-+]\d{4}|(?:19|20)\d{10})(?!\d)")
_POSTCODE = re.compile(r"(?:(SE|S)[- ]?)?(\d{3}) ?(\d{2})(?:[ ,]+([^\W\d].{0,60}))?", re.IGNORECASE)
_FOREIGN = re.compile(r"([A-Z]{1,3})[- ]([A-Z0-9][A-Z0-9 -]{2,10})(?:[ ,]+([^\W\d].{0,60}))?", re.IGNORECASE)
_LOWEST, _HIGHEST = 10_000, 98_499
_DATE_LIKE = re.compile(r"(?:19|20)\d{2}-?\d{2}-?\d{2}.*")
_FIRST_WORD = re.compile(r"(ja|nej|yes|no|ej|inte)\b")


class NumberRead(NamedTuple):
    """A member number as text, its leading zeros kept."""

    number: str = ""
    problem: ProblemKind | None = None


class PostcodeRead(NamedTuple):
    """A Swedish postcode as five digits, a foreign one with its country; the town when it stood beside it."""

    postcode: str = ""
    city: str = ""
    country: str = ""
    problem: ProblemKind | None = None


def read_number(text: str) -> NumberRead:
    """A member number as it was before a spreadsheet took it for a sum: 704067.0 is 704067. One whose last
    digits are lost is left out, and so is an identity number.
    """
    plain = squeeze(text).strip("'")
    if plain.isdecimal() and len(plain) < len("196001011235"):
        return NumberRead(plain)
    if found := _WHOLE_FLOAT.fullmatch(plain[:LONGEST_WORD]):
        plain = found[1]
    elif found := _SCIENTIFIC.fullmatch(plain[:LONGEST_WORD]):
        digits, power = found[2] or "", int(found[3])
        if len(digits) != power:
            return NumberRead("", ProblemKind.NUMBER_ROUNDED)
        plain = found[1] + digits
    if is_identity_number(plain):
        return NumberRead("", ProblemKind.IDENTITY_NUMBER)
    return NumberRead("" if plain.casefold() in words.NOTHING_SAID else plain)


def is_identity_number(text: str) -> bool:
    """Is it a real identity or coordination number, written as one?"""
    return bool(_IDENTITY.fullmatch(text[:LONGEST_WORD])) and bool(personnummer.valid(text))


def without_identity_numbers(text: str) -> str:
    """The text with its identity numbers masked but for the day of birth: 19560412-****."""
    return _IDENTITY_INSIDE.sub(lambda found: mask(found[0]), text)


def mask(number: str) -> str:
    """An identity number as it may be shown: without its last four signs."""
    return f"{number.strip()[:-4]}****"


@lru_cache(maxsize=4096)
def read_postcode(text: str) -> PostcodeRead:
    """A postcode, and the town if the cell holds both: "791 71 Falun"."""
    plain = _plain(text)[:LONGEST_WORD].strip("'").removesuffix(".0")
    if not plain or plain.casefold() in words.NOTHING_SAID:
        return PostcodeRead()
    if found := _POSTCODE.fullmatch(plain):
        digits = found[2] + found[3]
        if _LOWEST <= int(digits) <= _HIGHEST:
            return PostcodeRead(digits, (found[4] or "").strip())
    elif found := _FOREIGN.fullmatch(plain):
        country = found[1].upper()
        return PostcodeRead(f"{country}-{found[2].strip()}", (found[3] or "").strip(), country)
    return PostcodeRead(problem=ProblemKind.POSTCODE_NOT_VALID)


@lru_cache(maxsize=1024)
def read_yes_no(text: str) -> tuple[bool | None, ProblemKind | None]:
    """Yes or no; a date means yes, since then. An empty cell says nothing, other words are told."""
    plain = _plain(text).casefold()[:LONGEST_WORD].rstrip(".!").removesuffix(".0") or "-"
    if plain in words.NOTHING_SAID:
        return None, None
    first = _FIRST_WORD.match(plain)
    for word in (plain, first[0] if first else plain):
        if word in words.YES or word in words.NO:
            return word in words.YES, None
    return (True, None) if _DATE_LIKE.fullmatch(plain) else (None, ProblemKind.WORD_UNKNOWN)


@lru_cache(maxsize=256)
def read_gender(text: str) -> tuple[Gender | None, ProblemKind | None]:
    """The gender a list gives, or nothing where it says that it does not know."""
    plain = _plain(text).casefold()[:LONGEST_WORD]
    known = words.GENDERS.get(plain)
    told = known is None and plain != "" and plain not in words.GENDER_NOT_SAID
    return known, ProblemKind.WORD_UNKNOWN if told else None


@lru_cache(maxsize=256)
def read_status(text: str) -> tuple[MemberStatus | None, ProblemKind | None]:
    """How a membership stands; a word we do not know is kept as "other" and told."""
    plain = _plain(text).casefold()[:LONGEST_WORD]
    if not plain or plain in words.NOTHING_SAID:
        return None, None
    known = words.STATUSES.get(plain)
    return (known, None) if known else (MemberStatus.OTHER, ProblemKind.STATUS_UNKNOWN)


def _plain(text: str) -> str:
    return squeeze(unicodedata.normalize("NFKC", text))
