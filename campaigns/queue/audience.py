"""Whom a campaign is for: everybody, or those of some associations, ages, years of joining or tags.

Whoever has left, died, been expelled or lapsed, or has said no, is in no audience of ours: that is what
``organiser.members.rules`` says, and no choice made here can bring them back.
"""

from calendar import isleap
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

OLDEST = 120
LONGEST_SINCE = 3650


class NotAnAudience(ValueError):
    """Nobody can be meant by this."""


class WhyNotNow(StrEnum):
    """Why somebody who may be rung is not on this campaign's list just now."""

    NOT_CHOSEN = "not_chosen"
    ANSWERED = "answered"
    RECENT = "recent"


@dataclass(frozen=True, slots=True)
class Audience:
    """What is not said leaves nobody out. Raises ``NotAnAudience``.

    ``units``: members there or below. ``age_from``, ``age_to``: whole years, both ends in; whose age is not
    known is in no band. ``joined_since`` (that day in), ``joined_before`` (that day out): whoever has no day
    is in neither. ``not_contacted_days``: neither met nor talked to for so many days. ``tag_ids``: has one of
    them.
    """

    units: tuple[UUID, ...] = ()
    age_from: int | None = None
    age_to: int | None = None
    joined_since: date | None = None
    joined_before: date | None = None
    not_contacted_days: int | None = None
    with_number: bool = False
    tag_ids: tuple[UUID, ...] = ()

    def __post_init__(self) -> None:
        ages = [age for age in (self.age_from, self.age_to) if age is not None]
        if ages != sorted(ages) or any(not 0 <= age <= OLDEST for age in ages):
            raise NotAnAudience(f"{self.age_from}-{self.age_to} years")
        if self.joined_since and self.joined_before and self.joined_since >= self.joined_before:
            raise NotAnAudience(f"joined {self.joined_since}-{self.joined_before}")
        if self.not_contacted_days is not None and not 1 <= self.not_contacted_days <= LONGEST_SINCE:
            raise NotAnAudience(f"not contacted for {self.not_contacted_days} days")

    @property
    def is_everybody(self) -> bool:
        """Whether nobody is left out who may be rung."""
        return self in {Audience(), Audience(with_number=True)}

    def as_json(self) -> dict[str, object]:
        """As ``read_json`` reads it: only what is said."""
        told: dict[str, Any] = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: _written(value) for name, value in told.items() if value not in (None, (), False)}


def read_json(told: object) -> Audience:
    """An audience as ``as_json`` wrote it. Raises ``NotAnAudience``."""
    if not isinstance(told, dict) or not set(told) <= {field.name for field in fields(Audience)}:
        raise NotAnAudience(repr(told))
    try:
        return _read(told)
    except (TypeError, ValueError, AttributeError) as error:
        raise NotAnAudience(repr(told)) from error


def _read(told: Mapping[str, Any]) -> Audience:
    return Audience(
        units=_ids(told.get("units", [])),
        age_from=_whole(told.get("age_from")),
        age_to=_whole(told.get("age_to")),
        joined_since=_day(told.get("joined_since")),
        joined_before=_day(told.get("joined_before")),
        not_contacted_days=_whole(told.get("not_contacted_days")),
        with_number=_yes(told.get("with_number", False)),
        tag_ids=_ids(told.get("tag_ids", [])),
    )


def in_band(audience: Audience, birth_date: date | None, birth_year: int | None, on: date) -> bool:
    """Whether somebody's age fits on the day ``on``; of whom only a year is known, whichever day they were
    born on. ``campaigns.queue.audience_queries`` says the same in SQL; a test holds the two together.
    """
    if audience.age_from is None and audience.age_to is None:
        return True
    if birth_date is None and not birth_year:
        return False
    year = birth_year or 0
    first, last = (birth_date, birth_date) if birth_date else (date(year, 1, 1), date(year, 12, 31))
    old_enough = audience.age_from is None or last <= latest_birth(audience.age_from, on)
    return old_enough and (audience.age_to is None or first > latest_birth(audience.age_to + 1, on))


def latest_birth(age: int, on: date) -> date:
    """The last birthday that makes somebody ``age`` on the day ``on``."""
    year = on.year - age
    if (on.month, on.day) == (2, 29) and not isleap(year):
        return date(year, 2, 28)
    return on.replace(year=year)


def latest_birth_year(age: int, on: date) -> int:
    """The last birth year all of whose children are ``age`` on the day ``on``."""
    latest = latest_birth(age, on)
    return latest.year if (latest.month, latest.day) == (12, 31) else latest.year - 1


def _written(value: Any) -> object:
    if isinstance(value, tuple):
        return [str(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def _ids(told: Any) -> tuple[UUID, ...]:
    if not isinstance(told, list):
        raise NotAnAudience(repr(told))
    return tuple(UUID(one) for one in told)


def _whole(told: Any) -> int | None:
    if told is not None and type(told) is not int:
        raise NotAnAudience(repr(told))
    return told


def _yes(told: Any) -> bool:
    if not isinstance(told, bool):
        raise NotAnAudience(repr(told))
    return told


def _day(told: Any) -> date | None:
    return None if told is None else date.fromisoformat(told)
