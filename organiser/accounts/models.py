"""Accounts, the roles they hold and their sign-ins: all above the tenants."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from organiser.accounts.kinds import LinkPurpose
from organiser.accounts.permissions import Permission, Role
from organiser.core.database import CreatedAt, Model, PrimaryKey


class Account(Model):
    """Somebody who signs in; a caller who joined by link has neither e-mail nor password."""

    __tablename__ = "account"

    id: Mapped[PrimaryKey]
    email: Mapped[str | None] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="sv")
    password: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    totp_secret: Mapped[str | None]
    totp_candidate: Mapped[str | None]
    totp_last_counter: Mapped[int] = mapped_column(default=0)
    recovery_codes: Mapped[list[str]] = mapped_column(default=list)
    created_at: Mapped[CreatedAt]

    grants: Mapped[list[Grant]] = relationship(back_populates="account", lazy="selectin")

    def may(self, permission: Permission, tenant_id: int | None) -> bool:
        """Whether some grant of this tenant holds ``permission``; where it reaches is the query's scope."""
        return any(permission in held.role.permissions for held in self.grants if held.tenant_id == tenant_id)

    @property
    def sees_many(self) -> bool:
        """Whether some role, in whatever tenant, opens more than one member: a password is not enough."""
        return any(held.role.sees_many for held in self.grants)

    @property
    def tenant_ids(self) -> list[int]:
        """The tenants where a role is held, first made first."""
        return sorted({held.tenant_id for held in self.grants})


class Grant(Model):
    """A role held in one unit; it reaches down to every unit below."""

    __tablename__ = "role_grant"
    __table_args__ = (
        UniqueConstraint("tenant_id", "organisation_id", "account_id", "role"),
        ForeignKeyConstraint(
            ["tenant_id", "organisation_id"],
            ["organisation.tenant_id", "organisation.id"],
            ondelete="CASCADE",
        ),
        Index(None, "account_id"),
    )

    id: Mapped[PrimaryKey]
    tenant_id: Mapped[int]
    organisation_id: Mapped[UUID]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    role: Mapped[Role]
    created_at: Mapped[CreatedAt]

    account: Mapped[Account] = relationship(back_populates="grants")


class SignIn(Model):
    """One browser let in, for one account in one tenant, until it ends, is ended, or its shift is over."""

    __tablename__ = "sign_in"

    id: Mapped[PrimaryKey]
    token_hash: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    tenant_id: Mapped[int | None] = mapped_column(ForeignKey("tenant.id"))
    browser: Mapped[str] = mapped_column(default="")
    second_step: Mapped[bool] = mapped_column(default=False)
    started_at: Mapped[CreatedAt]
    ends_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    account: Mapped[Account] = relationship()


class Link(Model):
    """A link sent to one person, to be used once; the database keeps only the hash of what stands in it."""

    __tablename__ = "link"

    id: Mapped[PrimaryKey]
    token_hash: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[LinkPurpose]
    made_at: Mapped[CreatedAt]
    ends_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    account: Mapped[Account] = relationship()


class Throttle(Model):
    """How often something was tried and failed under one key (an account, an address) in one window."""

    __tablename__ = "throttle"

    key: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int] = mapped_column(default=0)
    window_ends_at: Mapped[datetime]
