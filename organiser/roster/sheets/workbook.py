"""Which sheets a workbook has, in which part each is kept, and which of them its maker hid."""

import posixpath
from dataclasses import dataclass

from organiser.roster.sheets.archive import RELATIONS, WORKBOOK, Parts
from organiser.roster.sheets.xml_walk import starts


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet's name as its maker sees it, the part it is kept in, and whether it is hidden."""

    name: str
    part: str
    hidden: bool


def sheets_of(parts: Parts) -> list[SheetPart]:
    """The sheets with cells, in the workbook's order; charts and lost parts left out."""
    kept = _relations(parts)
    found: list[SheetPart] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name != "sheet":
            return
        relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
        if relation in kept:
            hidden = attributes.get("state", "visible") != "visible"
            found.append(SheetPart(attributes.get("name", ""), kept[relation], hidden))

    starts(parts.read(WORKBOOK), start)
    return found


def _relations(parts: Parts) -> dict[str, str]:
    kept: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
            target = attributes.get("Target", "")
            part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
            if part in parts:
                kept[attributes.get("Id", "")] = part

    if RELATIONS in parts:
        starts(parts.read(RELATIONS), start)
    return kept
