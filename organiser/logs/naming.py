"""Names for the ids in a log; whoever is named by it has been seen, and that is noted too."""

from collections.abc import Iterable
from uuid import UUID

from organiser.audit.models import Why
from organiser.audit.services import saw
from organiser.core.database import db
from organiser.core.i18n import _
from organiser.logs import queries
from organiser.members.page_queries import names_of
from organiser.members.tag_queries import names_of_tags


def members_named(ids: Iterable[UUID]) -> dict[str, str]:
    """Name of each member that is still there, by the id as text; noted as seen in the log."""
    members = db.session.scalars(queries.names_of_members(ids)).all()
    saw([member.id for member in members], Why.LOG)
    return {str(member.id): member.name or str(_("No name")) for member in members}


def accounts_named(ids: Iterable[UUID | None]) -> dict[UUID | None, str]:
    """Who did it; without an account it was the command line."""
    named = db.session.execute(names_of({id for id in ids if id is not None}))
    names: dict[UUID | None, str] = {row[0]: row[1] for row in named}
    names[None] = str(_("The program, on the server"))
    return names


def tags_named(ids: Iterable[UUID]) -> dict[str, str]:
    """Name of each tag, by the id as text."""
    return {str(row[0]): row[1] for row in db.session.execute(names_of_tags({*ids}))}


def units_named(ids: Iterable[UUID]) -> dict[str, str]:
    """Name of each unit, by the id as text."""
    return {str(row[0]): row[1] for row in db.session.execute(queries.names_of_units(ids))}
