"""Two numbers of every call list, kept so that nobody need count its members to tell them."""

from __future__ import annotations

from sqlalchemy import ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from organiser.core.tenancy import Tenanted


class ListCount(Tenanted):
    """How many members are on a call assignment, and how many of them are left to ring; ``id`` is the
    assignment's. A list that nobody ever stood on has none.
    """

    __tablename__ = "list_count"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "id"], ["call_assignment.tenant_id", "call_assignment.id"], ondelete="CASCADE"
        ),
    )

    on_list: Mapped[int] = mapped_column(default=0)
    left: Mapped[int] = mapped_column(default=0)
