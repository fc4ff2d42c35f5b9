"""A tenant is a root organisation with all its units; the rows of one never meet those of another."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship, remote

from organiser.core.database import CreatedAt, Model, SortKey
from organiser.core.tenancy import Tenanted
from organiser.orgs.kinds import OrgKind


class Tenant(Model):
    """What is set once for a root organisation and all below it."""

    __tablename__ = "tenant"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    time_zone: Mapped[str] = mapped_column(default="Europe/Stockholm")
    language: Mapped[str] = mapped_column(default="sv")
    words: Mapped[dict[str, str]] = mapped_column(default=dict)
    created_at: Mapped[CreatedAt]

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


class Organisation(Tenanted):
    """One unit. ``path`` is the slash-ended line of ids from the root down to itself."""

    __tablename__ = "organisation"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id"], ["tenant.id"]),
        ForeignKeyConstraint(
            ["tenant_id", "parent_id"], ["organisation.tenant_id", "organisation.id"], ondelete="RESTRICT"
        ),
        UniqueConstraint("tenant_id", "slug"),
        Index(None, "tenant_id", "parent_id"),
        Index(None, "tenant_id", "path"),
    )

    parent_id: Mapped[UUID | None]
    slug: Mapped[str]
    name: Mapped[str]
    kind: Mapped[OrgKind]
    code: Mapped[str] = mapped_column(default="")
    path: Mapped[SortKey]
    sort_key: Mapped[SortKey]
    closed_at: Mapped[datetime | None]
    created_at: Mapped[CreatedAt]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    @property
    def is_open(self) -> bool:
        """Whether it takes new members and call assignments; a closed unit keeps those it has."""
        return self.closed_at is None

    parent: Mapped[Organisation | None] = relationship(
        primaryjoin=lambda: (
            (foreign(Organisation.parent_id) == remote(Organisation.id))
            & (Organisation.tenant_id == remote(Organisation.tenant_id))
        ),
        back_populates="children",
    )
    children: Mapped[list[Organisation]] = relationship(
        primaryjoin=lambda: (
            (Organisation.id == foreign(remote(Organisation.parent_id)))
            & (Organisation.tenant_id == remote(Organisation.tenant_id))
        ),
        back_populates="parent",
        order_by=lambda: Organisation.sort_key,
        passive_deletes="all",
    )


__all__ = ["OrgKind", "Organisation", "Tenant"]
