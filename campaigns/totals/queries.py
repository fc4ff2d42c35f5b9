"""Selects behind the totals: what members are counted as, and what is true of them."""

from datetime import date
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Date, Select, Uuid, bindparam, case, func, or_, select

from campaigns.queue.models import Call
from campaigns.surveys.models import Submission
from campaigns.totals.counting import State
from campaigns.totals.measures import NO_CALL, REACHED, TALKED
from campaigns.totals.models import COUNTS, Standing, Total
from organiser.core.prepared import ids, prepared
from organiser.members.kinds import TagKind
from organiser.members.models import Contact, Member
from organiser.members.queries import callable_on, is_over
from organiser.members.tag_models import MemberTag, Tag

DAYS = 4
"""Days of which the question is kept; one is enough but round midnight."""
MADE = Call.outcome.is_not(None), Call.outcome.not_in(NO_CALL)


@cache
def held() -> Select[*tuple[Any, ...]]:
    """How the members ``ids`` are counted, and those whose state has turned by itself up to ``today``: id,
    then the columns of ``State``. Kept from every other writer, in one order.
    """
    columns = [getattr(Standing, name) for name in State._fields]
    turned = Standing.turns_on <= bindparam("today", type_=Date)
    query = select(Standing.id, *columns).where(or_(Standing.id.in_(ids("ids")), turned))
    return prepared(query.order_by(Standing.id).with_for_update())


@lru_cache(maxsize=DAYS)
def truth(today: date) -> Select[*tuple[Any, ...]]:
    """What is true of the members ``ids``: who they are, what happened with them first and last."""
    query = select(
        Member.id,
        Member.organisation_id,
        Member.birth_date,
        Member.birth_year,
        Member.left_on,
        is_over().label("over"),
        callable_on(today, with_minors=True).label("free"),
        _of_calls(func.min(Call.reported_at)).label("rung_at"),
        _of_calls(func.min(case((Call.outcome.in_(REACHED), Call.reported_at)))).label("reached_at"),
        _of_calls(func.min(case((Call.outcome.in_(TALKED), Call.reported_at)))).label("talked_at"),
        _of_calls(func.max(Call.reported_at)).label("last_call_at"),
        _of_contacts(func.min(Contact.on)).label("met_on"),
        _of_contacts(func.max(Contact.on)).label("last_met_on"),
        _surveyed().label("surveyed_at"),
        _active().label("active_at"),
    )
    return prepared(query.where(Member.id.in_(ids("ids"))))


def _of_calls(value: Any) -> Any:
    return select(value).where(Call.member_id == Member.id, *MADE).correlate(Member).scalar_subquery()


def _of_contacts(value: Any) -> Any:
    return select(value).where(Contact.member_id == Member.id).correlate(Member).scalar_subquery()


def _surveyed() -> Any:
    first = select(func.min(Submission.counts_at)).where(Submission.member_id == Member.id)
    return first.correlate(Member).scalar_subquery()


def _active() -> Any:
    tasks = (MemberTag.tag_id == Tag.id) & (MemberTag.tenant_id == Tag.tenant_id)
    first = select(func.min(MemberTag.set_at)).join(Tag, tasks)
    return (
        first.where(MemberTag.member_id == Member.id, Tag.kind == TagKind.TASK)
        .correlate(Member)
        .scalar_subquery()
    )


@cache
def total_held() -> Select[*tuple[Any, ...]]:
    """The total of the unit ``unit_id``, kept from every other writer: its day and every count."""
    columns = [getattr(Total, name) for name in ("on", *COUNTS)]
    return prepared(select(*columns).where(Total.id == bindparam("unit_id", type_=Uuid())).with_for_update())
