"""What happened to the few whom the checker names, in the order it was stored: to find the cause."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from uuid import UUID

from ringing.rows import Row, Store

TABLES = ("member", "phone_number", "target", "call", "held_number", "bench_trail", "change_entry")
WHOSE = ("id", "member_id", "target_id", "call_id", "subject_id")
ROUNDS = 2
"""From a call to its member, and from there to all that is about the member."""


def stories(store: Store, wanted: AbstractSet[UUID]) -> Iterator[str]:
    """Every row about these calls, members or places, and about the members they lead to."""
    rows = {table: store.rows(table) for table in TABLES}
    about = {str(one).replace("-", "") for one in wanted}
    for _ in range(ROUNDS):
        found = (row for table in ("call", "target") for row in rows[table])
        about = about.union(*[_ids(row) for row in found if about & _ids(row)])
    for table in TABLES:
        for row in rows[table]:
            if about & _ids(row):
                yield f"{table}: " + ", ".join(f"{name}={value}" for name, value in row.items() if value)


def _ids(row: Row) -> set[str]:
    return {str(row[name]).replace("-", "") for name in WHOSE if row.get(name)}
