"""The closed sets of the register: status, kinds of number, blocks, tags, channels."""

from enum import StrEnum


class MemberStatus(StrEnum):
    """Where a membership stands; nobody is contacted once it is over."""

    ACTIVE = "active"
    UNPAID = "unpaid"
    LEFT = "left"
    EXPELLED = "expelled"
    DECEASED = "deceased"
    OTHER = "other"

    @property
    def is_over(self) -> bool:
        return self in {MemberStatus.LEFT, MemberStatus.EXPELLED, MemberStatus.DECEASED}


class PhoneKind(StrEnum):
    """Which telephone a number rings."""

    MOBILE = "mobile"
    HOME = "home"
    WORK = "work"
    PHONE = "phone"


class NumberState(StrEnum):
    """What we know of a number."""

    UNTRIED = "untried"
    WORKS = "works"
    WRONG = "wrong"
    DEAD = "dead"

    @property
    def is_usable(self) -> bool:
        return self in {NumberState.UNTRIED, NumberState.WORKS}


class BlockScope(StrEnum):
    """What a member asked us not to do."""

    CALLS = "calls"
    EMAIL = "email"
    CONTACT = "contact"


class Source(StrEnum):
    """Who said it: a file may only take back what a file said."""

    FILE = "file"
    PERSON = "person"
    CALL = "call"
    SURVEY = "survey"


class TagKind(StrEnum):
    """What a tag says of a member; all but the plain tag are what they said themselves."""

    TAG = "tag"
    TASK = "task"
    SKILL = "skill"
    DRIVE = "drive"
    TRAINING = "training"


class Channel(StrEnum):
    """How a member was met by other ways than our calls."""

    VISIT = "visit"
    EMAIL = "email"
    LETTER = "letter"
    EVENT = "event"
    TEXT = "text"
    PHONE = "phone"
    OTHER = "other"


class Gender(StrEnum):
    """As the list says; only kept where the list has it."""

    FEMALE = "f"
    MALE = "m"
    OTHER = "x"
