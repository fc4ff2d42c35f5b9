"""Take members out of the register for good; who keeps something about them is told while they are there."""

from collections.abc import Callable, Iterator, Sequence
from uuid import UUID

from flask import Flask, current_app
from sqlalchemy import orm, select

from organiser.core.bulk import remove_rows
from organiser.members.models import Member
from organiser.members.register_changes import register_touched

Listener = Callable[[orm.Session, list[UUID]], None]
MANY = 5_000
"""Members that one statement names."""
_SLOT = "members_removed"


def before_removal(app: Flask, listener: Listener) -> None:
    """Call ``listener`` with the session and the sorted ids of members (some at a time) who are about to go,
    with all rows that belong to them. Nobody else can change them any more, nor add anything about them.
    """
    app.extensions.setdefault(_SLOT, []).append(listener)


def remove_members(session: orm.Session, member_ids: Sequence[UUID]) -> None:
    """Remove these members of our tenant and what belongs to them; the register has changed, then."""
    session.flush()
    for some in _some(sorted(member_ids)):
        going = select(Member.id).where(Member.id.in_(some)).order_by(Member.id)
        session.execute(going.with_for_update()).all()
        for listener in current_app.extensions.get(_SLOT, []):
            listener(session, some)
    remove_rows(session, Member, sorted(member_ids))
    register_touched(session, member_ids)


def _some(ids: list[UUID]) -> Iterator[list[UUID]]:
    for start in range(0, len(ids), MANY):
        yield ids[start : start + MANY]
