"""Who comes next for a caller: the question behind every "give me the next", built once for each shape."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, bindparam, exists, func, or_, select

from campaigns.queue.call_queries import is_open
from campaigns.queue.models import Call, CallAssignment, HeldNumber, Target
from campaigns.queue.outcomes import Outcome
from campaigns.queue.queue_queries import in_queue
from campaigns.queue.states import WHATEVER_REST, Turn
from organiser.accounts.models import Account
from organiser.core.prepared import KEPT, Question, ids, one_of, prepared, told
from organiser.members.models import Member, PhoneNumber

FIRST, THEN = (Turn.NEXT_NUMBER, Turn.PROMISED, Turn.NEW), (Turn.AGAIN,)
"""Asked for one after the other: so the index is walked from its beginning, and never through those at rest.
"""


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks for somebody to ring, what is known to be their own, when, and on which day."""

    caller_id: UUID
    email: str
    numbers: tuple[str, ...]
    at: datetime
    on: date


def asking_of(caller: Account, at: datetime, zone: ZoneInfo, own_numbers: Collection[str] = ()) -> Asking:
    """``caller`` asking at ``at``, in the tenant's zone."""
    return Asking(caller.id, (caller.email or "").lower(), tuple(own_numbers), at, at.astimezone(zone).date())


def next_due(
    lists: Sequence[CallAssignment], asking: Asking, turns: tuple[Turn, ...], but: Collection[UUID] = ()
) -> Question[Target]:
    """The first of those whose turn is one of ``turns`` who may be rung by this caller now, kept from every
    other writer; whom another writer has is passed over, and so are the targets ``but``. Nobody who may not
    be rung today, who rests or is held, whose number somebody rings just now, whom this caller has skipped,
    or who is the caller.
    """
    values = {**_values(lists, asking), "but": list(but)}
    return Question(_next_due(_shape_of(lists, asking, turns)), values)


def due_ids(
    lists: Sequence[CallAssignment], asking: Asking, turns: tuple[Turn, ...], most: int
) -> Question[UUID]:
    """The ids of at most so many of them, in order."""
    return Question(_due_ids(_shape_of(lists, asking, turns)), {**_values(lists, asking), "most": most})


class _Shape(NamedTuple):
    """What decides how the question is built. ``alone``: one list is asked for by name, so that its index is
    walked in order; ``pool``: of all the lists of one campaign that of the campaign is.
    """

    alone: bool
    pool: bool
    turns: tuple[Turn, ...]
    on: date
    by_email: bool
    by_number: bool


def _shape_of(lists: Sequence[CallAssignment], asking: Asking, turns: tuple[Turn, ...]) -> _Shape:
    pool = len({one.campaign_id for one in lists}) == 1
    return _Shape(len(lists) == 1, pool, turns, asking.on, bool(asking.email), bool(asking.numbers))


def _values(lists: Sequence[CallAssignment], asking: Asking) -> dict[str, object]:
    return {
        "list_id": lists[0].id,
        "list_ids": [one.id for one in lists],
        "campaign_id": lists[0].campaign_id,
        "campaign_ids": sorted({one.campaign_id for one in lists}),
        "caller_id": asking.caller_id,
        "email": asking.email,
        "numbers": list(asking.numbers),
        "at": asking.at,
    }


@lru_cache(maxsize=KEPT)
def _next_due(shape: _Shape) -> Select[Target]:
    first = _in_order(shape).where(Target.id.not_in(ids("but"))).limit(1)
    return prepared(first.with_for_update(of=Target, skip_locked=True))


@lru_cache(maxsize=KEPT)
def _due_ids(shape: _Shape) -> Select[UUID]:
    return prepared(_in_order(shape).with_only_columns(Target.id).limit(told("most")))


def _in_order(shape: _Shape) -> Select[Target]:
    at, caller_id = told("at"), told("caller_id")
    held = select(Call.member_id).where(is_open())
    skipped = select(Call.target_id).where(
        Call.caller_id == caller_id, Call.outcome == Outcome.SKIPPED, Call.target_id == Target.id
    )
    rests = exists().where(
        Call.tenant_id == Target.tenant_id, Call.member_id == Target.member_id, Call.rests_until > at
    )
    return (
        in_queue(shape.on)
        .where(
            *_on_lists(shape),
            Target.turn.in_(shape.turns),
            Target.due_at <= at,
            Target.member_id.not_in(held),
            ~_rung_on_a_held_number(),
            ~exists(skipped),
            or_(one_of(Target.turn, WHATEVER_REST), ~rests),
            *_not_oneself(shape),
        )
        .order_by(Target.turn, Target.due_at, Target.id)
    )


def _on_lists(shape: _Shape) -> list[ColumnElement[bool]]:
    if shape.alone:
        return [Target.assignment_id == told("list_id")]
    one, some = Target.campaign_id == told("campaign_id"), Target.campaign_id.in_(ids("campaign_ids"))
    return [Target.assignment_id.in_(ids("list_ids")), one if shape.pool else some]


def _rung_on_a_held_number() -> ColumnElement[bool]:
    """Whether somebody is being rung who has a number in common with the member."""
    return exists().where(
        PhoneNumber.tenant_id == Target.tenant_id,
        PhoneNumber.member_id == Target.member_id,
        PhoneNumber.e164.in_(select(HeldNumber.e164)),
    )


def _not_oneself(shape: _Shape) -> list[ColumnElement[bool]]:
    found = []
    if shape.by_email:
        found.append(func.lower(Member.email) != told("email"))
    if shape.by_number:
        own = PhoneNumber.e164.in_(bindparam("numbers", expanding=True))
        found.append(~Member.numbers.any(own))
    return found
