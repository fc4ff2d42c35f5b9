"""The table as a file: one line an association, one for the whole, then what the numbers mean."""

from collections.abc import Iterator, Mapping
from datetime import date

from campaigns.activation.figures import Counts, Figures, Row
from campaigns.goals.progress import Aim, Base
from campaigns.goals.words import NAMES, definitions
from campaigns.totals.measures import MEASURES, Measure
from organiser.core import cells
from organiser.core.i18n import _
from organiser.web.filters import day, moment

Line = list[object]


def as_csv(figures: Figures) -> bytes:
    """UTF-8 with its mark and semicolons, as a Swedish spreadsheet opens it; dates as 2024-06-01."""
    return cells.as_csv([*_lines(figures), *_notes(figures)])


def as_xlsx(figures: Figures) -> bytes:
    """The same lines as a workbook: the numbers on one sheet, what they mean on another."""
    return cells.as_xlsx([(figures.name, _lines(figures)), (_("How we count"), _notes(figures))])


def _lines(figures: Figures) -> Iterator[Line]:
    yield [_("Association"), _("Members"), _("Can be rung"), *_headings(), *_around()]
    for row in figures.rows:
        yield [
            name_of(row),
            row.members,
            row.callable,
            *_numbers(row, row.aims),
            row.responsible,
            _day(row.last_on),
        ]
    totals = figures.totals
    whole = _("All of %(name)s", name=figures.name)
    if figures.hidden:
        yield [whole, totals.members]
    else:
        yield [whole, totals.members, totals.callable, *_numbers(totals, figures.aims), None, None]


def _headings() -> Iterator[str]:
    for measure in MEASURES:
        name = NAMES[measure]
        yield str(name)
        yield str(_("%(name)s, of those who can be rung", name=name))
        yield str(_("%(name)s, per cent of all", name=name))
        yield str(_("%(name)s, per cent of those who can be rung", name=name))
        yield str(_("%(name)s, goal in members", name=name))
        yield str(_("%(name)s, goal by", name=name))


def _around() -> list[str]:
    return [_("Answers for the calls"), _("Last sign of life")]


def _numbers(counts: Counts, aims: Mapping[Measure, Aim]) -> Line:
    """Six cells for each measure, in the order of their headings."""
    line: Line = []
    for measure in MEASURES:
        line += [counts.count(measure), counts.of_callable(measure)]
        line += [counts.share(measure), counts.share_of_callable(measure)]
        line += _goal(aims.get(measure), counts)
    return line


def _goal(aim: Aim | None, counts: Counts) -> Line:
    """How many members it takes, none where that would tell a number that is not shown; and the day."""
    if aim is None:
        return [None, None]
    whole = counts.members if aim.base is Base.MEMBERS else counts.callable
    return [None if whole is None else aim.heads(whole), _day(aim.due_on)]


def _notes(figures: Figures) -> Iterator[Line]:
    yield [_("As of %(moment)s", moment=moment(figures.at))]
    if figures.known_on:
        yield [_("As it was known on %(day)s", day=day(figures.known_on))]
    yield [_("What is empty is too small to be shown, or not known.")]
    for _anchor, name, meaning in definitions():
        yield [name, meaning]


def name_of(row: Row) -> str:
    """The association's name; for members who stand in none, that."""
    return row.name if row.is_association else str(_("No association (%(name)s)", name=row.name))


def _day(on: date | None) -> str | None:
    return on.isoformat() if on else None
