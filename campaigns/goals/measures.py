"""What counts as contacted and as talked with: one definition each, for every page, file and command.

The words for them stand in campaigns/goals/words.py and docs/stats.md. Only current members count, those
whose membership is not over, below and above the line alike. A call that was given back has no outcome and
one that was undone has lost it, so neither counts; one reported after its lease had run out was made, and
counts.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, or_, select

from campaigns.queue.call_queries import REACHED
from campaigns.queue.models import Call
from campaigns.queue.outcomes import Outcome
from organiser.members.models import Contact, Member
from organiser.members.rules import OVER_STATUSES

Units = Collection[UUID]
"""Ids, not a query for them: PostgreSQL would take a path's prefix to match one unit, and plan for that."""
TALKED = [Outcome.TALKED, Outcome.CALLED_BACK]


def current_members(unit_ids: Units) -> Select[Member]:
    """The members of these units, but those who left, were expelled or have died."""
    return select(Member).where(Member.organisation_id.in_(unit_ids), Member.status.not_in(OVER_STATUSES))


def calls_by_member(unit_ids: Units) -> Select[UUID, Any, Any, Any]:
    """For each member rung: when first met, when first talked with, when last rung."""
    members = current_members(unit_ids).with_only_columns(Member.id)
    return (
        select(
            Call.member_id,
            func.min(case((Call.outcome.in_(REACHED), Call.reported_at))).label("met_at"),
            func.min(case((Call.outcome.in_(TALKED), Call.reported_at))).label("talked_at"),
            func.max(Call.reported_at).label("last_at"),
        )
        .where(Call.outcome.is_not(None), Call.outcome != Outcome.SKIPPED, Call.member_id.in_(members))
        .group_by(Call.member_id)
    )


def contacts_by_member(unit_ids: Units) -> Select[UUID, date, date]:
    """For each member of the units who was met by another channel: the first day and the last."""
    members = current_members(unit_ids).with_only_columns(Member.id)
    return (
        select(Contact.member_id, func.min(Contact.on).label("met_on"), func.max(Contact.on).label("last_on"))
        .where(Contact.member_id.in_(members))
        .group_by(Contact.member_id)
    )


@dataclass(frozen=True, slots=True)
class Traces:
    """What calls and other contacts have left with the members of some units, one row a member at most."""

    unit_ids: Units
    calls: Subquery
    contacts: Subquery

    @classmethod
    def of(cls, unit_ids: Units) -> Self:
        """The traces in these units."""
        return cls(unit_ids, calls_by_member(unit_ids).subquery(), contacts_by_member(unit_ids).subquery())

    def members(self, *columns: Any) -> Select[*tuple[Any, ...]]:
        """``columns`` over every current member of the units, with or without traces."""
        return (
            current_members(self.unit_ids)
            .with_only_columns(*columns)
            .outerjoin(self.calls, self.calls.c.member_id == Member.id)
            .outerjoin(self.contacts, self.contacts.c.member_id == Member.id)
        )

    @property
    def contacted(self) -> ColumnElement[bool]:
        """Reached by a call, or met by another channel."""
        return or_(self.calls.c.met_at.is_not(None), self.contacts.c.met_on.is_not(None))

    def contacted_before(self, at: datetime, on: date) -> ColumnElement[bool]:
        """The same before the moment ``at``, which falls on the day ``on`` where the tenant is."""
        by_call = and_(self.calls.c.met_at.is_not(None), self.calls.c.met_at < at)
        return or_(by_call, and_(self.contacts.c.met_on.is_not(None), self.contacts.c.met_on < on))

    @property
    def talked(self) -> ColumnElement[bool]:
        """A conversation by telephone was had to its end: we rang them, or they rang back."""
        return self.calls.c.talked_at.is_not(None)

    def talked_before(self, at: datetime) -> ColumnElement[bool]:
        return and_(self.talked, self.calls.c.talked_at < at)
