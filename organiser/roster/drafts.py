"""A file on its way in: sent, its columns matched, and read again at every step until it is confirmed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from organiser.core.database import db
from organiser.core.text import squeeze
from organiser.roster import queries
from organiser.roster.models import ImportDraft
from organiser.roster.reading import ReadList, read_list
from organiser.roster.services import LONGEST_NAME

KEPT_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Sent:
    """A file somebody sends for a unit, under an id the form made: sending it twice keeps it once."""

    id: UUID
    unit_id: UUID
    file_name: str
    content: bytes
    account_id: UUID


def begin(sent: Sent, at: datetime, today: date) -> ImportDraft:
    """Keep the file. Columns are matched as they were in the last list with the same headings. Raises
    ``Unreadable``.
    """
    known = db.session.scalar(select(ImportDraft).where(ImportDraft.id == sent.id))
    if known is not None:
        return known
    read = read_list(sent.content, sent.file_name, today)
    before = db.session.scalar(queries.last_with_headings(read.headings_digest))
    draft = ImportDraft(
        id=sent.id,
        organisation_id=sent.unit_id,
        made_by_id=sent.account_id,
        file_name=squeeze(sent.file_name)[:LONGEST_NAME],
        digest=read.digest,
        content=sent.content,
        choices=before.choices if before else {},
        remembered_at=before.created_at if before else None,
        created_at=at,
        expires_at=at + KEPT_FOR,
    )
    db.session.add(draft)
    db.session.flush()
    return draft


def read_draft(draft: ImportDraft, today: date) -> ReadList:
    """The draft's file, read as somebody chose. Raises ``Unreadable``."""
    return read_list(
        draft.content,
        draft.file_name,
        today,
        choices=draft.choices,
        encoding=draft.encoding,
        sheet=draft.sheet,
    )


def settle(draft: ImportDraft, choices: Mapping[str, str]) -> None:
    """Remember what becomes of each column, by its folded heading."""
    if dict(choices) != draft.choices:
        draft.choices, draft.remembered_at = dict(choices), None
    db.session.flush()


def read_otherwise(draft: ImportDraft, encoding: str | None, sheet: str | None, today: date) -> None:
    """Read the file's bytes in another encoding, or another of its sheets; columns are matched anew where
    the headings became others. Raises ``Unreadable``, and nothing is changed.
    """
    read = read_list(draft.content, draft.file_name, today, encoding=encoding, sheet=sheet)
    draft.encoding, draft.sheet = encoding, sheet
    if set(draft.choices) != set(read.choices):
        draft.choices, draft.remembered_at = {}, None
    db.session.flush()


def discard(draft: ImportDraft) -> None:
    """The file is forgotten."""
    db.session.delete(draft)
    db.session.flush()
