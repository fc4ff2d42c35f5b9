"""The lists of a campaign as a table that can be sorted: how far each has come, and who answers for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import request, url_for

from campaigns.planning.stand import Stand
from campaigns.queue.models import CallAssignment
from campaigns.queue.places import Place
from campaigns.ringing.caller_words import said_day
from organiser.core.i18n import _, lazy
from organiser.web.filters import zone

HEADINGS: dict[str, Any] = {
    "name": lazy("Association"),
    "audience": lazy("On the list"),
    "left": lazy("Left to ring"),
    "talked": lazy("Talked with"),
    "met": lazy("Met in another way"),
    "resting": lazy("Resting"),
    "waits": lazy("Wait for you"),
    "responsible": lazy("Responsible"),
    "latest": lazy("Last sign of life"),
}
NUMBERS = ("audience", "left", "talked", "met", "resting", "waits")


@dataclass(frozen=True, slots=True)
class ListRow:
    """One association's list. ``responsible``: empty where nobody is; ``latest``: none until it is rung."""

    assignment: CallAssignment
    name: str
    audience: int
    left: int
    talked: int
    met: int
    resting: int
    waits: int
    responsible: str
    latest: datetime | None

    @property
    def latest_day(self) -> str:
        """The day of the latest sign of life, as it is said."""
        return said_day(self.latest.astimezone(zone()).date()) if self.latest else ""


def list_rows(stand: Stand) -> list[ListRow]:
    """A row for each list, in the Swedish order of the associations."""
    return [_row(one, stand) for one in stand.lists]


def in_order(rows: Sequence[ListRow], key: str, *, back: bool) -> list[ListRow]:
    """The rows by a column, ``back``wards if asked; the order of the associations breaks ties."""
    if key == "name":
        return list(rows)[::-1] if back else list(rows)
    if key == "latest":
        return sorted(rows, key=lambda row: row.latest.timestamp() if row.latest else 0.0, reverse=back)
    return sorted(rows, key=lambda row: getattr(row, key), reverse=back)


def sorting_asked() -> tuple[str, bool]:
    """Which column the address asks for, and whether backwards; else the associations' names."""
    asked = request.args.get("sort", "")
    key = asked.removeprefix("-")
    return (key, asked.startswith("-")) if key in HEADINGS else ("name", False)


def columns(key: str, *, back: bool) -> list[dict[str, Any]]:
    """The headings as the table draws them: each sorts by itself, the largest number first."""
    return [_column(name, name == key, back=back) for name in HEADINGS]


def _column(name: str, now: bool, *, back: bool) -> dict[str, Any]:  # noqa: FBT001  # one of two headings' states
    turned = not back if now else name in NUMBERS or name == "latest"
    here = dict(request.view_args or {})
    url = url_for(".show", **here, sort=f"{'-' if turned else ''}{name}", _anchor="lists")
    sorted_so = {"sorted": "descending" if back else "ascending"} if now else {}
    return {"text": HEADINGS[name], "num": name in NUMBERS, "url": url, **sorted_so}


def _row(one: CallAssignment, stand: Stand) -> ListRow:
    ledger = stand.ledgers[one.id]
    account = one.responsible
    return ListRow(
        assignment=one,
        name=one.organisation.name,
        audience=ledger.audience,
        left=ledger.left,
        talked=ledger.places[Place.TALKED],
        met=ledger.places[Place.OTHER_MEANS],
        resting=ledger.places[Place.RESTING],
        waits=ledger.errands,
        responsible=(account.name or account.email or _("No name")) if account else "",
        latest=stand.latest.get(one.id),
    )
