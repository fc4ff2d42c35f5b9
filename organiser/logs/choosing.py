"""Which part of a log the reader asks for: a day, somebody's deeds, one kind of them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from flask import request, url_for

from organiser.web.filters import zone

STRETCH = timedelta(days=31)
"""How far back a log is shown where no day is chosen."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The reader's choice: from when until when (aware), by whom, of what kind."""

    start: datetime
    end: datetime | None
    day: date | None = None
    who: UUID | None = None
    kind: str = ""


def chosen(at: datetime) -> Chosen:
    """The choice in the address; what cannot be understood is left out."""
    day, who = _day(request.args.get("day", "")), _id(request.args.get("who", ""))
    kind = request.args.get("kind", "")
    if day is None:
        return Chosen(at - STRETCH, None, None, who, kind)
    start = datetime(day.year, day.month, day.day, tzinfo=zone())
    return Chosen(start, start + timedelta(days=1), day, who, kind)


def address(endpoint: str, choice: Chosen, **other: Any) -> str:
    """The same choice with something else in it; None takes a part away."""
    parts = {"day": choice.day, "who": choice.who, "kind": choice.kind or None} | other
    return url_for(endpoint, **{name: value for name, value in parts.items() if value})


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
