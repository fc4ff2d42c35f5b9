"""What an import would do, row by row, before anything is written: the page and the command show this."""

from collections.abc import Iterable
from typing import Any

from organiser.roster.deciding import Deciding
from organiser.roster.decisions import Decision, DecisionKind, Plan
from organiser.roster.known import Id, Known, KnownPhone, Register
from organiser.roster.places import Associations
from organiser.roster.rows import Row

__all__ = ["Decision", "DecisionKind", "Known", "KnownPhone", "Plan", "plan_import"]


def plan_import(
    rows: Iterable[Row],
    members: Iterable[Known],
    associations: Associations[Any],
    unit_id: Id,
    *,
    tells_association: bool = True,
) -> Plan:
    """Decide every row. ``members`` are all whose number a file may name, in scope or not. ``unit_id`` takes
    those whose association is unknown, which is told unless the file has no such column.
    """
    register = Register(members)
    deciding = Deciding(register, associations, unit_id, tells_association=tells_association)
    decisions = tuple(map(deciding.decide, rows))
    expected = (one for one in register.members if one.in_scope and not one.left)
    return Plan(decisions, tuple(one.id for one in expected if one.id not in deciding.met))
