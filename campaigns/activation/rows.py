"""The bars and the table, line by line as the page draws them: ready words, for hundreds of associations."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from campaigns.activation.asked import Asked
from campaigns.activation.columns import name_of
from campaigns.activation.figures import Counts, Figures, Row
from campaigns.goals.progress import Aim, Base, percent_of
from campaigns.goals.words import NAMES, amount, written_due_day, written_per_cent
from campaigns.totals.measures import MEASURES, Measure
from organiser.core.i18n import _
from organiser.web.filters import counter, language

QUIET = timedelta(days=14)
"""Without a sign of life for longer than this, an association that had begun is quiet."""
NOBODY = UUID(int=0)


class Bar(NamedTuple):
    """One association's share. ``instead``: what stands in place of the bar, nothing where there is one;
    ``width``: the bar's, in per cent; ``said``: the bar for those who hear it; ``goal``: where the line of
    the goal stands, in whole per cent; ``share`` and ``amount``: 35 %, 7 of 20.
    """

    name: str
    url: str
    instead: str = ""
    width: float = 0
    said: str = ""
    goal: int | None = None
    share: str = ""
    amount: str = ""


class Line(NamedTuple):
    """One association's numbers. ``few``: too few to show more than ``members``; ``callable`` says so then.
    ``told``: each measure's name and 7 (70 %). ``missing``: nobody answers for the calls. ``quiet``: nothing
    has been heard for long.
    """

    name: str
    url: str
    members: str
    callable: str
    few: bool
    told: list[tuple[str, str]]
    responsible: str
    missing: bool
    last: str
    quiet: bool


def bars(rows: Iterable[Row], unit_id: UUID, asked: Asked, base: Base) -> Iterator[Bar]:
    """A bar for each row: the measure asked for, as a share of ``base``."""
    measure, url, write, tongue = asked.measure, _urls(unit_id, asked), counter(), language()
    name, of, with_goal = str(NAMES[measure]), str(_("%(done)s of %(of)s")), _goal_words()
    for row in rows:
        done, whole = part(row, measure, base), whole_of(row, base)
        if done is None or not row.members:
            yield Bar(name_of(row), url(row), _too_few(row))
            continue
        share, aim = written_per_cent(tongue, percent_of(done, whole)), row.aims.get(measure)
        aim = aim if aim and aim.base is base else None
        yield Bar(
            name_of(row),
            url(row),
            width=round(min(done * 100 / max(whole, 1), 100), 1),
            said=with_goal(f"{name}: {share}", aim),
            goal=aim.mark(whole) if aim else None,
            share=share,
            amount=of % {"done": write(done), "of": write(whole)},
        )


def lines(rows: Iterable[Row], figures: Figures, asked: Asked) -> Iterator[Line]:
    """All numbers of each row."""
    url, write, tongue = _urls(figures.unit_id, asked), counter(), language()
    few, unknown = str(_("Too few to show")), str(_("not shown"))
    named = [(measure, str(NAMES[measure])) for measure in MEASURES]
    nothing = [(name, "–") for _measure, name in named]
    for row in rows:
        yield Line(
            name_of(row),
            url(row),
            write(row.members),
            few if row.callable is None else write(row.callable),
            row.hidden,
            nothing
            if row.hidden
            else [(name, _told(row, measure, write, tongue) or unknown) for measure, name in named],
            row.responsible,
            row.is_association and bool(row.members) and not row.responsible,
            written_due_day(tongue, row.last_on, figures.on) if row.last_on else "",
            is_quiet(row, figures.on),
        )


def part(row: Counts, measure: Measure, base: Base) -> int | None:
    """How many of ``base`` have come to the measure; none where that is not shown."""
    return row.count(measure) if base is Base.MEMBERS else row.of_callable(measure)


def whole_of(row: Counts, base: Base) -> int:
    """How many there are of ``base``."""
    return row.members if base is Base.MEMBERS else row.callable or 0


def is_quiet(row: Row, today: date) -> bool:
    """Whether nothing has been heard of the association for two weeks, although it had begun."""
    return row.last_on is not None and today - row.last_on > QUIET


def _urls(unit_id: UUID, asked: Asked) -> Callable[[Row], str]:
    """The page of a row's association, made from one address; nothing for the unit that is shown."""
    before, _id, after = asked.url(NOBODY).partition(str(NOBODY))

    def url(row: Row) -> str:
        return f"{before}{row.id}{after}" if row.is_association and row.id != unit_id else ""

    return url


def _too_few(row: Row) -> str:
    """What stands where a share is not shown; nothing where there is nobody at all."""
    if not row.members:
        return ""
    return str(_("Too few to show") if row.hidden else _("not shown"))


def _goal_words() -> Callable[[str, Aim | None], str]:
    form = str(_("%(told)s, the goal is %(goal)s"))
    return lambda told, aim: form % {"told": told, "goal": amount(aim)} if aim else told


def _told(row: Row, measure: Measure, write: Callable[[int], str], tongue: str) -> str:
    """A cell of the table: 7 (70 %); nothing where that is not shown."""
    number = row.count(measure)
    if number is None or not row.members:
        return "" if number is None else "0"
    return f"{write(number)} ({written_per_cent(tongue, percent_of(number, row.members))})"
