"""Phone numbers, read the way Swedish member lists write them and kept in one form (E.164)."""

import re
import unicodedata
from enum import StrEnum
from functools import cache
from typing import NamedTuple

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

HOME_REGION = "SE"
LONGEST_NUMBER = 60
"""Characters; nothing longer is looked at as one number."""


class PhoneKind(StrEnum):
    """Can it receive a text message?"""

    MOBILE = "mobile"
    FIXED = "fixed"


class PhoneFault(StrEnum):
    """Why a cell holds no number to ring, or what had to be mended before it did."""

    SAYS_NONE = "phone_says_none"
    NO_DIGITS = "phone_no_digits"
    TOO_SHORT = "phone_too_short"
    TOO_LONG = "phone_too_long"
    NOT_VALID = "phone_not_valid"
    SERVICE = "phone_service"
    ZERO_LOST = "phone_zero_lost"
    DECIMAL = "phone_decimal"
    LETTER_O = "phone_letter_o"
    WITH_WORDS = "phone_with_words"
    SEVERAL = "phone_several"
    PARTLY = "phone_partly"


class PhoneNumber(NamedTuple):
    """A number somebody can be rung on: ``e164`` as "+46701740605"."""

    e164: str
    kind: PhoneKind


class NotAPhoneNumber(ValueError):
    """The text is no number to ring a person on; ``fault`` says why."""

    def __init__(self, fault: PhoneFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


_RINGABLE = {
    PhoneNumberType.MOBILE: PhoneKind.MOBILE,
    PhoneNumberType.PERSONAL_NUMBER: PhoneKind.FIXED,
    PhoneNumberType.FIXED_LINE: PhoneKind.FIXED,
    PhoneNumberType.FIXED_LINE_OR_MOBILE: PhoneKind.FIXED,
    PhoneNumberType.VOIP: PhoneKind.FIXED,
}
_GAPS = {ord(gap): None for gap in " -\u00a0"}
_SWEDISH_MOBILE = re.compile(r"(?:\+46|0046|0)(7[02369][0-9]{7})")
_SWEDISH_OTHER = re.compile(r"(?:\+46|0046|0)([1-9][0-9]{5,8})")
_LABEL = re.compile(r"(?:tel|tele|telefon|tfn|tlf|mobil|mob|phone|mobile)\b[\s.:]*(?=[+(\d])", re.IGNORECASE)
_WHOLE_FLOAT = re.compile(r"(\d{5,15})[.,]0{1,6}")
_SCIENTIFIC = re.compile(r"(\d)[.,](\d{4,14})[eE]\+?(\d{1,2})")
_LEADING_O = re.compile(r"[oO](?=\d)")
_LIKE_A_NUMBER = re.compile(r"[+\d\s()./–—‐‑‒−-]+")
_FEWEST_DIGITS, _MOST_DIGITS = 7, 15
_LONGEST_SERVICE = 6


def parse_phone(text: str) -> PhoneNumber:
    """The one number written in ``text``, Swedish unless it says otherwise; raises NotAPhoneNumber."""
    return read_number(text)[0]


def read_number(text: str) -> tuple[PhoneNumber, PhoneFault | None]:
    """The number and what had to be mended to read it: a lost zero, a decimal point, a letter O."""
    if quick := quick_mobile(text) or quick_fixed(text):
        return quick, None
    if len(text) > LONGEST_NUMBER:
        raise NotAPhoneNumber(PhoneFault.TOO_LONG)
    plain, mended = mend_number(clean_number(text))
    number = _library_number(plain)
    lost = plain.isdigit() and not plain.startswith("0") and number.e164 == f"+46{plain}"
    return number, PhoneFault.ZERO_LOST if lost and mended is None else mended


def quick_mobile(text: str) -> PhoneNumber | None:
    """The usual spellings of a Swedish mobile: faster than the library reads them, never otherwise."""
    if len(text) > LONGEST_NUMBER:
        return None
    found = _SWEDISH_MOBILE.fullmatch(text.translate(_GAPS))
    return PhoneNumber("+46" + found[1], PhoneKind.MOBILE) if found else None


def quick_fixed(text: str) -> PhoneNumber | None:
    """The usual spellings of a number at home or at work, told by the library's own patterns."""
    found = _SWEDISH_OTHER.fullmatch(text.translate(_GAPS)) if len(text) <= LONGEST_NUMBER else None
    if found is None or not _fits_only_a_fixed_line(found[1]):
        return None
    return PhoneNumber("+46" + found[1], PhoneKind.FIXED)


def _fits_only_a_fixed_line(national: str) -> bool:
    fixed, others = _swedish_patterns()
    return bool(fixed.fullmatch(national)) and not any(other.fullmatch(national) for other in others)


@cache
def _swedish_patterns() -> tuple[re.Pattern[str], tuple[re.Pattern[str], ...]]:
    """What a fixed line looks like, and what every other kind of number does."""
    known = phonenumbers.PhoneMetadata.metadata_for_region(HOME_REGION)
    kinds = ("fixed_line", "mobile", "premium_rate", "toll_free", "shared_cost", "voip", "personal_number")
    told = (getattr(known, kind) for kind in (*kinds, "pager", "uan", "voicemail"))
    patterns = [re.compile(one.national_number_pattern) for one in told if one is not None]
    return patterns[0], tuple(patterns[1:])


def clean_number(text: str) -> str:
    """Without invisible signs, quotes and a word such as "tel:" in front."""
    plain = "".join(
        sign for sign in unicodedata.normalize("NFKC", text) if unicodedata.category(sign) != "Cf"
    )
    return _LABEL.sub("", " ".join(plain.split()).strip("'’\"´`= "), count=1)


def mend_number(plain: str) -> tuple[str, PhoneFault | None]:
    """What a spreadsheet made of it: 701740605.0, 7.01740605E8; and a letter O for the first zero."""
    if found := _WHOLE_FLOAT.fullmatch(plain):
        return found[1], PhoneFault.DECIMAL
    if (found := _SCIENTIFIC.fullmatch(plain)) and len(found[2]) <= int(found[3]) <= _MOST_DIGITS:
        return found[1] + found[2].ljust(int(found[3]), "0"), PhoneFault.DECIMAL
    if _LEADING_O.match(plain):
        return "0" + plain[1:], PhoneFault.LETTER_O
    return plain, None


def phone_display(e164: str) -> str:
    """As Swedes write it, "070-174 06 05"; a foreign number with its country: "+47 21 03 05 00"."""
    number = phonenumbers.parse(e164, None)
    home = number.country_code == phonenumbers.country_code_for_region(HOME_REGION)
    return phonenumbers.format_number(
        number,
        PhoneNumberFormat.NATIONAL if home else PhoneNumberFormat.INTERNATIONAL,
    )


def _library_number(plain: str) -> PhoneNumber:
    """Letters never get there: the library would read them as the keys of a telephone."""
    if not _LIKE_A_NUMBER.fullmatch(plain):
        raise NotAPhoneNumber(_fault(plain))
    try:
        number = phonenumbers.parse(plain, HOME_REGION)
    except phonenumbers.NumberParseException as error:
        raise NotAPhoneNumber(_fault(plain)) from error
    number_type = phonenumbers.number_type(number)
    kind = _RINGABLE.get(number_type)
    if kind is None:
        known = number_type != PhoneNumberType.UNKNOWN
        raise NotAPhoneNumber(PhoneFault.SERVICE if known else _fault(plain))
    return PhoneNumber(f"+{number.country_code}{phonenumbers.national_significant_number(number)}", kind)


def _fault(plain: str) -> PhoneFault:
    digits = "".join(sign for sign in plain if sign.isdigit())
    if not digits:
        return PhoneFault.NO_DIGITS
    if len(digits) <= _LONGEST_SERVICE and digits.startswith("11"):
        return PhoneFault.SERVICE
    if len(digits) < _FEWEST_DIGITS:
        return PhoneFault.TOO_SHORT
    return PhoneFault.TOO_LONG if len(digits) > _MOST_DIGITS else PhoneFault.NOT_VALID
