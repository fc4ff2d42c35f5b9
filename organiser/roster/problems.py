"""What can be odd about a row of a member list, told with its line; most of it costs no member anything."""

from enum import StrEnum
from typing import NamedTuple


class ProblemKind(StrEnum):
    """Why a row is refused, a value left out, or something mended and told all the same."""

    NAMES_NOBODY = "names_nobody"
    NUMBER_TWICE = "number_twice"
    NUMBER_ELSEWHERE = "number_elsewhere"

    PHONE_SAYS_NONE = "phone_says_none"
    PHONE_NO_DIGITS = "phone_no_digits"
    PHONE_TOO_SHORT = "phone_too_short"
    PHONE_TOO_LONG = "phone_too_long"
    PHONE_NOT_VALID = "phone_not_valid"
    PHONE_SERVICE = "phone_service"
    PHONE_PARTLY = "phone_partly"
    PHONE_ZERO_LOST = "phone_zero_lost"
    PHONE_DECIMAL = "phone_decimal"
    PHONE_LETTER_O = "phone_letter_o"
    PHONE_WITH_WORDS = "phone_with_words"
    PHONE_SEVERAL = "phone_several"

    EMAIL_NOT_VALID = "email_not_valid"
    EMAIL_MENDED = "email_mended"
    EMAIL_SEVERAL = "email_several"

    NOT_A_DATE = "not_a_date"
    DATE_NOT_REAL = "date_not_real"
    DATE_WITHOUT_YEAR = "date_without_year"
    DATE_YEAR_ONLY = "date_year_only"
    IDENTITY_NUMBER = "identity_number"

    POSTCODE_NOT_VALID = "postcode_not_valid"
    WORD_UNKNOWN = "word_unknown"
    WORD_TAKEN_AS_YES = "word_taken_as_yes"
    STATUS_UNKNOWN = "status_unknown"
    NUMBER_ROUNDED = "number_rounded"
    NAME_GUESSED = "name_guessed"
    NAME_ONE_ONLY = "name_one_only"
    ROW_TOO_SHORT = "row_too_short"
    ROW_TOO_LONG = "row_too_long"

    NUMBER_ZEROS = "number_zeros"
    NO_ASSOCIATION = "no_association"
    PROBABLE_DUPLICATE = "probable_duplicate"
    SEVERAL_FIT = "several_fit"
    BLOCK_KEPT = "block_kept"

    @property
    def refuses(self) -> bool:
        """The row is not taken in; every other kind leaves the member and at most a value out."""
        return self in _REFUSING

    @property
    def mended(self) -> bool:
        """Told so that somebody can look, but nothing was left out."""
        return self in _MENDED


_REFUSING = frozenset({ProblemKind.NAMES_NOBODY, ProblemKind.NUMBER_TWICE, ProblemKind.NUMBER_ELSEWHERE})
_MENDED = frozenset(
    {
        ProblemKind.PHONE_ZERO_LOST,
        ProblemKind.PHONE_DECIMAL,
        ProblemKind.PHONE_LETTER_O,
        ProblemKind.PHONE_WITH_WORDS,
        ProblemKind.PHONE_SEVERAL,
        ProblemKind.EMAIL_MENDED,
        ProblemKind.WORD_TAKEN_AS_YES,
        ProblemKind.NAME_GUESSED,
        ProblemKind.NAME_ONE_ONLY,
        ProblemKind.STATUS_UNKNOWN,
        ProblemKind.NUMBER_ZEROS,
    },
)

LONGEST_SHOWN = 200


class Problem(NamedTuple):
    """One thing to look at: ``line`` and ``column`` as the spreadsheet shows them ('' for the whole row)."""

    line: int
    column: str
    kind: ProblemKind
    text: str
