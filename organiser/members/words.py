"""What the register's keys are called on a page."""

from typing import Any

from organiser.core.i18n import lazy
from organiser.core.phone import PhoneFault
from organiser.members.kinds import (
    BlockScope,
    Channel,
    Gender,
    MemberStatus,
    NumberState,
    PhoneKind,
    Source,
    TagKind,
)
from organiser.members.rules import WhyNot

STATUS: dict[MemberStatus, Any] = {
    MemberStatus.ACTIVE: lazy("Member"),
    MemberStatus.UNPAID: lazy("Fee not paid"),
    MemberStatus.LEFT: lazy("Has left"),
    MemberStatus.EXPELLED: lazy("Expelled"),
    MemberStatus.DECEASED: lazy("Deceased"),
    MemberStatus.OTHER: lazy("Something else"),
}
PHONE_KIND: dict[PhoneKind, Any] = {
    PhoneKind.MOBILE: lazy("Mobile"),
    PhoneKind.HOME: lazy("Home"),
    PhoneKind.WORK: lazy("Work"),
    PhoneKind.PHONE: lazy("Phone"),
}
NUMBER_STATE: dict[NumberState, Any] = {
    NumberState.UNTRIED: lazy("Not tried yet"),
    NumberState.WORKS: lazy("Works"),
    NumberState.WRONG: lazy("Wrong number"),
    NumberState.DEAD: lazy("Not in use"),
}
SCOPE: dict[BlockScope, Any] = {
    BlockScope.CALLS: lazy("No calls"),
    BlockScope.EMAIL: lazy("No e-mail"),
    BlockScope.CONTACT: lazy("No contact at all"),
}
SCOPE_HINTS: dict[BlockScope, Any] = {
    BlockScope.CALLS: lazy("Nobody rings. E-mail and letters are fine."),
    BlockScope.EMAIL: lazy("No mail-outs. Calls are fine."),
    BlockScope.CONTACT: lazy("Neither calls, e-mail, texts nor letters."),
}
SOURCE: dict[Source, Any] = {
    Source.FILE: lazy("from a list"),
    Source.PERSON: lazy("written by hand"),
    Source.CALL: lazy("said in a call"),
    Source.SURVEY: lazy("answered in a survey"),
}
TAG_KIND: dict[TagKind, Any] = {
    TagKind.TAG: lazy("Tags"),
    TagKind.TASK: lazy("Wants to help with"),
    TagKind.SKILL: lazy("Knows how to"),
    TagKind.DRIVE: lazy("Is driven by"),
    TagKind.TRAINING: lazy("Wants to learn"),
}
CHANNEL: dict[Channel, Any] = {
    Channel.VISIT: lazy("Visit"),
    Channel.EVENT: lazy("Met at an event"),
    Channel.PHONE: lazy("Call outside the call lists"),
    Channel.TEXT: lazy("Text message"),
    Channel.EMAIL: lazy("E-mail"),
    Channel.LETTER: lazy("Letter"),
    Channel.OTHER: lazy("Something else"),
}
GENDER: dict[Gender, Any] = {
    Gender.FEMALE: lazy("Woman"),
    Gender.MALE: lazy("Man"),
    Gender.OTHER: lazy("Other"),
}
WHY_NOT: dict[WhyNot, Any] = {
    WhyNot.OVER: lazy("The membership is over."),
    WhyNot.PROTECTED: lazy("The identity is protected."),
    WhyNot.BLOCKED: lazy("They have asked not to be rung."),
    WhyNot.UNDER_AGE: lazy("They are, or may be, under 18."),
    WhyNot.NO_NUMBER: lazy("There is no number."),
    WhyNot.NUMBERS_FAILED: lazy("No number leads to them."),
}
PHONE_FAULT: dict[PhoneFault, Any] = {
    PhoneFault.SAYS_NONE: lazy("Leave the field empty if there is no number."),
    PhoneFault.NO_DIGITS: lazy("Write the number with digits, like 070-174 06 05."),
    PhoneFault.TOO_SHORT: lazy("The number is too short. Is a digit or the area code missing?"),
    PhoneFault.TOO_LONG: lazy("The number is too long. Write one number in each field."),
    PhoneFault.NOT_VALID: lazy("There is no such number. Look at the digits once more."),
    PhoneFault.SERVICE: lazy("That is a service number; nobody can be reached on it."),
    PhoneFault.WITH_WORDS: lazy("Write only the number here, and words in the note."),
    PhoneFault.SEVERAL: lazy("Write one number in each field."),
}
FIELD: dict[str, Any] = {
    "first_name": lazy("First name"),
    "last_name": lazy("Last name"),
    "number": lazy("Member number"),
    "birth_date": lazy("Born"),
    "birth_year": lazy("Birth year"),
    "gender": lazy("Gender"),
    "email": lazy("E-mail"),
    "numbers": lazy("Telephone"),
    "co_address": lazy("c/o"),
    "street": lazy("Street address"),
    "postcode": lazy("Postcode"),
    "city": lazy("Town"),
    "country": lazy("Country"),
    "municipality": lazy("Municipality"),
    "organisation_id": lazy("Association"),
    "joined_on": lazy("Member since"),
    "left_on": lazy("Left"),
    "paid_until": lazy("Fee paid until"),
    "status": lazy("Membership"),
    "protected": lazy("Protected identity"),
    "language": lazy("Language"),
    "note": lazy("Note"),
    "extra": lazy("Other columns of the list"),
}
PRIVATE = frozenset(
    {"email", "numbers", "co_address", "street", "postcode", "city", "country", "municipality"}
    | {"birth_date", "birth_year", "note", "extra", "contact"}
)
"""What is not shown of a protected member to anyone but those entrusted with it."""
