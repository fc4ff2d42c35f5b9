"""The order of the table, chosen by its headings: each is a link, and pressing it again turns it round."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from campaigns.activation.asked import DOWN, UP, Asked, usual_way
from campaigns.activation.figures import Row, SortBy, ordered
from campaigns.goals.words import NAMES
from campaigns.totals.measures import Measure
from organiser.core.i18n import _


def sorted_rows(rows: Sequence[Row], asked: Asked) -> list[Row]:
    """The rows as the reader asked for them."""
    return ordered(rows, asked.by, descending=asked.way == DOWN)


def columns(unit_id: UUID, asked: Asked) -> list[Any]:
    """The table's headings, as its component takes them."""

    def heading(by: SortBy, text: object, *, num: bool = False) -> dict[str, Any]:
        chosen = by is asked.by
        way = (DOWN if asked.way == UP else UP) if chosen else usual_way(by)
        url = replace(asked, by=by, way=way).url(unit_id, "all-numbers")
        return {"text": text, "url": url, "sorted": asked.way if chosen else "", "num": num}

    return [
        heading(SortBy.NAME, _("Association")),
        heading(SortBy.MEMBERS, _("Members"), num=True),
        heading(SortBy.CALLABLE, _("Can be rung"), num=True),
        heading(SortBy.SHARE, NAMES[Measure.CONTACTED], num=True),
        heading(SortBy.TALKED, NAMES[Measure.TALKED], num=True),
        heading(SortBy.SURVEYED, NAMES[Measure.SURVEYED], num=True),
        heading(SortBy.ACTIVE, NAMES[Measure.ACTIVE], num=True),
        heading(SortBy.RESPONSIBLE, _("Answers for the calls")),
        heading(SortBy.LAST, _("Last sign of life")),
    ]
