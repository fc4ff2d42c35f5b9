"""Who may be rung, how old somebody is, and the keys a name is found and sorted by."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Protocol

from organiser.core.text import search_key, sort_key, squeeze
from organiser.members.kinds import BlockScope, MemberStatus, NumberState

ADULT_AGE = 18
USABLE_STATES = tuple(state for state in NumberState if state.is_usable)
OVER_STATUSES = tuple(status for status in MemberStatus if status.is_over)
CALL_BLOCKS = (BlockScope.CALLS, BlockScope.CONTACT)


class WhyNot(StrEnum):
    """Why somebody is not on a call list."""

    OVER = "over"
    PROTECTED = "protected"
    BLOCKED = "blocked"
    UNDER_AGE = "under_age"
    NO_NUMBER = "no_number"
    NUMBERS_FAILED = "numbers_failed"


class KnownNumber(Protocol):
    """A number and whether it still leads to the member."""

    @property
    def state(self) -> NumberState: ...


class KnownBlock(Protocol):
    """Something the member asked us not to do."""

    @property
    def scope(self) -> BlockScope: ...
    @property
    def is_standing(self) -> bool: ...


class KnownMember(Protocol):
    """What must be known of somebody to say whether they may be rung."""

    @property
    def status(self) -> MemberStatus: ...
    @property
    def left_on(self) -> date | None: ...
    @property
    def protected(self) -> bool: ...
    @property
    def birth_date(self) -> date | None: ...
    @property
    def birth_year(self) -> int | None: ...
    @property
    def numbers(self) -> Sequence[KnownNumber]: ...
    @property
    def blocks(self) -> Sequence[KnownBlock]: ...


def why_not_callable(member: KnownMember, on: date, *, with_minors: bool = False) -> list[WhyNot]:
    """Every reason not to ring ``member`` on the day ``on``; empty: they may be rung.

    ``organiser.members.queries.obstacles`` says the same in SQL; a test holds the two together.
    """
    numbers = [number.state.is_usable for number in member.numbers]
    blocked = any(block.is_standing and block.scope in CALL_BLOCKS for block in member.blocks)
    found = {
        WhyNot.OVER: member.status.is_over or has_lapsed(member.left_on, on),
        WhyNot.PROTECTED: member.protected,
        WhyNot.BLOCKED: blocked,
        WhyNot.UNDER_AGE: not with_minors and is_minor(member.birth_date, member.birth_year, on),
        WhyNot.NO_NUMBER: not numbers,
        WhyNot.NUMBERS_FAILED: bool(numbers) and not any(numbers),
    }
    return [reason for reason, holds in found.items() if holds]


def has_lapsed(left_on: date | None, on: date) -> bool:
    """Whether a membership has run out by its last day (which is out itself), whatever its status says."""
    return left_on is not None and left_on <= on


def is_minor(birth_date: date | None, birth_year: int | None, on: date) -> bool:
    """Whether somebody is, or may be, under 18 on that day: a year alone counts to its last day.

    Somebody of whom neither is known counts as grown up.
    """
    if birth_date is not None:
        return birth_date > latest_adult_birth(on)
    return birth_year is not None and birth_year > latest_adult_year(on)


def latest_adult_birth(on: date) -> date:
    """The last birthday that makes somebody 18 on the day ``on``."""
    year = on.year - ADULT_AGE
    return on.replace(year=year) if (on.month, on.day) != (2, 29) else date(year, 2, 28)


def latest_adult_year(on: date) -> int:
    """The last birth year all of whose children are 18 on the day ``on``."""
    return on.year - ADULT_AGE - (0 if (on.month, on.day) == (12, 31) else 1)


def age_on(birth_date: date, on: date) -> int:
    """Whole years lived on the day ``on``."""
    return on.year - birth_date.year - ((on.month, on.day) < (birth_date.month, birth_date.day))


def name_keys(first_name: str, last_name: str) -> dict[str, str]:
    """The columns computed from a name: ``search_key`` and ``sort_key``."""
    return {"search_key": search_key(first_name, last_name), "sort_key": sort_key(last_name, first_name)}


def phone_fragments(text: str) -> tuple[str, str] | None:
    """What digits somebody typed may be of an E.164 number: how it begins, and what stands in it.

    "070-174" begins "+4670174" or holds "070174"; none: the text is no part of a number.
    """
    plain = squeeze(text).replace("(0)", "")
    digits = "".join(sign for sign in plain if sign.isascii() and sign.isdigit())
    if len(digits) < 3 or not all(sign in "+()/-–. " or sign in digits for sign in plain):  # noqa: PLR2004  # shorter would match everybody
        return None
    if plain.startswith("+"):
        return f"+{digits}", digits
    if digits.startswith("00"):
        return f"+{digits[2:]}", digits
    return (f"+46{digits[1:]}", digits) if digits.startswith("0") else (f"+{digits}", digits)
