"""Which column of the file means what: certain where the heading is known, else a guess that is shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from rapidfuzz import fuzz, process

from organiser.core.text import fold_heading, without_accents
from organiser.roster.company import decided_by_company
from organiser.roster.evidence import field_of_values, speaks_against
from organiser.roster.synonyms import FIELDS, Field, field_of, is_about_somebody_else, is_inverse, names

__all__ = ["FIELDS", "PHONE_FIELDS", "Confidence", "Field", "Match", "field_of", "is_inverse", "match"]

PHONE_FIELDS = frozenset({Field.PHONE, Field.MOBILE, Field.HOME_PHONE, Field.WORK_PHONE})
"""A member may have several numbers, so a file may have several columns of each of these."""

_ALIKE, _NOT_TOO_SHORT = 85, 70  # per cent: same words in any order; and not one word out of a sentence
_SHORTEST_GUESS = 4


class Confidence(StrEnum):
    """How much a match can be trusted before somebody has looked at it."""

    SURE = "sure"
    UNSURE = "unsure"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Match:
    """One column: its heading as it stands in the file, what we take it for, and how surely."""

    heading: str
    field: Field | None
    confidence: Confidence
    inverse: bool
    position: int


def match(headings: Sequence[str], samples: Sequence[Sequence[str]] = ()) -> tuple[Match, ...]:
    """One match per column, in the file's order. ``samples`` are some rows of the file, each as long as the
    headings or shorter: they speak for or against a guess, never against a heading we know.
    """
    columns = [
        tuple(row[at] for row in samples if at < len(row) and row[at].strip()) for at in range(len(headings))
    ]
    known = [field_of(heading) for heading in headings]
    sure = decided_by_company(headings, known, columns)
    matches = [
        _guess(at, heading, field, columns[at])
        for at, (heading, field) in enumerate(zip(headings, sure, strict=True))
    ]
    return _one_column_each(matches, columns)


def _guess(at: int, heading: str, field: Field | None, values: Sequence[str]) -> Match:
    if field is not None:
        return Match(heading, field, Confidence.SURE, is_inverse(heading), at)
    if not is_about_somebody_else(heading):
        guess = _like(heading)
        if guess is None or speaks_against(guess, values):
            guess = field_of_values(values)
        if guess is not None:
            return Match(heading, guess, Confidence.UNSURE, is_inverse(heading), at)
    return Match(heading, None, Confidence.NONE, inverse=False, position=at)


def _like(heading: str) -> Field | None:
    """The field whose name this heading nearly is: a letter wrong, the words in another order."""
    folded = without_accents(fold_heading(heading))
    if len(folded) < _SHORTEST_GUESS:
        return None
    table = names()
    close = process.extract(folded, table.keys(), scorer=fuzz.token_set_ratio, score_cutoff=_ALIKE, limit=20)
    near = [(fuzz.ratio(folded, word), word) for word, _, _ in close]
    best = max((pair for pair in near if pair[0] >= _NOT_TOO_SHORT), default=None)
    return table[best[1]] if best else None


def _one_column_each(matches: Iterable[Match], columns: Sequence[Sequence[str]]) -> tuple[Match, ...]:
    """Of two columns for one field the surer, filled, more specific wins; the other stays unmatched."""
    kept = list(matches)
    best: dict[Field, Match] = {}
    for one in sorted(kept, key=lambda m: _weight(m, columns[m.position]), reverse=True):
        if one.field is not None:
            best.setdefault(one.field, one)
    return tuple(
        one
        if one.field is None
        or one is best[one.field]
        or (one.field in PHONE_FIELDS and one.confidence == "sure")
        else replace(one, field=None, confidence=Confidence.NONE, inverse=False)
        for one in kept
    )


def _weight(one: Match, values: Sequence[str]) -> tuple[bool, bool, int, int]:
    return (one.confidence is Confidence.SURE, bool(values), len(fold_heading(one.heading)), -one.position)
