"""A file of units as somebody wrote it: read row by row, and everything wrong with it told at once."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from organiser.core.text import squeeze
from organiser.orgs.kinds import OrgKind
from organiser.orgs.slugs import is_slug

COLUMNS = ("slug", "name", "kind", "parent", "code")
NEEDED = COLUMNS[:4]
DELIMITERS = ",;\t|"
LONGEST = 200
"""Characters of a name, a slug or a code."""


class UnitRow(NamedTuple):
    """One unit of the file; ``parent`` is a slug, empty for the unit at the top. Lines count from 1."""

    line: int
    slug: str
    name: str
    kind: OrgKind
    parent: str
    code: str


class Fault(NamedTuple):
    """What is wrong on a line, in words for the one who wrote the file."""

    line: int
    text: str


class NotAUnitFile(ValueError):
    """The file cannot be loaded; ``faults`` says why, line by line."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(sorted(faults))
        super().__init__("\n".join(f"Line {fault.line}: {fault.text}" for fault in self.faults))


def decode(content: bytes) -> str:
    """The text of a file: UTF-8 or UTF-16 by its mark, UTF-8, else Windows' Western European."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise NotAUnitFile([Fault(1, "this is not a text file; save the sheet as CSV UTF-8")])


def read_units(content: bytes) -> list[UnitRow]:
    """Every unit of the file in its own order; ``NotAUnitFile`` tells all that is wrong in its cells."""
    records = list(_records(decode(content)))
    if not records:
        raise NotAUnitFile([Fault(1, "the file is empty")])
    first, heading = records[0]
    names = [squeeze(cell).casefold() for cell in heading]
    if missing := [name for name in NEEDED if name not in names]:
        raise NotAUnitFile([Fault(first, f"there is no column {', '.join(missing)}")])
    rows: list[UnitRow] = []
    faults: list[Fault] = []
    for line, cells in records[1:]:
        values = dict.fromkeys(COLUMNS, "") | dict(zip(names, map(squeeze, cells), strict=False))
        told = [Fault(line, text) for text in _faults(values)]
        faults += told
        if not told:
            rows.append(_row(line, values))
    faults += _doubled(rows)
    if faults:
        raise NotAUnitFile(faults)
    return rows


def hold_together(rows: Sequence[UnitRow], standing: Mapping[str, str]) -> None:
    """Raise ``NotAUnitFile`` unless the rows and the ``standing`` units make one tree together.

    ``standing``: slug to the parent's slug, which is empty at the top.
    """
    parents = {**standing, **{row.slug: row.parent for row in rows}}
    tops = {slug for slug, parent in standing.items() if not parent}
    faults = [
        Fault(row.line, f"there is no unit {row.parent} to put {row.slug} under")
        for row in rows
        if row.parent and row.parent not in parents
    ]
    faults += [
        Fault(row.line, f"{row.slug} stands above itself") for row in rows if _circles(row.slug, parents)
    ]
    for row in rows:
        if not row.parent:
            tops.add(row.slug)
            if len(tops) > 1:
                faults.append(Fault(row.line, f"{row.slug} has no parent, and there is one top already"))
        elif row.slug in tops:
            faults.append(Fault(row.line, f"{row.slug} is the top and cannot be put under {row.parent}"))
    if faults:
        raise NotAUnitFile(faults)


def parents_first(rows: Iterable[UnitRow]) -> list[UnitRow]:
    """The same rows, each after the row it stands under."""
    by_slug = {row.slug: row for row in rows}
    placed: dict[str, UnitRow] = {}
    for row in by_slug.values():
        line = [row]
        while line[-1].parent in by_slug and line[-1].parent not in placed:
            line.append(by_slug[line[-1].parent])
        placed.update((above.slug, above) for above in reversed(line))
    return list(placed.values())


def _records(text: str) -> Iterable[tuple[int, list[str]]]:
    """Line (a spreadsheet's row) and cells of every row that holds something."""
    heading = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(DELIMITERS, key=heading.count)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=delimiter)
    for line, cells in enumerate(reader, start=1):
        if any(cell.strip() for cell in cells):
            yield line, cells


def _faults(values: Mapping[str, str]) -> Iterable[str]:
    for name in ("slug", "parent"):
        value = values[name]
        if value and not is_slug(value):
            yield f"the {name} {value!r} may only hold a to z, digits and single hyphens"
    for name in ("slug", "name"):
        if not values[name]:
            yield f"the {name} is missing"
    if values["kind"] not in set(OrgKind):
        yield f"the kind {values['kind']!r} is none of {', '.join(OrgKind)}"
    for name in COLUMNS:
        if len(values[name]) > LONGEST:
            yield f"the {name} is longer than {LONGEST} characters"


def _row(line: int, values: Mapping[str, str]) -> UnitRow:
    kind = OrgKind(values["kind"])
    return UnitRow(line, values["slug"], values["name"], kind, values["parent"], values["code"])


def _doubled(rows: Sequence[UnitRow]) -> Iterable[Fault]:
    first: dict[str, int] = {}
    for row in rows:
        if row.slug in first:
            yield Fault(row.line, f"{row.slug} stands on line {first[row.slug]} already")
        first.setdefault(row.slug, row.line)


def _circles(slug: str, parents: Mapping[str, str]) -> bool:
    above = parents[slug]
    for _ in parents:
        if above == slug:
            return True
        above = parents.get(above, "")
    return False
