"""Four campaigns to begin from, read from the file beside this: inform, survey, mobilise, welcome."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from campaigns.queue.audience import Audience

LANGUAGES = ("sv", "en")


@dataclass(frozen=True, slots=True)
class ReadyCampaign:
    """What a new campaign begins with, in one language; all of it may be changed.

    ``has_member_survey``: the member survey is asked in the call. ``joined_within_days``: only those who
    joined so lately.
    """

    key: str
    title: str
    purpose: str
    script: str
    has_member_survey: bool = False
    joined_within_days: int | None = None

    def audience(self, on: date) -> Audience:
        """Whom it is for when it is made on the day ``on``; who joins later is in too."""
        if self.joined_within_days is None:
            return Audience()
        return Audience(joined_since=on - timedelta(days=self.joined_within_days))


def ready_campaigns(language: str) -> list[ReadyCampaign]:
    """All of them, in Swedish (``sv``) or else in English, in the order they are offered."""
    chosen = language if language in LANGUAGES else "en"
    return [
        ReadyCampaign(
            key=line["key"],
            has_member_survey=line["member_survey"],
            joined_within_days=line.get("joined_within_days"),
            **line[chosen],
        )
        for line in _lines()
    ]


def ready_campaign(key: str, language: str) -> ReadyCampaign | None:
    """The one of that key; none: there is no such one."""
    return next((ready for ready in ready_campaigns(language) if ready.key == key), None)


@lru_cache(maxsize=1)
def _lines() -> list[dict[str, Any]]:
    lines: list[dict[str, Any]] = yaml.safe_load(
        (files(__package__) / "ready_campaigns.yaml").read_text("utf-8")
    )
    return lines
