"""One row of a member list: what it says of one member, and what is odd about it."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from organiser.roster.columns import Columns
from organiser.roster.draft import Draft, ReadPhone
from organiser.roster.problems import Problem, ProblemKind

__all__ = ["Columns", "ReadPhone", "Row", "read_row"]


class Row(NamedTuple):
    """What a row says: ``values`` only what is there, ``extra`` the columns without a field, by heading."""

    line: int
    values: Mapping[str, Any]
    problems: tuple[Problem, ...]
    extra: Mapping[str, str]

    @property
    def refused(self) -> bool:
        """It cannot be taken in; every other problem leaves the member."""
        return any(problem.kind.refuses for problem in self.problems)

    @property
    def name(self) -> str:
        """First and last name, for people to recognise the row by."""
        return _name(self.values)


def read_row(
    line: int, cells: Sequence[str], columns: Columns, *, beyond: Sequence[str] = (), short: bool = False
) -> Row:
    """The row in ``line`` of the spreadsheet. ``cells`` stand as the headings do, ``beyond`` after the last;
    ``short`` says that some were missing. Never raises: what cannot be read is told and left out.
    """
    draft = Draft(line)
    for position, put in columns.readers:
        if cell := cells[position]:
            put(cell, draft)
    values = draft.values
    if "birth_date" in values:
        values.pop("birth_year", None)
    if draft.phones:
        values["phones"] = _each_once(draft.phones)
    if not _names_somebody(values):
        draft.tell("", ProblemKind.NAMES_NOBODY, _name(values))
    if short:
        draft.tell("", ProblemKind.ROW_TOO_SHORT, "")
    if beyond:
        draft.tell("", ProblemKind.ROW_TOO_LONG, " | ".join(beyond))
    return Row(line, values, tuple(draft.problems), draft.extra)


def _each_once(phones: Sequence[ReadPhone]) -> tuple[ReadPhone, ...]:
    if len(phones) == 1:
        return tuple(phones)
    first: dict[str, ReadPhone] = {}
    for phone in phones:
        first.setdefault(phone.e164, phone)
    return tuple(first.values())


def _names_somebody(values: Mapping[str, Any]) -> bool:
    """A number, an address or a telephone; or a name with something that tells namesakes apart."""
    if "member_number" in values or "phones" in values or "email" in values:
        return True
    named = "last_name" in values or "first_name" in values
    return named and ("birth_date" in values or "birth_year" in values or "postcode" in values)


def _name(values: Mapping[str, Any]) -> str:
    return f"{values.get('first_name', '')} {values.get('last_name', '')}".strip()
