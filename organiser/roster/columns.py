"""What is done with each column of a file, settled once before its rows are read."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from organiser.roster.draft import Put
from organiser.roster.headings import Field, Match
from organiser.roster.problems import Problem, ProblemKind
from organiser.roster.puts import put_extra, put_for

KEPT_BESIDE = frozenset(
    {Field.DISTRICT, Field.ROLE, Field.TAGS, Field.CONTACT_PREFERENCE, Field.INTERESTS, Field.SKILLS}
    | {Field.LAST_CONTACTED, Field.OUTCOME},
)
"""Fields we know the meaning of but have no place for yet: kept under their heading."""


@dataclass(frozen=True, slots=True)
class Columns:
    """``readers`` are the columns that are read, by position; ``fields`` what the file carries; ``problems``
    what is told once for a whole column.
    """

    readers: tuple[tuple[int, Put], ...]
    fields: frozenset[Field]
    problems: tuple[Problem, ...] = ()


def settle_columns(
    matches: Sequence[Match], today: date, *, leave_out: Collection[int] = (), header_line: int = 1
) -> Columns:
    """Columns without a field are kept beside the member under their heading, unless their position stands
    in ``leave_out``. Identity numbers are never kept; where no other column tells the day of birth they do.
    """
    labels = labels_of(matches)
    chosen = [one for one in matches if one.position not in leave_out]
    fields = frozenset(one.field for one in chosen if one.field is not None)
    readers: list[tuple[int, Put]] = []
    problems: list[Problem] = []
    for one in chosen:
        label = labels[one.position]
        if one.field is Field.IDENTITY_NUMBER:
            problems.append(Problem(header_line, label, ProblemKind.IDENTITY_NUMBER, ""))
        readers.append((one.position, _put(one, label, fields, today)))
    return Columns(tuple(readers), fields, tuple(problems))


def _put(one: Match, label: str, fields: frozenset[Field], today: date) -> Put:
    named_twice = one.field is Field.FULL_NAME and {Field.FIRST_NAME, Field.LAST_NAME} <= fields
    if one.field is None or one.field in KEPT_BESIDE or named_twice:
        return put_extra(label)
    return put_for(one.field, label, today, inverse=one.inverse)


def labels_of(matches: Sequence[Match]) -> dict[int, str]:
    """A name for each column: its heading, with its place where the heading is empty or stands twice."""
    often = Counter(one.heading for one in matches)
    return {
        one.position: one.heading
        if one.heading and often[one.heading] == 1
        else f"{one.heading} ({one.position + 1})".strip()
        for one in matches
    }
