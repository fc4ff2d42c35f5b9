"""The table as a file: one line an association, one for the whole, safe to open in a spreadsheet."""

from collections.abc import Iterator
from datetime import date

from campaigns.activation.figures import Figures, Row
from organiser.core import cells
from organiser.core.i18n import _
from organiser.web.filters import moment


def as_csv(figures: Figures) -> bytes:
    """UTF-8 with its mark and semicolons, as a Swedish spreadsheet opens it; dates as 2024-06-01."""
    return cells.as_csv(_lines(figures))


def _lines(figures: Figures) -> Iterator[list[object]]:
    yield [
        _("Association"),
        _("Members"),
        _("Can be rung"),
        _("Contacted"),
        _("Talked with"),
        _("Contacted, per cent"),
        _("Goal, per cent"),
        _("Goal by"),
        _("Answers for the calls"),
        _("Last sign of life"),
    ]
    for row in figures.rows:
        yield [name_of(row), *_numbers(row), row.responsible, _day(row.last_on)]
    yield [_("All of %(name)s", name=figures.name), *_totals(figures), "", ""]
    yield [_("As of %(moment)s", moment=moment(figures.at))]


def name_of(row: Row) -> str:
    """The association's name; for members who stand in none, that."""
    return row.name if row.is_association else str(_("No association (%(name)s)", name=row.name))


def _numbers(row: Row) -> list[object]:
    goal = (row.aim.percent, _day(row.aim.due_on)) if row.aim else (None, None)
    return [row.members, row.callable, row.contacted, row.talked, row.percent, *goal]


def _totals(figures: Figures) -> list[object]:
    totals, aim = figures.totals, figures.aim
    goal = (aim.percent, _day(aim.due_on)) if aim else (None, None)
    if figures.hidden:
        return [totals.members, None, None, None, None, *goal]
    percent = figures.progress.percent
    return [totals.members, totals.callable, totals.contacted, totals.talked, percent, *goal]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
