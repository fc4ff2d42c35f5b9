"""Count answers into bars, means and shares, and hide what fewer than five have said."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median
from typing import Any, Protocol, TypeVar

from campaigns.surveys.kinds import Asked, Option, QuestionKind

FEW = 5
"""Fewer who answered than this are too few to show what they said."""
MOST_STEPS = 12
"""More different numbers than this are put together into ranges."""
RANGES = 6

Unit = TypeVar("Unit")


class Counted(Asked, Protocol):
    """A question whose answers are counted."""

    @property
    def offered(self) -> tuple[Option, ...]: ...


Said = Counter[Any]
"""How many gave each answer: keys of options as a tuple, numbers, True or False; None for words."""


@dataclass(frozen=True, slots=True)
class Bar:
    """How many gave one answer. ``what``: an option, True or False, or the lowest and highest number."""

    what: Option | bool | tuple[float, float]
    n: int
    of: int

    @property
    def percent(self) -> int:
        """Of those who answered the question."""
        return per_cent(self.n, self.of)


@dataclass(frozen=True, slots=True)
class Result:
    """What was answered to one question. ``hidden``: by some, but too few to show; then nothing else is."""

    answered: int = 0
    hidden: bool = False
    bars: Sequence[Bar] = ()
    mean: float | None = None
    median: float | None = None


def result_of(question: Counted, said: Said, *, hidden: bool = False) -> Result:
    """The answers of a group to a question; hidden where they are fewer than five."""
    answered = said.total()
    if hidden or 0 < answered < FEW:
        return Result(hidden=True)
    if not question.kind.has_bounds:
        return Result(answered, bars=_bars(question, said, answered))
    numbers = sorted(said.elements())
    bars = _number_bars(question, said, answered)
    if not numbers:
        return Result(bars=bars)
    return Result(answered, bars=bars, mean=fmean(numbers), median=float(median(numbers)))


def _bars(question: Counted, said: Said, answered: int) -> list[Bar]:
    if question.kind is QuestionKind.YESNO:
        return [Bar(what, said[what], answered) for what in (True, False)]
    chosen: Counter[str] = Counter()
    for keys, n in said.items():
        for key in keys or ():
            chosen[key] += n
    shown = [option for option in question.choices if not option.gone or chosen[option.key]]
    return [Bar(option, chosen[option.key], answered) for option in shown]


def _number_bars(question: Counted, said: Said, answered: int) -> list[Bar]:
    """A bar a step on a scale; of numbers a bar each, or a range each where they are many."""
    if question.kind is QuestionKind.SCALE:
        low, high = question.low or 0, question.high or 0
        return [Bar((step, step), said[step], answered) for step in range(low, high + 1)]
    if len(said) <= MOST_STEPS:
        return [Bar((one, one), said[one], answered) for one in sorted(said)]
    low, top = int(min(said) // 1), int(max(said) // 1)
    width = -(-(top - low + 1) // RANGES)
    starts = range(low, top + 1, width)
    return [
        Bar((start, start + width - 1), _between(said, start, start + width), answered) for start in starts
    ]


def _between(said: Said, start: float, end: float) -> int:
    return sum(n for number, n in said.items() if start <= number < end)


def veiled(answered: Mapping[Unit, int], order: Callable[[Unit], Any] = str) -> set[Unit]:
    """The groups to hide of a whole that is shown: those of one to four, and where they are too few together
    to hide behind one another, the smallest of the others too. ``order`` decides between equals.
    """
    groups = sorted((n, order(unit), unit) for unit, n in answered.items() if n)
    hidden = [(n, unit) for n, _order, unit in groups if n < FEW]
    for n, _order, unit in groups[len(hidden) :]:
        if sum(one for one, _unit in hidden) in range(1, FEW):
            hidden.append((n, unit))
    return {unit for _n, unit in hidden}


def per_cent(part: int, whole: int) -> int:
    """The nearest whole per cent, a half counted up; 100 only where all are there, 0 of nothing."""
    if not whole:
        return 0
    nearest = (200 * part + whole) // (2 * whole)
    return nearest if part >= whole else min(nearest, 99)
