"""The tree as a page draws it: each unit with those below it, in Swedish order."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from organiser.orgs.models import Organisation

Drawn = dict[str, Any]


def outline(units: Iterable[Organisation], draw: Callable[[Organisation], Drawn]) -> list[Drawn]:
    """The highest of ``units``, each as ``draw`` gives it with its ``children`` drawn the same way."""
    known = sorted(units, key=lambda unit: (unit.sort_key, unit.id))
    ids = {unit.id for unit in known}
    under: dict[UUID | None, list[Organisation]] = defaultdict(list)
    for unit in known:
        under[unit.parent_id if unit.parent_id in ids else None].append(unit)

    def drawn(parent_id: UUID | None) -> list[Drawn]:
        return [{**draw(unit), "children": drawn(unit.id)} for unit in under[parent_id]]

    return drawn(None)
