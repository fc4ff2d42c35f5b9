"""Selects behind the totals: what members are counted as, and what is true of them."""

from collections.abc import Iterable
from datetime import date
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Date, Select, Uuid, bindparam, case, func, not_, or_, select

from campaigns.queue.models import Call
from campaigns.queue.outcomes import Outcome
from campaigns.surveys.models import Submission
from campaigns.totals.counting import State
from campaigns.totals.measures import NO_CALL, REACHED, TALKED
from campaigns.totals.models import COUNTS, Standing, Total
from organiser.core.prepared import ids, one_of, prepared
from organiser.members.kinds import TagKind
from organiser.members.models import Contact, Member
from organiser.members.queries import callable_on
from organiser.members.rules import OVER_STATUSES
from organiser.members.tag_models import MemberTag, Tag

DAYS = 4
"""Days of which the question is kept; one is enough but round midnight."""


@cache
def turned() -> Select[*tuple[Any, ...]]:
    """The ids of those whose state has turned by itself up to ``today``."""
    return prepared(select(Standing.id).where(Standing.turns_on <= bindparam("today", type_=Date)))


@cache
def held() -> Select[*tuple[Any, ...]]:
    """How the members ``ids`` are counted: id, then the columns of ``State``. Kept from every other writer,
    in one order.
    """
    columns = [getattr(Standing, name) for name in State._fields]
    query = select(Standing.id, *columns).where(Standing.id.in_(ids("ids")))
    return prepared(query.order_by(Standing.id).with_for_update())


@lru_cache(maxsize=DAYS)
def truth(today: date) -> Select[*tuple[Any, ...]]:
    """What is true of the members ``ids``: who they are, what happened with them first and last.

    Each part finds its rows by the member and by nothing else: no engine shall come to think it quicker to
    go through everything in the order of time, or by outcome.
    """
    query = select(
        Member.id,
        Member.organisation_id,
        Member.birth_date,
        Member.birth_year,
        Member.left_on,
        or_(*(Member.status == over for over in OVER_STATUSES)).label("over"),
        callable_on(today, with_minors=True).label("free"),
        _of(Call, func.min(_told(None))).label("rung_at"),
        _of(Call, func.min(_told(REACHED))).label("reached_at"),
        _of(Call, func.min(_told(TALKED))).label("talked_at"),
        _of(Call, func.max(_told(None))).label("last_call_at"),
        _of(Contact, func.min(Contact.on)).label("met_on"),
        _of(Contact, func.max(Contact.on)).label("last_met_on"),
        _of(Submission, func.min(_if_any(Submission.counts_at))).label("surveyed_at"),
        _active().label("active_at"),
    )
    return prepared(query.where(Member.id.in_(ids("ids"))))


def _of(table: Any, value: Any) -> Any:
    """A value over all the rows of a table that are about the member."""
    return select(value).where(table.member_id == Member.id).correlate(Member).scalar_subquery()


def _told(outcomes: Iterable[Outcome] | None) -> Any:
    """When a call was reported that ended so, or (none) that was made at all."""
    ended = not_(one_of(Call.outcome, NO_CALL)) if outcomes is None else one_of(Call.outcome, outcomes)
    return case((ended, Call.reported_at))


def _if_any(moment: Any) -> Any:
    return case((moment.is_not(None), moment))


def _active() -> Any:
    """When the member first said yes to a task."""
    tasks = (MemberTag.tag_id == Tag.id) & (MemberTag.tenant_id == Tag.tenant_id)
    said = select(func.min(MemberTag.set_at)).join(Tag, tasks)
    theirs = said.where(MemberTag.member_id == Member.id, Tag.kind == TagKind.TASK)
    return theirs.correlate(Member).scalar_subquery()


@cache
def total_held() -> Select[*tuple[Any, ...]]:
    """The total of the unit ``unit_id``, kept from every other writer: its day and every count."""
    columns = [getattr(Total, name) for name in ("on", *COUNTS)]
    return prepared(select(*columns).where(Total.id == bindparam("unit_id", type_=Uuid())).with_for_update())
