"""The nineteen ways a call can end, read from outcomes.yaml beside this file, and what each leads to."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from importlib.resources import files
from typing import Any, Self

import yaml

from organiser.members.kinds import BlockScope

ALL = "all but what the statutes require"
SCOPES = {"phone": BlockScope.CALLS, ALL: BlockScope.CONTACT}


class Next(StrEnum):
    """What the queue does with the member then."""

    DONE = "done"
    RETRY = "retry"
    RETRY_AT = "retry_at"
    NEXT_NUMBER = "next_number"
    ANOTHER_CALLER = "another caller"
    FLAG = "flag"
    BLOCK = "block"


@dataclass(frozen=True, slots=True)
class Ending:
    """One line of outcomes.yaml."""

    key: str
    sv: str
    en: str
    reached: bool
    next: Next
    rest: timedelta | None  # none: as long as the campaign says
    asks: str
    flags: bool
    blocks: BlockScope | None
    confirms: bool
    inbound: bool
    counts_as_try: bool

    @classmethod
    def read(cls, line: dict[str, Any]) -> Self:
        """Read a line; what does not stand there is what most endings have."""
        return cls(
            key=line["key"],
            sv=line["sv"],
            en=line["en"],
            reached=line["reached"],
            next=Next(line["next"]),
            rest=timedelta(hours=line["rest_hours"]) if "rest_hours" in line else None,
            asks=line.get("ask", ""),
            flags=line["next"] == Next.FLAG or line.get("flag", False),
            blocks=SCOPES[line.get("scope", ALL)] if line["next"] == Next.BLOCK else None,
            confirms=line.get("confirm", False),
            inbound=line.get("inbound", False),
            counts_as_try=line.get("counts_as_try", True),
        )


ENDINGS = {
    ending.key: ending
    for ending in map(Ending.read, yaml.safe_load((files(__package__) / "outcomes.yaml").read_text("utf-8")))
}


class Outcome(StrEnum):
    """How a call ended."""

    TALKED = "talked"
    TALKED_CALL_BACK = "talked_call_back"
    TALKED_DECLINED = "talked_declined"
    NO_ANSWER = "no_answer"
    VOICEMAIL = "voicemail"
    LEFT_MESSAGE = "left_message"
    SENT_TEXT = "sent_text"
    BUSY = "busy"
    SOMEONE_ELSE = "someone_else"
    WRONG_NUMBER = "wrong_number"
    OUT_OF_SERVICE = "out_of_service"
    LANGUAGE = "language"
    NO_CALLS = "no_calls"
    NO_CONTACT = "no_contact"
    WANTS_TO_LEAVE = "wants_to_leave"
    SAYS_LEFT = "says_left"
    DECEASED = "deceased"
    CALLED_BACK = "called_back"
    SKIPPED = "skipped"

    @property
    def ending(self) -> Ending:
        return ENDINGS[self.value]

    @property
    def reached(self) -> bool:
        """Whether the member was met: what every goal counts as contacted."""
        return self.ending.reached

    @property
    def asks_when(self) -> bool:
        return self.ending.next is Next.RETRY_AT


def label(outcome: Outcome, language: str) -> str:
    """The outcome's name as outcomes.yaml has it, in Swedish (``sv``) or else in English."""
    return outcome.ending.sv if language == "sv" else outcome.ending.en
