"""A file's bytes read whole: which column is what, and what each row says; no database is asked."""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from organiser.core.text import fold_heading
from organiser.core.unswept import unswept
from organiser.roster.columns import Columns, labels_of, settle_columns
from organiser.roster.headings import Confidence, Field, Match, match
from organiser.roster.rows import Row, read_row
from organiser.roster.sheets import Caution, CautionKind, Sheet, read_sheet
from organiser.roster.synonyms import is_inverse

KEEP, LEAVE_OUT = "keep", "leave_out"
"""What may become of a column besides being read as a field."""

_SAMPLED = 50
_CHOICES = frozenset({KEEP, LEAVE_OUT, *Field})


@dataclass(frozen=True, slots=True)
class Told:
    """Something to look at, about a row or about the file: ``kind`` is a ProblemKind or a CautionKind."""

    line: int
    column: str
    kind: str
    text: str


@dataclass(frozen=True)
class ReadList:
    """A list as it was read: ``matches`` one per column, ``left_out`` the places of those left out."""

    digest: str
    sheet: Sheet
    matches: tuple[Match, ...]
    left_out: frozenset[int]
    columns: Columns
    rows: tuple[Row, ...]

    @cached_property
    def labels(self) -> Mapping[int, str]:
        """What each column is called, by its place; never the same name twice."""
        return labels_of(self.matches)

    @property
    def fields(self) -> dict[str, str | None]:
        """Heading to the key of its field; none where the column is kept under its heading or left out."""
        return {
            self.labels[one.position]: one.field.value
            if one.field and one.position not in self.left_out
            else None
            for one in self.matches
        }

    @property
    def tells_association(self) -> bool:
        """The file has a column of associations."""
        return Field.ASSOCIATION in self.columns.fields

    @property
    def choices(self) -> dict[str, str]:
        """What became of each column, by its folded heading: for the next file with the same headings."""
        return {fold_heading(self.labels[one.position]): self.choice(one) for one in self.matches}

    def choice(self, one: Match) -> str:
        """What becomes of a column: a field's key, KEEP or LEAVE_OUT."""
        if one.position in self.left_out:
            return LEAVE_OUT
        return one.field.value if one.field else KEEP

    @property
    def headings_digest(self) -> str:
        """The same for two files with the same headings, in whatever order."""
        return headings_digest(self.labels.values())

    def cautions(self) -> Iterator[Told]:
        """What looked odd about the file itself, unless a row's problem says it already."""
        zeros = {(one.line, one.column) for row in self.rows for one in row.problems}
        for caution in self.sheet.warnings:
            if caution.kind is not CautionKind.LOST_ZERO or (caution.line, caution.column) not in zeros:
                yield Told(caution.line, caution.column, caution.kind.value, caution.text)
        for problem in self.columns.problems:
            yield Told(problem.line, problem.column, problem.kind.value, problem.text)


@unswept
def read_list(
    content: bytes,
    name: str,
    today: date,
    *,
    choices: Mapping[str, str] | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
) -> ReadList:
    """Read a member list. ``choices``: folded heading to a field's key, KEEP or LEAVE_OUT, where somebody
    knows better than our guess. Raises ``Unreadable``.
    """
    read = read_sheet(content, name, sheet=sheet, encoding=encoding)
    guessed = match(read.headings, [record.cells for record in read.records[:_SAMPLED]])
    matches, left_out = _as_chosen(guessed, choices or {})
    columns = settle_columns(matches, today, leave_out=left_out, header_line=read.header_line)
    rows = tuple(
        read_row(one.line, one.cells, columns, beyond=one.extra, short=one.short) for one in read.records
    )
    return ReadList(hashlib.sha256(content).hexdigest(), read, matches, frozenset(left_out), columns, rows)


def _as_chosen(
    guessed: Sequence[Match], choices: Mapping[str, str]
) -> tuple[tuple[Match, ...], Collection[int]]:
    labels = labels_of(guessed)
    matches, left_out = [], set()
    for one in guessed:
        choice = choices.get(fold_heading(labels[one.position]))
        choice = choice if choice in _CHOICES else None
        if choice == LEAVE_OUT:
            left_out.add(one.position)
        matches.append(one if choice in {None, LEAVE_OUT} else _chosen(one, str(choice)))
    return tuple(matches), left_out


def _chosen(one: Match, choice: str) -> Match:
    field = None if choice == KEEP else Field(choice)
    if field is one.field:
        return replace(one, confidence=Confidence.SURE if field else Confidence.NONE)
    inverse = field in {Field.DO_NOT_CALL, Field.DO_NOT_EMAIL} and is_inverse(one.heading)
    return replace(one, field=field, confidence=Confidence.SURE, inverse=inverse)


def headings_digest(labels: Iterable[str]) -> str:
    """A mark of a set of headings, blind to their order and case."""
    told = json.dumps(sorted(map(fold_heading, labels)))
    return hashlib.sha256(told.encode()).hexdigest()[:32]


__all__ = ["KEEP", "LEAVE_OUT", "Caution", "ReadList", "Told", "headings_digest", "read_list"]
