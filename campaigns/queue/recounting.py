"""Hold the kept counts of the lists against a recount of everybody's place, and mend them."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select

from campaigns.queue import count_queries as queries
from campaigns.queue.count_models import ListCount
from campaigns.queue.counting import NOBODY, Numbers, add_to_count
from organiser.core.bulk import add_missing
from organiser.core.database import db


@dataclass(frozen=True, slots=True)
class ListDifference:
    """A list whose kept counts are not what a recount finds: its association's slug, its campaign's title."""

    slug: str
    title: str
    kept: Numbers
    found: Numbers


def list_differences() -> list[ListDifference]:
    """Where the kept counts of our tenant's lists are not those of a recount. Its cost grows with all who
    stand on a list.
    """
    kept, found = _by_list(queries.kept_by_all()), _by_list(queries.found_by_all())
    return [
        ListDifference(slug, title, kept.get(list_id, NOBODY), found.get(list_id, NOBODY))
        for list_id, slug, title in db.session.execute(queries.lists_with_names())
        if kept.get(list_id, NOBODY) != found.get(list_id, NOBODY)
    ]


def mend_lists() -> None:
    """Count every list of our tenant anew. Only flushes.

    The counts are held first, in the order everybody takes them in: who changes a place meanwhile waits to
    add theirs, and what they changed is not in the recount.
    """
    session = db.session()
    known = sorted(row[0] for row in session.execute(queries.lists_with_names()))
    for list_id in known:
        add_missing(session, ListCount, [{"id": list_id, **NOBODY._asdict()}])
    kept = _by_list(queries.kept_by_all().with_for_update())
    found = _by_list(queries.found_by_all())
    for list_id, numbers in _lacking(kept, found).items():
        add_to_count(session, list_id, numbers)


def _lacking(kept: Mapping[UUID, Numbers], found: Mapping[UUID, Numbers]) -> dict[UUID, Numbers]:
    """What the counts we hold lack of the recount, in order."""
    lacking = {}
    for list_id, numbers in kept.items():
        true = found.get(list_id, NOBODY)
        if true != numbers:
            lacking[list_id] = Numbers(true.on_list - numbers.on_list, true.left - numbers.left)
    return lacking


def _by_list(query: Select[UUID, int, int]) -> dict[UUID, Numbers]:
    return {list_id: Numbers(on_list, left) for list_id, on_list, left in db.session.execute(query)}
