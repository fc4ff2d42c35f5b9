"""Campaigns, an assignment per association, the members it targets, and every attempt to reach them."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaigns.queue.outcomes import Outcome
from campaigns.queue.states import TargetState
from organiser.accounts.models import Account
from organiser.core.database import CreatedAt, unique_while
from organiser.core.tenancy import Tenanted, belongs_to
from organiser.members.models import Member
from organiser.orgs.models import Organisation

OPEN = "outcome IS NULL AND given_back_at IS NULL"


class Campaign(Tenanted):
    """Why a district (or any unit) rings its members, and what is said."""

    __tablename__ = "campaign"
    __table_args__ = (CheckConstraint("ends_on >= starts_on", "ends_after_it_starts"),)

    organisation_id, organisation = belongs_to(Organisation)
    title: Mapped[str]
    purpose: Mapped[str] = mapped_column(default="")
    script: Mapped[str] = mapped_column(default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    made_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    created_at: Mapped[CreatedAt]
    closed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class CallAssignment(Tenanted):
    """One association's list to ring in a campaign."""

    __tablename__ = "call_assignment"
    __table_args__ = (UniqueConstraint("tenant_id", "campaign_id", "organisation_id"),)

    campaign_id, campaign = belongs_to(Campaign)
    organisation_id, organisation = belongs_to(Organisation)
    responsible_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    created_at: Mapped[CreatedAt]
    closed_at: Mapped[datetime | None]

    responsible: Mapped[Account | None] = relationship()


class Target(Tenanted):
    """A member's place in one assignment's queue. ``due_at``: not before this moment; none: at once."""

    __tablename__ = "target"
    __table_args__ = (
        UniqueConstraint("tenant_id", "assignment_id", "member_id"),
        Index("ix_target_queue", "tenant_id", "assignment_id", "state", "promised", "tries", "due_at"),
    )

    assignment_id, assignment = belongs_to(CallAssignment)
    member_id, member = belongs_to(Member)
    state: Mapped[TargetState] = mapped_column(default=TargetState.QUEUED)
    due_at: Mapped[datetime | None]
    promised: Mapped[bool] = mapped_column(default=False)
    tries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[CreatedAt]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class Call(Tenanted):
    """One attempt by one caller to reach one member: open (on a lease) until an outcome, or given back.

    Of all campaigns, one open call per member, per number and per caller: the database sees to it.
    ``undo``: what to put back, and the keys of the pages whose story was taken back. ``also_told``: other
    stories told of this call afterwards, kept and never acted on. One with an outcome that was given back too
    was reported when the member had been passed on: it happened, and changed nothing but a block.
    ``handled_at``: when an organiser had dealt with what its caller told.
    """

    __tablename__ = "call"
    __table_args__ = (
        unique_while(OPEN, "uq_call_open_member", "tenant_id", "member_id"),
        unique_while(OPEN, "uq_call_open_number", "tenant_id", "e164"),
        unique_while(OPEN, "uq_call_open_caller", "tenant_id", "caller_id"),
        CheckConstraint("outcome IS NOT NULL OR call_back_at IS NULL", "call_back_needs_outcome"),
        Index(None, "tenant_id", "caller_id", "taken_at"),
        Index(None, "tenant_id", "outcome", "reported_at"),
    )

    target_id, target = belongs_to(Target)
    member_id, member = belongs_to(Member)
    caller_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    e164: Mapped[str]
    taken_at: Mapped[datetime]
    lease_until: Mapped[datetime]
    given_back_at: Mapped[datetime | None]
    outcome: Mapped[Outcome | None]
    reported_at: Mapped[datetime | None]
    call_back_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(default="")
    message: Mapped[str] = mapped_column(default="")
    undo: Mapped[dict[str, object] | None]
    also_told: Mapped[list[dict[str, object]]] = mapped_column(JSON, default=list)
    handled_at: Mapped[datetime | None]

    caller: Mapped[Account] = relationship()

    @property
    def is_open(self) -> bool:
        """Whether its caller still holds the member."""
        return self.outcome is None and self.given_back_at is None
