"""The numbers for a terminal: one line of JSON for programs, a table for people. Keys: docs/stats.md."""

import json
from collections.abc import Iterator
from typing import Any

from campaigns.activation.figures import Counts, Figures, Row
from campaigns.goals.progress import Aim, Progress
from campaigns.totals.measures import MEASURES
from organiser.web.filters import zone

HEADINGS = (
    "Association",
    "Members",
    "Callable",
    "Contacted",
    "Talked",
    "Surveyed",
    "Active",
    "Share",
    "Goal",
)


def as_json(figures: Figures) -> str:
    """One line; its keys in the order they are documented in."""
    told: dict[str, Any] = {
        "organisation": figures.slug,
        "as_of": figures.at.astimezone(zone()).isoformat(timespec="seconds"),
        "known_on": figures.known_on.isoformat() if figures.known_on else None,
        "totals": {
            **_counts(figures.totals),
            "goal_percent": figures.aim.percent if figures.aim else None,
            "due_on": figures.aim.due_on.isoformat() if figures.aim else None,
            "goals": {
                aim.value: _towards(figures.progress_of(aim)) for aim in MEASURES if aim in figures.aims
            },
        },
        "associations": [_one(row) for row in figures.rows],
    }
    return json.dumps(told, ensure_ascii=False)


def _counts(counts: Counts) -> dict[str, int | None]:
    told: dict[str, int | None] = {"members": counts.members, "callable": counts.callable}
    for measure in MEASURES:
        told[measure.value] = counts.count(measure)
        told[f"{measure}_callable"] = counts.of_callable(measure)
    return {**told, "percent": counts.percent}


def _one(row: Row) -> dict[str, Any]:
    return {
        "slug": row.slug,
        "name": row.name,
        "kind": row.kind.value,
        **_counts(row),
        "goal_percent": row.aim.percent if row.aim else None,
        "goals": {measure.value: _meant(row.aims[measure]) for measure in MEASURES if measure in row.aims},
    }


def _meant(aim: Aim) -> dict[str, Any]:
    return {
        "percent": aim.percent,
        "number": aim.number,
        "of": aim.base.value,
        "due_on": aim.due_on.isoformat(),
    }


def _towards(progress: Progress | None) -> dict[str, Any]:
    """A goal of the unit itself, what is missing and when that is there; none where there is no telling."""
    if progress is None or progress.aim is None:
        return {}
    foretold = progress.forecast
    return {
        **_meant(progress.aim),
        "missing": progress.missing,
        "course": progress.course.value,
        "needed_a_week": progress.needed_a_week,
        "earliest": foretold.earliest.isoformat() if foretold else None,
        "latest": foretold.latest.isoformat() if foretold and foretold.latest else None,
    }


def as_words(figures: Figures) -> Iterator[str]:
    """A table with a line for each row and one for all, then how far the goals are."""
    lines = [HEADINGS, *(_cells(row) for row in figures.rows), _all(figures)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(HEADINGS))]
    for line in lines:
        numbers = (cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True))
        yield "  ".join((line[0].ljust(widths[0]), *numbers))
    if figures.known_on:
        yield f"As it was known on {figures.known_on.isoformat()}."
    if not figures.aims:
        yield "No goal is set."
    for measure in MEASURES:
        if (progress := figures.progress_of(measure)) and progress.aim:
            yield _goal_line(measure.value, progress, progress.aim)


def _goal_line(name: str, progress: Progress, aim: Aim) -> str:
    by = aim.due_on.isoformat()
    return f"Goal, {name}: {_amount(aim)} of {aim.base.value} by {by}, {progress.missing} to go."


def _amount(aim: Aim) -> str:
    return str(aim.number) if aim.percent is None else f"{aim.percent} %"


def _cells(row: Row) -> tuple[str, ...]:
    name = row.name if row.is_association else f"{row.name} (no association)"
    return name, *_shown(row, row.aim)


def _all(figures: Figures) -> tuple[str, ...]:
    return "All", *_shown(figures.totals, figures.aim)


def _shown(counts: Counts, aim: Aim | None) -> tuple[str, ...]:
    """The counts, the share contacted, the goal for that; a dash where there is none."""
    numbers = [counts.members, counts.callable, *(counts.count(measure) for measure in MEASURES)]
    percent = "–" if counts.percent is None else f"{counts.percent} %"
    words = ("–" if number is None else str(number) for number in numbers)
    return (*words, percent, _amount(aim) if aim else "–")
