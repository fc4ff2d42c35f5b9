"""Words that answer yes or no, say nothing, name a gender or tell how a membership stands."""

import json
from collections.abc import Mapping
from importlib import resources
from types import MappingProxyType
from typing import Any

from organiser.members.kinds import Gender, MemberStatus


def _table() -> dict[str, Any]:
    source = resources.files("organiser.roster").joinpath("words.json")
    table: dict[str, Any] = json.loads(source.read_text(encoding="utf-8"))
    return table


_WORDS = _table()
YES = frozenset(_WORDS["yes"])
NO = frozenset(_WORDS["no"])
NOTHING_SAID = frozenset(_WORDS["nothing"])
GENDERS: Mapping[str, Gender] = MappingProxyType(
    {word: gender for gender in Gender for word in _WORDS["gender"][gender]},
)
GENDER_NOT_SAID = NOTHING_SAID | frozenset(_WORDS["gender"]["nothing"])
STATUSES: Mapping[str, MemberStatus] = MappingProxyType(
    {word: status for status in MemberStatus for word in _WORDS["status"][status]},
)
MONTHS: Mapping[str, int] = MappingProxyType(
    {name: number for number, names in enumerate(_WORDS["months"], start=1) for name in names},
)
"""The first three letters of a month's name, and its number."""
