"""A member, the numbers that reach them, the blocks they asked for, and contacts by other ways."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from organiser.accounts.models import Account
from organiser.core.database import CreatedAt, SortKey, unique_while
from organiser.core.tenancy import Tenanted, belongs_to
from organiser.members.kinds import (
    BlockScope,
    Channel,
    Gender,
    MemberStatus,
    NumberState,
    PhoneKind,
    Source,
)
from organiser.orgs.models import Organisation


class Member(Tenanted):
    """Somebody on an association's list, with or without a number to ring.

    ``search_key`` and ``sort_key`` are computed (organiser.core.text), for both engines to find and order by.
    ``extra`` holds columns of lists we have no field for, by their heading.
    """

    __tablename__ = "member"
    __table_args__ = (
        UniqueConstraint("tenant_id", "number"),
        Index(None, "tenant_id", "sort_key", "id"),
        Index(None, "tenant_id", "organisation_id", "sort_key"),
    )

    organisation_id, organisation = belongs_to(Organisation)
    number: Mapped[str | None]
    first_name: Mapped[str] = mapped_column(default="")
    last_name: Mapped[str] = mapped_column(default="")
    birth_date: Mapped[date | None]
    birth_year: Mapped[int | None]
    gender: Mapped[Gender | None]
    email: Mapped[str] = mapped_column(default="")
    co_address: Mapped[str] = mapped_column(default="")
    street: Mapped[str] = mapped_column(default="")
    postcode: Mapped[str] = mapped_column(default="")
    city: Mapped[str] = mapped_column(default="")
    country: Mapped[str] = mapped_column(default="")
    municipality: Mapped[str] = mapped_column(default="")
    joined_on: Mapped[date | None]
    left_on: Mapped[date | None]
    paid_until: Mapped[date | None]
    status: Mapped[MemberStatus] = mapped_column(default=MemberStatus.ACTIVE)
    protected: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    extra: Mapped[dict[str, str]] = mapped_column(default=dict)
    search_key: Mapped[str] = mapped_column(default="")
    sort_key: Mapped[SortKey] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")
    created_at: Mapped[CreatedAt]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    numbers: Mapped[list[PhoneNumber]] = relationship(
        primaryjoin="and_(PhoneNumber.member_id == Member.id, PhoneNumber.tenant_id == Member.tenant_id)",
        foreign_keys="PhoneNumber.member_id",
        back_populates="member",
        order_by="PhoneNumber.position, PhoneNumber.id",
    )
    blocks: Mapped[list[Block]] = relationship(
        primaryjoin="and_(Block.member_id == Member.id, Block.tenant_id == Member.tenant_id)",
        foreign_keys="Block.member_id",
        back_populates="member",
        order_by="Block.set_at",
    )

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


class PhoneNumber(Tenanted):
    """A number that may reach a member, in E.164, and what we know of it."""

    __tablename__ = "phone_number"
    __table_args__ = (Index(None, "tenant_id", "e164"), UniqueConstraint("tenant_id", "member_id", "e164"))

    member_id, member = belongs_to(Member, back_populates="numbers")
    e164: Mapped[str]
    kind: Mapped[PhoneKind] = mapped_column(default=PhoneKind.PHONE)
    note: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)
    source: Mapped[Source] = mapped_column(default=Source.FILE)
    state: Mapped[NumberState] = mapped_column(default=NumberState.UNTRIED)
    state_at: Mapped[datetime | None]
    state_by: Mapped[UUID | None]


class Block(Tenanted):
    """What a member asked us not to do, who said so, and when somebody lifted it."""

    __tablename__ = "block"
    __table_args__ = (
        unique_while("lifted_at IS NULL", "uq_block_standing", "tenant_id", "member_id", "scope"),
    )

    member_id, member = belongs_to(Member, back_populates="blocks")
    scope: Mapped[BlockScope]
    reason: Mapped[str] = mapped_column(default="")
    source: Mapped[Source]
    set_at: Mapped[datetime]
    set_by: Mapped[UUID | None]
    lifted_at: Mapped[datetime | None]
    lifted_by: Mapped[UUID | None]
    lift_reason: Mapped[str] = mapped_column(default="")

    @property
    def is_standing(self) -> bool:
        return self.lifted_at is None


class Contact(Tenanted):
    """A member was met by another way than our calls; it counts as contact."""

    __tablename__ = "contact"

    member_id, member = belongs_to(Member)
    channel: Mapped[Channel]
    on: Mapped[date]
    note: Mapped[str] = mapped_column(default="")
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    created_at: Mapped[CreatedAt]

    by: Mapped[Account | None] = relationship()
