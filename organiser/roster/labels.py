"""What the keys of an import are called on a page: fields, decisions, encodings, why a file is refused."""

from typing import Any

from organiser.core.i18n import lazy
from organiser.members.words import FIELD as MEMBER_FIELD
from organiser.roster.decisions import DecisionKind
from organiser.roster.reading import KEEP, LEAVE_OUT
from organiser.roster.sheets import SENTENCES, SkipReason, Unreadable
from organiser.roster.synonyms import Field

FIELD: dict[Field, Any] = {
    Field.MEMBER_NUMBER: lazy("Member number"),
    Field.FIRST_NAME: lazy("First name"),
    Field.LAST_NAME: lazy("Last name"),
    Field.FULL_NAME: lazy("First and last name in one"),
    Field.BIRTH_DATE: lazy("Born"),
    Field.BIRTH_YEAR: lazy("Birth year"),
    Field.IDENTITY_NUMBER: lazy("Identity number: only the day of birth is read"),
    Field.GENDER: lazy("Gender"),
    Field.PHONE: lazy("Telephone"),
    Field.MOBILE: lazy("Mobile"),
    Field.HOME_PHONE: lazy("Telephone at home"),
    Field.WORK_PHONE: lazy("Telephone at work"),
    Field.EMAIL: lazy("E-mail"),
    Field.CO_ADDRESS: lazy("c/o"),
    Field.STREET: lazy("Street address"),
    Field.POSTCODE: lazy("Postcode"),
    Field.CITY: lazy("Town"),
    Field.COUNTRY: lazy("Country"),
    Field.MUNICIPALITY: lazy("Municipality"),
    Field.ASSOCIATION: lazy("Association"),
    Field.DISTRICT: lazy("District"),
    Field.JOINED_ON: lazy("Member since"),
    Field.LEFT_ON: lazy("Left"),
    Field.PAID_UNTIL: lazy("Fee paid until"),
    Field.MEMBER_STATUS: lazy("Membership"),
    Field.DO_NOT_CALL: lazy("May not be rung"),
    Field.DO_NOT_EMAIL: lazy("Wants no e-mail"),
    Field.PROTECTED: lazy("Protected identity"),
    Field.LANGUAGE: lazy("Language"),
    Field.ROLE: lazy("Role"),
    Field.TAGS: lazy("Tags"),
    Field.NOTE: lazy("Note"),
    Field.CONTACT_PREFERENCE: lazy("Wants to be reached by"),
    Field.INTERESTS: lazy("Interests"),
    Field.SKILLS: lazy("Skills"),
    Field.LAST_CONTACTED: lazy("Last contact"),
    Field.OUTCOME: lazy("Result of the last contact"),
}
FIELD_GROUPS: tuple[tuple[Any, tuple[Field, ...]], ...] = (
    (
        lazy("Who it is"),
        (
            Field.MEMBER_NUMBER,
            Field.FIRST_NAME,
            Field.LAST_NAME,
            Field.FULL_NAME,
            Field.BIRTH_DATE,
            Field.BIRTH_YEAR,
            Field.IDENTITY_NUMBER,
            Field.GENDER,
            Field.LANGUAGE,
        ),
    ),
    (
        lazy("How they are reached"),
        (
            Field.MOBILE,
            Field.HOME_PHONE,
            Field.WORK_PHONE,
            Field.PHONE,
            Field.EMAIL,
            Field.DO_NOT_CALL,
            Field.DO_NOT_EMAIL,
            Field.PROTECTED,
            Field.CONTACT_PREFERENCE,
        ),
    ),
    (
        lazy("Where they live"),
        (Field.CO_ADDRESS, Field.STREET, Field.POSTCODE, Field.CITY, Field.COUNTRY, Field.MUNICIPALITY),
    ),
    (
        lazy("The membership"),
        (
            Field.ASSOCIATION,
            Field.DISTRICT,
            Field.JOINED_ON,
            Field.PAID_UNTIL,
            Field.LEFT_ON,
            Field.MEMBER_STATUS,
            Field.ROLE,
        ),
    ),
    (
        lazy("Everything else"),
        (Field.NOTE, Field.TAGS, Field.INTERESTS, Field.SKILLS, Field.LAST_CONTACTED, Field.OUTCOME),
    ),
)
CHOICE: dict[str, Any] = {
    KEEP: lazy("Keep it under its own heading"),
    LEAVE_OUT: lazy("Leave it out"),
}
CHANGED: dict[str, Any] = {
    **{key.value: label for key, label in FIELD.items()},
    "phones": lazy("Telephone"),
    "organisation_id": lazy("Association"),
    "extra": MEMBER_FIELD["extra"],
}
"""A field of a change, as it is called."""

DECISION: dict[DecisionKind, Any] = {
    DecisionKind.CREATED: lazy("New"),
    DecisionKind.UPDATED: lazy("Updated"),
    DecisionKind.UNCHANGED: lazy("Unchanged"),
    DecisionKind.REFUSED: lazy("Not read in"),
    DecisionKind.DUPLICATE: lazy("Same as an earlier row"),
}
SKIPPED: dict[SkipReason, Any] = {
    SkipReason.TITLE: lazy("titles above the list"),
    SkipReason.BLANK: lazy("blank rows"),
    SkipReason.COMMENT: lazy("comments"),
    SkipReason.SUBTOTAL: lazy("sums, not people"),
    SkipReason.REPEATED_HEADING: lazy("headings that stand there again"),
}
ENCODING: dict[str, Any] = {
    "utf-8": lazy("UTF-8 (most programs of today)"),
    "utf-8-sig": lazy("UTF-8 with a mark (Excel)"),
    "cp1252": lazy("Windows (Western Europe)"),
    "utf-16": lazy("UTF-16 (Unicode text from Excel)"),
    "utf-32": lazy("UTF-32"),
    "mac_roman": lazy("Mac (older programs)"),
    "cp850": lazy("DOS (very old programs)"),
}
STEPS = (lazy("Choose the file"), lazy("Columns"), lazy("Check"), lazy("Preview"), lazy("Receipt"))


def refusal(fault: Unreadable) -> Any:
    """Why a file is sent back, and what to do about it."""
    return lazy(SENTENCES[fault.kind])
