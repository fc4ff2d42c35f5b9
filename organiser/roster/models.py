"""Member lists on their way in, those read in, and what each of them changed for whom."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from organiser.accounts.models import Account
from organiser.core.database import CreatedAt
from organiser.core.tenancy import Tenanted, belongs_to
from organiser.orgs.models import Organisation
from organiser.roster.decisions import DecisionKind


class ImportDraft(Tenanted):
    """A file somebody has sent and not yet confirmed; kept a few days, then swept away.

    ``choices`` says what becomes of each column (by its place), where somebody chose otherwise than we
    guessed; ``encoding`` and ``sheet`` where they know better how the file is read.
    """

    __tablename__ = "import_draft"
    __table_args__ = (Index(None, "tenant_id", "expires_at"),)

    organisation_id, organisation = belongs_to(Organisation)
    made_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    file_name: Mapped[str]
    digest: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    encoding: Mapped[str | None]
    sheet: Mapped[str | None]
    choices: Mapped[dict[str, str]] = mapped_column(default=dict)
    remembered_at: Mapped[datetime | None]
    created_at: Mapped[CreatedAt]
    expires_at: Mapped[datetime]


class ImportBatch(Tenanted):
    """A list that was read in. Its id is its draft's, so that confirming twice reads in once.

    ``columns`` maps each heading to its field, or null where it was kept beside; ``choices`` is what was
    settled for each heading, for the next file with the same ``headings_digest``; ``told`` counts problems;
    ``undone`` says what an undo put back and what it left as it was.
    """

    __tablename__ = "import_batch"
    __table_args__ = (
        Index(None, "tenant_id", "created_at"),
        Index(None, "tenant_id", "headings_digest"),
    )

    organisation_id, organisation = belongs_to(Organisation)
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    file_name: Mapped[str]
    digest: Mapped[str]
    encoding: Mapped[str | None]
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    columns: Mapped[dict[str, Any]] = mapped_column(default=dict)
    choices: Mapped[dict[str, str]] = mapped_column(default=dict)
    headings_digest: Mapped[str] = mapped_column(default="")
    told: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[CreatedAt]
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    undone: Mapped[dict[str, Any]] = mapped_column(default=dict)

    by: Mapped[Account | None] = relationship(foreign_keys=[by_id])
    undone_by: Mapped[Account | None] = relationship(foreign_keys=[undone_by_id])


class ImportChange(Tenanted):
    """What one row did to one member: the fields it touched as they were ``before`` and ``after``.

    It keeps the member's id without a foreign key, since it outlives a member whose enrolment is undone.
    """

    __tablename__ = "import_change"
    __table_args__ = (Index(None, "tenant_id", "member_id"),)

    batch_id, batch = belongs_to(ImportBatch)
    member_id: Mapped[UUID]
    line: Mapped[int]
    kind: Mapped[DecisionKind]
    before: Mapped[dict[str, Any]] = mapped_column(default=dict)
    after: Mapped[dict[str, Any]] = mapped_column(default=dict)
