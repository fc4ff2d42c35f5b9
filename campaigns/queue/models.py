"""Campaigns, an assignment per association, each member's place on it, every attempt, what is left to do."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaigns.queue.outcomes import Outcome
from campaigns.queue.states import ErrandKind, TargetState, Turn
from campaigns.surveys.models import Survey
from organiser.accounts.models import Account
from organiser.core.database import CreatedAt, index_while, unique_while
from organiser.core.tenancy import Tenanted, belongs_to, may_belong_to
from organiser.members.models import Member
from organiser.orgs.models import Organisation

OPEN = "outcome IS NULL AND given_back_at IS NULL"


class Campaign(Tenanted):
    """Why a district (or any unit) rings its members, whom, when, and what is said. ``audience`` and
    ``rules``: as campaigns.queue.audience and campaigns.queue.rules write them. ``paused_at``: nobody is
    dealt out since.
    """

    __tablename__ = "campaign"
    __table_args__ = (CheckConstraint("ends_on >= starts_on", "ends_after_it_starts"),)

    organisation_id, organisation = belongs_to(Organisation)
    title: Mapped[str]
    purpose: Mapped[str] = mapped_column(default="")
    script: Mapped[str] = mapped_column(default="")
    audience: Mapped[dict[str, object]] = mapped_column(default=dict)
    rules: Mapped[dict[str, object]] = mapped_column(default=dict)
    survey_id, survey = may_belong_to(Survey)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    made_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    created_at: Mapped[CreatedAt]
    paused_at: Mapped[datetime | None]
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
    """A member's place in one assignment. ``turn`` and then ``due_at`` (not before this moment) say who of
    those in the queue comes next; ``campaign_id`` is the assignment's, for those who ring all its lists.
    """

    __tablename__ = "target"
    __table_args__ = (
        UniqueConstraint("tenant_id", "assignment_id", "member_id"),
        Index("ix_target_queue", "tenant_id", "assignment_id", "state", "turn", "due_at", "id"),
        Index("ix_target_pool", "tenant_id", "campaign_id", "state", "turn", "due_at", "id"),
    )

    campaign_id, campaign = belongs_to(Campaign)
    assignment_id, assignment = belongs_to(CallAssignment)
    assignment_id.active_history = True  # as of ``state``: the lists' counts ask where a member stood before
    member_id, member = belongs_to(Member)
    state: Mapped[TargetState] = mapped_column(default=TargetState.QUEUED, active_history=True)
    turn: Mapped[Turn] = mapped_column(SmallInteger, default=Turn.NEW)
    due_at: Mapped[CreatedAt]
    tries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[CreatedAt]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class Call(Tenanted):
    """One attempt by one caller to reach one member: open (on a lease) until an outcome, or given back.

    Of all campaigns, one open call per member and per caller, and per number of a household (``HeldNumber``):
    the database sees to it. ``rests_until``: nobody rings the member before then, in any campaign, but for
    what was promised them. ``revealed_at``: when the caller first asked to see the number.
    ``undo``: what to put back, and the keys of the pages whose story was taken back. ``also_told``: other
    stories told of this call afterwards, kept and never acted on. One with an outcome that was given back too
    was reported when the member had been passed on: it happened, and changed nothing but a block.
    """

    __tablename__ = "call"
    __table_args__ = (
        unique_while(OPEN, "uq_call_open_member", "tenant_id", "member_id"),
        unique_while(OPEN, "uq_call_open_caller", "tenant_id", "caller_id"),
        CheckConstraint("outcome IS NOT NULL OR call_back_at IS NULL", "call_back_needs_outcome"),
        Index(None, "tenant_id", "caller_id", "taken_at"),
        index_while("reported_at IS NOT NULL", "ix_call_reported", "tenant_id", "reported_at"),
    )

    target_id, target = belongs_to(Target)
    member_id, member = belongs_to(Member)
    caller_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    e164: Mapped[str]
    taken_at: Mapped[datetime]
    lease_until: Mapped[datetime]
    revealed_at: Mapped[datetime | None]
    given_back_at: Mapped[datetime | None]
    outcome: Mapped[Outcome | None]
    reported_at: Mapped[datetime | None]
    call_back_at: Mapped[datetime | None]
    rests_until: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(default="")
    message: Mapped[str] = mapped_column(default="")
    undo: Mapped[dict[str, object] | None]
    also_told: Mapped[list[dict[str, object]]] = mapped_column(JSON, default=list)

    caller: Mapped[Account] = relationship()

    @property
    def is_open(self) -> bool:
        """Whether its caller still holds the member."""
        return self.outcome is None and self.given_back_at is None


class HeldNumber(Tenanted):
    """A number of a member who is held, also one that was found to be wrong: that may be taken back. A
    household that shares one is rung by one caller at a time, in whatever campaign; it goes when the call is
    no longer open.
    """

    __tablename__ = "held_number"
    __table_args__ = (UniqueConstraint("tenant_id", "e164"),)

    call_id, call = belongs_to(Call)
    e164: Mapped[str]


class FollowUp(Tenanted):
    """Something an organiser must do for a member, because of a call: who does it, by when, and what was
    done.

    ``call_id`` is the call that told of it; a call taken back takes its follow-ups along. ``deed`` and
    ``note``: what was done, and what was written of it; ``undo``: what to put back.
    """

    __tablename__ = "follow_up"
    __table_args__ = (
        UniqueConstraint("tenant_id", "call_id", "kind"),
        Index("ix_follow_up_open", "tenant_id", "assignment_id", "done_at", "due_on"),
    )

    assignment_id, assignment = belongs_to(CallAssignment)
    target_id, target = belongs_to(Target)
    member_id, member = belongs_to(Member)
    call_id, call = may_belong_to(Call)
    kind: Mapped[ErrandKind]
    words: Mapped[str] = mapped_column(default="")
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    due_on: Mapped[date]
    created_at: Mapped[CreatedAt]
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    deed: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    undo: Mapped[dict[str, object] | None]

    owner: Mapped[Account | None] = relationship(foreign_keys=[owner_id])
