"""The numbers for a terminal: one line of JSON for programs, a table for people. Keys: docs/stats.md."""

import json
from collections.abc import Iterator
from typing import Any

from campaigns.activation.figures import Figures, Row
from campaigns.goals.progress import Aim
from organiser.web.filters import zone

HEADINGS = ("Association", "Members", "Callable", "Contacted", "Talked", "Share", "Goal")


def as_json(figures: Figures) -> str:
    """One line; its keys in the order they are documented in."""
    totals = figures.totals
    told = {
        "organisation": figures.slug,
        "as_of": figures.at.astimezone(zone()).isoformat(timespec="seconds"),
        "totals": {
            "members": totals.members,
            "callable": totals.callable,
            "contacted": totals.contacted,
            "talked": totals.talked,
            "percent": figures.progress.percent,
            "goal_percent": _goal(figures.aim),
            "due_on": figures.aim.due_on.isoformat() if figures.aim else None,
        },
        "associations": [_one(row) for row in figures.rows],
    }
    return json.dumps(told, ensure_ascii=False)


def _one(row: Row) -> dict[str, Any]:
    return {
        "slug": row.slug,
        "name": row.name,
        "kind": row.kind.value,
        "members": row.members,
        "callable": row.callable,
        "contacted": row.contacted,
        "talked": row.talked,
        "percent": row.percent,
        "goal_percent": _goal(row.aim),
    }


def _goal(aim: Aim | None) -> int | None:
    return aim.percent if aim else None


def as_words(figures: Figures) -> Iterator[str]:
    """A table with a line for each row and one for all, then how far the goal is."""
    lines = [HEADINGS, *(_cells(row) for row in figures.rows), _all(figures)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(HEADINGS))]
    for line in lines:
        numbers = (cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True))
        yield "  ".join((line[0].ljust(widths[0]), *numbers))
    progress = figures.progress
    if progress.aim:
        by = progress.aim.due_on.isoformat()
        yield f"Goal: {progress.aim.percent} % by {by}, {progress.missing} to go."
    else:
        yield "No goal is set."


def _cells(row: Row) -> tuple[str, ...]:
    name = row.name if row.is_association else f"{row.name} (no association)"
    return name, *_shown(row.members, row.callable, row.contacted, row.talked, row.percent, _goal(row.aim))


def _all(figures: Figures) -> tuple[str, ...]:
    totals = figures.totals
    numbers = (totals.members, totals.callable, totals.contacted, totals.talked)
    return "All", *_shown(*numbers, figures.progress.percent, _goal(figures.aim))


def _shown(*numbers: int | None) -> tuple[str, ...]:
    """Counts, then two shares; a dash where there is none."""
    words = ["–" if number is None else str(number) for number in numbers]
    shares = [word if word == "–" else f"{word} %" for word in words[-2:]]
    return (*words[:-2], *shares)
