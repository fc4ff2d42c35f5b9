"""What a row would change about a member: field by field, and never more than the file says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from organiser.roster.draft import ReadPhone
from organiser.roster.known import Known
from organiser.roster.problems import Problem, ProblemKind
from organiser.roster.rows import Row

BLOCKS = ("do_not_call", "do_not_email")
_COMPARED_APART = frozenset(
    {"member_number", "association", "phones", "birth_date", "birth_year", "email", *BLOCKS}
)


@dataclass(slots=True)
class Changes:
    """``fields`` maps a field to (old, new): "phones" to E.164 numbers, "extra" to what is kept by heading,
    a block to standing or not. ``add_phones`` and ``drop_phones`` lead from the old numbers to the new.
    """

    fields: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    add_phones: tuple[ReadPhone, ...] = ()
    drop_phones: tuple[str, ...] = ()
    problems: list[Problem] = field(default_factory=list)


def compare(row: Row, known: Known) -> Changes:
    """The differences that the row would make. What the row leaves empty stays as it is."""
    changes = Changes()
    for key, new in row.values.items():
        if key not in _COMPARED_APART and (known.values.get(key) or None) != (new or None):
            changes.fields[key] = (known.values.get(key), new)
    _compare_email(row.values, known.values, changes)
    _compare_birth(row.values, known.values, changes)
    _compare_blocks(row, known, changes)
    _compare_phones(row.values.get("phones", ()), known, changes)
    fresh = {heading: text for heading, text in row.extra.items() if known.extra.get(heading) != text}
    if fresh:
        changes.fields["extra"] = ({heading: known.extra.get(heading, "") for heading in fresh}, fresh)
    if "member_number" in row.values and not known.number:
        changes.fields["member_number"] = (None, row.values["member_number"])
    return changes


def _compare_email(new: Mapping[str, Any], old: Mapping[str, Any], changes: Changes) -> None:
    """Small and capital letters make no other address."""
    if "email" in new and (old.get("email") or "").casefold() != new["email"].casefold():
        changes.fields["email"] = (old.get("email"), new["email"])


def _compare_birth(new: Mapping[str, Any], old: Mapping[str, Any], changes: Changes) -> None:
    """Of somebody we know either the day or the year; a year that fits the day says nothing new."""
    day, year = old.get("birth_date"), old.get("birth_year")
    if "birth_date" in new:
        if new["birth_date"] != day:
            changes.fields["birth_date"] = (day, new["birth_date"])
        if year is not None and year != new["birth_date"].year:
            changes.fields["birth_year"] = (year, None)
    elif "birth_year" in new and new["birth_year"] != (day.year if day else year):
        changes.fields["birth_year"] = (year, new["birth_year"])
        if day is not None:
            changes.fields["birth_date"] = (day, None)


def _compare_blocks(row: Row, known: Known, changes: Changes) -> None:
    """A file sets a block, and lifts only one that a file set."""
    for block in BLOCKS:
        wanted = row.values.get(block)
        stands = block in known.blocks
        if wanted is None or wanted == stands:
            continue
        if stands and known.blocks[block]:
            changes.problems.append(Problem(row.line, "", ProblemKind.BLOCK_KEPT, block))
        else:
            changes.fields[block] = (stands, wanted)


def _compare_phones(wanted: tuple[ReadPhone, ...], known: Known, changes: Changes) -> None:
    """A filled column puts its numbers in the place of those a file gave for it before."""
    have = {phone.e164 for phone in known.phones}
    named = {phone.e164 for phone in wanted}
    kinds = {phone.kind for phone in wanted}
    add = tuple(phone for phone in wanted if phone.e164 not in have)
    drop = tuple(
        phone.e164
        for phone in known.phones
        if phone.from_file and phone.kind in kinds and phone.e164 not in named
    )
    if add or drop:
        left = tuple(phone.e164 for phone in known.phones if phone.e164 not in drop)
        old = tuple(phone.e164 for phone in known.phones)
        changes.fields["phones"] = (old, left + tuple(phone.e164 for phone in add))
        changes.add_phones, changes.drop_phones = add, drop
