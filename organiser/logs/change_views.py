"""The change log: who added, changed or removed what, old beside new."""

from collections.abc import Sequence
from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue

from organiser.accounts.current import current_account
from organiser.accounts.guard import requires
from organiser.accounts.permissions import Permission
from organiser.audit.models import ChangeEntry
from organiser.core import clock
from organiser.core.database import db
from organiser.core.i18n import _
from organiser.logs import queries, telling, words
from organiser.logs.blueprint import blueprint
from organiser.logs.choosing import Chosen, address, chosen
from organiser.logs.naming import accounts_named, members_named, tags_named, units_named
from organiser.logs.views import reads_all
from organiser.web.paging import page_of


@blueprint.get("/changes")
@requires(Permission.READ_LOGS)
def changes() -> ResponseReturnValue:
    """Changes, newest first."""
    choice = chosen(clock.now())
    page = page_of(queries.changes(current_account(), choice, whole=reads_all()))
    return render_template(
        "logs/changes.html",
        page=page,
        lines=_lines(page.rows),
        choice=choice,
        who=accounts_named({row.actor_id for row in page.rows} | {choice.who}),
        kinds=_kinds(choice),
    )


def _lines(entries: Sequence[ChangeEntry]) -> list[telling.Line]:
    behind = _members_behind(entries)
    ids = telling.ids_in(entries)
    accounts = {str(id): name for id, name in accounts_named(ids).items() if id}
    names = (
        accounts | units_named(ids) | tags_named(ids) | members_named({*ids, *filter(None, behind.values())})
    )
    return [telling.told(entry, behind[entry.id], names) for entry in entries]


def _members_behind(entries: Sequence[ChangeEntry]) -> dict[UUID, UUID | None]:
    """Entry's id to the member it concerns, found through the row where the entry does not name one."""
    behind = {entry.id: telling.member_named(entry) for entry in entries}
    for subject in queries.OF_A_MEMBER:
        lost = {entry.subject_id for entry in entries if entry.subject == subject and not behind[entry.id]}
        if lost:
            found = {row[0]: row[1] for row in db.session.execute(queries.members_behind(subject, lost))}
            behind |= {entry.id: found[entry.subject_id] for entry in entries if entry.subject_id in found}
    return behind


def _kinds(choice: Chosen) -> list[dict[str, object]]:
    known = [(key, str(words.SUBJECTS.get(key, key))) for key in db.session.scalars(queries.subjects())]
    everything = [("", str(_("All"))), *sorted(known, key=lambda pair: pair[1])]
    return [
        {"text": text, "url": address("logs.changes", choice, kind=kind), "current": kind == choice.kind}
        for kind, text in everything
    ]
