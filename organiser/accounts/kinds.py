"""What a one-time link is for, and how long it waits."""

from datetime import timedelta
from enum import StrEnum


class LinkPurpose(StrEnum):
    """An invitation opens nothing that was there before; a reset gives back what somebody had."""

    INVITATION = "invitation"
    RESET = "reset"

    @property
    def lasts(self) -> timedelta:
        return timedelta(days=7) if self is LinkPurpose.INVITATION else timedelta(minutes=10)
