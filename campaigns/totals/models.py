"""What each member has come to, each unit's kept totals, and how they stood on earlier days."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from organiser.core.database import Model, index_while
from organiser.core.tenancy import Tenanted

UNIT = ["organisation.tenant_id", "organisation.id"]


class Standing(Tenanted):
    """What one member has come to, as it is counted; ``id`` is the member's.

    It may outlive the member for a moment, until they are taken out of the totals: so no foreign key.
    ``organisation_id``: where they are counted, none where they are not. ``callable``: on the day of
    settling; it turns by itself on ``turns_on`` (they come of age, or their last day is there), and again on
    ``turns_back_on``. The moments are the first of their kind, none: it has not happened. ``last_at``: the
    last call or contact.
    """

    __tablename__ = "standing"
    __table_args__ = (
        Index(None, "tenant_id", "organisation_id", "last_at"),
        index_while("turns_on IS NOT NULL", "ix_standing_turns", "tenant_id", "turns_on"),
    )

    organisation_id: Mapped[UUID | None]
    callable: Mapped[bool] = mapped_column(default=False)
    turns_on: Mapped[date | None]
    turns_back_on: Mapped[date | None]
    rung_at: Mapped[datetime | None]
    contacted_at: Mapped[datetime | None]
    talked_at: Mapped[datetime | None]
    surveyed_at: Mapped[datetime | None]
    active_at: Mapped[datetime | None]
    last_at: Mapped[datetime | None]


class Counted(Model):
    """How many members of a unit, and of those the ones who may be rung, have come to what."""

    __abstract__ = True

    on: Mapped[date]
    members: Mapped[int] = mapped_column(default=0)
    callable: Mapped[int] = mapped_column(default=0)
    rung: Mapped[int] = mapped_column(default=0)
    contacted: Mapped[int] = mapped_column(default=0)
    contacted_callable: Mapped[int] = mapped_column(default=0)
    talked: Mapped[int] = mapped_column(default=0)
    talked_callable: Mapped[int] = mapped_column(default=0)
    surveyed: Mapped[int] = mapped_column(default=0)
    surveyed_callable: Mapped[int] = mapped_column(default=0)
    active: Mapped[int] = mapped_column(default=0)
    active_callable: Mapped[int] = mapped_column(default=0)


class Total(Counted, Tenanted):
    """A unit's own members as they are counted now; ``id`` is the unit's, ``on`` the day of the last change
    where the tenant is.
    """

    __tablename__ = "total"
    __table_args__ = (ForeignKeyConstraint(["tenant_id", "id"], UNIT, ondelete="CASCADE"),)


class TotalDay(Counted, Tenanted):
    """How a unit's total stood at the end of the day ``on``, and until its next change on a later day."""

    __tablename__ = "total_day"
    __table_args__ = (
        UniqueConstraint("tenant_id", "organisation_id", "on"),
        ForeignKeyConstraint(["tenant_id", "organisation_id"], UNIT, ondelete="CASCADE"),
    )

    organisation_id: Mapped[UUID]


COUNTS = (
    "members",
    "callable",
    "rung",
    "contacted",
    "contacted_callable",
    "talked",
    "talked_callable",
    "surveyed",
    "surveyed_callable",
    "active",
    "active_callable",
)
"""The columns that count."""
