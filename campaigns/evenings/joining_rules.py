"""A caller's personal link: what stands in it, and whether it opens the door just now."""

import secrets
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from campaigns.evenings.rules import DOORS_OPEN

MOST_WRONG_CODES = 5
MOST_WRONG_ON_THE_WALL = 20
"""Of a million codes; a link that many use is mistyped more often, and the organiser sees when it stops."""
LONGEST_TENANT = 9  # digits: what either engine can compare


class Door(StrEnum):
    """How a link finds the door."""

    OPEN = "open"
    EARLY = "early"  # the evening has not begun
    OVER = "over"  # the evening has ended
    USED = "used"
    REVOKED = "revoked"
    GUESSED = "guessed"  # five wrong codes


class KnownEvening(Protocol):
    """When there is ringing."""

    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...
    @property
    def ended_at(self) -> datetime | None: ...


class KnownInvitation(Protocol):
    """What has become of a link."""

    @property
    def used_at(self) -> datetime | None: ...
    @property
    def revoked_at(self) -> datetime | None: ...
    @property
    def wrong_codes(self) -> int: ...
    @property
    def shared(self) -> bool: ...


def most_wrong(invitation: KnownInvitation) -> int:
    """So many wrong codes close the link."""
    return MOST_WRONG_ON_THE_WALL if invitation.shared else MOST_WRONG_CODES


def door_of(invitation: KnownInvitation, evening: KnownEvening, at: datetime) -> Door:
    """How the link finds the door at ``at``; the first that holds, the most final first."""
    if invitation.revoked_at is not None:
        return Door.REVOKED
    if invitation.wrong_codes >= most_wrong(invitation):
        return Door.GUESSED
    if evening.ended_at is not None or evening.ends_at <= at:
        return Door.OVER
    if invitation.used_at is not None:
        return Door.USED
    return Door.EARLY if at < evening.starts_at - DOORS_OPEN else Door.OPEN


def new_link_token(tenant_id: int) -> str:
    """What stands in a link: the tenant to look in, then 128 bits by chance."""
    return f"{tenant_id}-{secrets.token_urlsafe(16)}"


def tenant_in(token: str) -> int | None:
    """Which tenant a link says it is of; none: it is no link of ours."""
    digits, dash, rest = token.partition("-")
    fits = digits.isascii() and digits.isdigit() and len(digits) <= LONGEST_TENANT
    return int(digits) if fits and dash and rest else None
