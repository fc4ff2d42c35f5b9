"""The order of the table, chosen by its headings: each is a link, and pressing it again turns it round."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import request, url_for

from campaigns.activation.figures import Row, SortBy, ordered
from organiser.core.i18n import _

UP, DOWN = "ascending", "descending"
USUAL = {SortBy.NAME: UP, SortBy.MEMBERS: DOWN, SortBy.SHARE: DOWN}


def chosen() -> tuple[SortBy, str]:
    """What the reader asked to sort by, and which way; else by share, the greatest first."""
    asked = request.args.get("sort", "")
    by = SortBy(asked) if asked in set(SortBy) else SortBy.SHARE
    way = request.args.get("order", "")
    return by, way if way in {UP, DOWN} else USUAL[by]


def sorted_rows(rows: Sequence[Row]) -> list[Row]:
    """The rows as the reader asked for them."""
    by, way = chosen()
    return ordered(rows, by, descending=way == DOWN)


def columns(unit_id: UUID) -> list[Any]:
    """The table's headings, as its component takes them."""
    now, way = chosen()

    def heading(by: SortBy, text: str, **more: Any) -> dict[str, Any]:
        turned = (DOWN if way == UP else UP) if by is now else USUAL[by]
        url = url_for("activation.show", unit_id=unit_id, sort=by.value, order=turned, _anchor="table")
        return {"text": text, "url": url, "sorted": way if by is now else "", **more}

    return [
        heading(SortBy.NAME, _("Association")),
        heading(SortBy.SHARE, _("Contacted")),
        heading(SortBy.MEMBERS, _("Of all members")),
        _("Answers for the calls"),
    ]
