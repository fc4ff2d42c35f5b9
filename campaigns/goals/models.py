"""How large a share of a unit's members we mean to have reached, and by when."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from organiser.core.database import CreatedAt
from organiser.core.tenancy import Tenanted, belongs_to
from organiser.orgs.models import Organisation


class Measure(StrEnum):
    """What a goal counts; campaigns/goals/measures.py has the one select of each."""

    CONTACTED = "contacted"


class Goal(Tenanted):
    """A share, in whole per cent of all members of the unit, to be reached by a day."""

    __tablename__ = "goal"
    __table_args__ = (
        UniqueConstraint("tenant_id", "organisation_id", "measure"),
        CheckConstraint("percent BETWEEN 1 AND 100", "percent_is_a_share"),
    )

    organisation_id, organisation = belongs_to(Organisation)
    measure: Mapped[Measure] = mapped_column(default=Measure.CONTACTED)
    percent: Mapped[int]
    due_on: Mapped[date]
    set_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    created_at: Mapped[CreatedAt]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
