"""What members want and can, counted: a short list for each kind, of nobody less than five have said."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from campaigns.activation import need_queries as queries
from campaigns.activation.veil import FEW
from organiser.core.database import db
from organiser.core.i18n import lazy
from organiser.core.prepared import ask
from organiser.members.kinds import TagKind

TOP = 6
"""So many of each kind."""
STEP = 5
"""To those who see no members a number is told down to a whole five: comparing pages gives nobody away."""
KINDS: dict[TagKind, Any] = {
    TagKind.TASK: lazy("Will help with"),
    TagKind.SKILL: lazy("Can"),
    TagKind.DRIVE: lazy("Burn for"),
    TagKind.TRAINING: lazy("Want to learn"),
}


class Wish(NamedTuple):
    """One word and how many have said it; ``least``: it may be some more."""

    name: str
    n: int
    least: bool


def wishes_of(path: str, *, exact: bool) -> list[tuple[Any, list[Wish]]]:
    """By kind, in the order of ``KINDS``, what most have said in the unit with that path and below it; kinds
    of which nothing is told left out.
    """
    return told(ask(db.session(), queries.wishes(), path=path, fewest=FEW), exact=exact)


def told(rows: Iterable[Any], *, exact: bool) -> list[tuple[Any, list[Wish]]]:
    """``rows``: kind, word and number, the greatest first."""
    found: dict[TagKind, list[Wish]] = {kind: [] for kind in KINDS}
    for kind, name, number in rows:
        found[kind].append(Wish(name, number if exact else number // STEP * STEP, not exact))
    return [(KINDS[kind], wishes[:TOP]) for kind, wishes in found.items() if wishes]
