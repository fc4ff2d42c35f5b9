"""What share or number of a unit's members we mean to have come to something, and by when."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from campaigns.goals.progress import Aim, Base
from campaigns.totals.measures import Measure
from organiser.core.database import CreatedAt
from organiser.core.tenancy import Tenanted, belongs_to
from organiser.orgs.models import Organisation


class Goal(Tenanted):
    """One of a unit and measure: a share in whole per cent, or a number, of all the unit's members or of
    those who may be rung, to be reached by a day.
    """

    __tablename__ = "goal"
    __table_args__ = (
        UniqueConstraint("tenant_id", "organisation_id", "measure"),
        CheckConstraint("percent BETWEEN 1 AND 100", "percent_is_a_share"),
        CheckConstraint("number > 0", "number_is_somebody"),
        CheckConstraint("(percent IS NULL) <> (number IS NULL)", "either_share_or_number"),
    )

    organisation_id, organisation = belongs_to(Organisation)
    measure: Mapped[Measure] = mapped_column(default=Measure.CONTACTED)
    percent: Mapped[int | None]
    number: Mapped[int | None]
    base: Mapped[Base] = mapped_column(default=Base.MEMBERS)
    due_on: Mapped[date]
    set_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    created_at: Mapped[CreatedAt]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    @property
    def aim(self) -> Aim:
        return Aim(self.percent, self.due_on, self.number, self.base)


class GoalChange(Tenanted):
    """What an act did to the goal of one unit, so that the act can be taken back: what it was before, none
    where there was none, and the version it has had since, none where it was taken away.
    """

    __tablename__ = "goal_change"
    __table_args__ = (Index(None, "tenant_id", "act_id"),)

    act_id: Mapped[UUID]
    organisation_id, organisation = belongs_to(Organisation)
    measure: Mapped[Measure]
    before: Mapped[dict[str, object] | None]
    version: Mapped[int | None]
    created_at: Mapped[CreatedAt]
