"""How long an evening is, when its doors open, and the six digits that are said aloud."""

import hmac
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

USUAL_HOURS, LONGEST_HOURS = 4, 12
DOORS_OPEN = timedelta(minutes=30)
FARTHEST = timedelta(days=90)
DIGITS = 6
MOST_LINKS = 50


class WhyNotSo(StrEnum):
    """Why an evening cannot be as somebody wrote it."""

    PAST = "past"
    TOO_FAR = "too_far"
    TOO_LONG = "too_long"
    CLOSED = "closed"


def why_not_so(starts_at: datetime, ends_at: datetime, at: datetime) -> WhyNotSo | None:
    """What is wrong with an evening planned at ``at``; none: nothing."""
    if starts_at > at + FARTHEST:
        return WhyNotSo.TOO_FAR
    if ends_at <= at or ends_at <= starts_at:
        return WhyNotSo.PAST
    if ends_at - starts_at > timedelta(hours=LONGEST_HOURS):
        return WhyNotSo.TOO_LONG
    return None


def code_of(secret_key: str, tenant_id: int, evening_id: UUID, generation: int) -> str:
    """The evening's six digits: they follow from the installation's secret, which nobody else has."""
    words = f"evening code:{tenant_id}:{evening_id.hex}:{generation}"
    number = int.from_bytes(hmac.digest(secret_key.encode(), words.encode(), "sha256"), "big")
    return f"{number % 10**DIGITS:0{DIGITS}}"


def is_code(typed: str, code: str) -> bool:
    """Whether somebody typed the code, however it was spaced; takes as long whichever digit is wrong."""
    digits = "".join(sign for sign in typed if sign.isascii() and sign.isdigit())
    return hmac.compare_digest(digits, code)
