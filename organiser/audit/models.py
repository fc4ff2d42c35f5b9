"""The two logs. They keep ids without foreign keys, since a log outlives what it tells of."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from organiser.core import clock
from organiser.core.tenancy import Tenanted


class Why(StrEnum):
    """Why somebody was shown a member."""

    LIST = "list"
    PAGE = "page"
    EDIT = "edit"
    CALL = "call"
    NUMBER = "number"
    IMPORT = "import"
    EXPORT = "export"
    LOG = "log"


class AccessEntry(Tenanted):
    """Somebody was shown a member."""

    __tablename__ = "access_entry"
    __table_args__ = (
        Index(None, "tenant_id", "at"),
        Index(None, "tenant_id", "member_id"),
    )

    at: Mapped[datetime] = mapped_column(default=clock.now)
    actor_id: Mapped[UUID | None]
    member_id: Mapped[UUID]
    why: Mapped[Why]
    request_id: Mapped[str] = mapped_column(default="")


class Deed(StrEnum):
    """What was done to a row."""

    CREATED = "created"
    CHANGED = "changed"
    REMOVED = "removed"


class ChangeEntry(Tenanted):
    """Somebody changed something: which row, and each column's old and new value."""

    __tablename__ = "change_entry"
    __table_args__ = (
        Index(None, "tenant_id", "at"),
        Index(None, "tenant_id", "subject_id"),
    )

    at: Mapped[datetime] = mapped_column(default=clock.now)
    actor_id: Mapped[UUID | None]
    deed: Mapped[Deed]
    subject: Mapped[str]
    subject_id: Mapped[UUID]
    changes: Mapped[dict[str, Any]] = mapped_column(default=dict)
    request_id: Mapped[str] = mapped_column(default="")
