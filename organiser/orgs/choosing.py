"""Units to choose among, each under the one it belongs to, in Swedish order."""

from collections.abc import Iterable
from uuid import UUID

from organiser.orgs.models import Organisation

INDENT = "\u2003"  # a wide blank: a browser keeps it at the front of a choice


def unit_choices(units: Iterable[Organisation]) -> list[tuple[UUID, str]]:
    """Id and name of each unit, set in as deep as it stands below the highest of ``units``."""
    known = {unit.id.hex: unit for unit in units}
    lines = {unit.id: [known[part] for part in _ids(unit) if part in known] for unit in known.values()}
    ordered = sorted(lines.items(), key=lambda item: [(unit.sort_key, unit.id) for unit in item[1]])
    return [(id, INDENT * (len(line) - 1) + line[-1].name) for id, line in ordered]


def _ids(unit: Organisation) -> list[str]:
    return unit.path.strip("/").split("/")
