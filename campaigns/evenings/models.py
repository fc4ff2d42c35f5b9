"""An evening of ringing, the personal links to it, and who was let in."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaigns.queue.models import CallAssignment
from organiser.accounts.models import Account
from organiser.core.database import CreatedAt
from organiser.core.tenancy import Tenanted, belongs_to, may_belong_to
from organiser.orgs.models import Organisation


class Evening(Tenanted):
    """A time when an assignment is rung, or, with ``whole_campaign``, every list of its campaign; its code is
    said aloud and ends with it. The code is never stored: it follows from the installation's secret and
    ``generation``, which goes up when a new one is wanted.
    """

    __tablename__ = "evening"

    assignment_id, assignment = belongs_to(CallAssignment)
    whole_campaign: Mapped[bool] = mapped_column(default=False)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    generation: Mapped[int] = mapped_column(default=1)
    made_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    created_at: Mapped[CreatedAt]

    @property
    def unit(self) -> Organisation:
        """For whom is rung: the association, or the district whose pool it is."""
        return self.assignment.campaign.organisation if self.whole_campaign else self.assignment.organisation


class Invitation(Tenanted):
    """A personal link for one caller to one evening: opens nothing alone, and works once. ``browser_hash``
    knows the browser that used it, which may come in again while its shift lasts. One that is ``shared``
    hangs on the wall as a square: whoever comes in by it gets an invitation of their own. ``email``: where a
    personal one was sent, if it was.
    """

    __tablename__ = "invitation"
    __table_args__ = (UniqueConstraint("tenant_id", "token_hash"),)

    evening_id, evening = belongs_to(Evening)
    name: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    shared: Mapped[bool] = mapped_column(default=False)
    token_hash: Mapped[str]
    wrong_codes: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[datetime | None]
    browser_hash: Mapped[str] = mapped_column(default="")
    revoked_at: Mapped[datetime | None]
    created_at: Mapped[CreatedAt]


class Shift(Tenanted):
    """A caller let in to one assignment, or to all lists of its campaign, until the evening ends or somebody
    ends it; ``invitation``: by which link they came. ``own_number``: theirs, so that they are not given
    themselves; forgotten with the shift.
    """

    __tablename__ = "shift"
    __table_args__ = (
        Index(None, "tenant_id", "account_id"),
        UniqueConstraint("tenant_id", "invitation_id"),
    )

    evening_id, evening = belongs_to(Evening)
    assignment_id, assignment = belongs_to(CallAssignment)
    invitation_id, invitation = may_belong_to(Invitation)
    whole_campaign: Mapped[bool] = mapped_column(default=False)
    own_number: Mapped[str] = mapped_column(default="")
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    account: Mapped[Account] = relationship()
