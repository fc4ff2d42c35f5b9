"""One thing that was looked at, and how it stands."""

from enum import StrEnum
from typing import NamedTuple


class Verdict(StrEnum):
    """All is well; worth a look; something does not work."""

    OK = "ok"
    LOOK = "look"
    WRONG = "wrong"


class Finding(NamedTuple):
    """How one thing stands, in a sentence that says what to do where something is to be done."""

    verdict: Verdict
    text: str
