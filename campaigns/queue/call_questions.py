"""What is asked in every call, built once: who is held, who rests, what was told, where the list stands."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, select

from campaigns.queue import call_queries as calls
from campaigns.queue.list_queries import with_campaign
from campaigns.queue.models import Call, CallAssignment
from organiser.core.prepared import question
from organiser.members.models import Contact, Member, PhoneNumber
from organiser.members.queries import callable_on

LATELY = 10
"""So many calls to a member are looked at for a word to the next caller."""


@question()
def own_call(caller_id: UUID, call_id: UUID) -> Select[Call]:
    """A caller's own call with member, list, association and campaign."""
    return calls.in_full(calls.calls_of(caller_id).where(Call.id == call_id))


@question()
def held_by(caller_id: UUID) -> Select[Call]:
    """The call a caller holds: one, or none."""
    return calls.calls_of(caller_id).where(calls.is_open())


@question()
def held_to_give_back(caller_id: UUID) -> Select[Call]:
    """The same, kept from every other writer."""
    return calls.calls_of(caller_id).where(calls.is_open()).with_for_update(of=Call)


@question()
def run_out(at: datetime) -> Select[Call]:
    """Open calls whose lease is over, kept from every other writer; those somebody has are passed over."""
    over = select(Call).where(calls.is_open(), Call.lease_until <= at)
    return over.with_for_update(of=Call, skip_locked=True)


@question()
def rung_lately(member_id: UUID, at: datetime) -> Select[UUID]:
    """A call for which the member still rests at ``at``; none: they may be rung."""
    return select(Call.id).where(Call.member_id == member_id, Call.rests_until > at).limit(1)


@question()
def recent_calls(caller_id: UUID) -> Select[Call]:
    """The caller's last five reports that stand, with member, list, association and campaign."""
    return calls.in_full(calls.recent_calls(caller_id))


@question()
def one_of_the_last_five(caller_id: UUID, call_id: UUID) -> Select[Call]:
    """That call, if it is among them."""
    recent = calls.recent_calls(caller_id).with_only_columns(Call.id)
    return calls.in_full(select(Call).where(Call.id == call_id, Call.id.in_(recent)))


@question()
def calls_lately_to(member_id: UUID) -> Select[Call]:
    """What became of the calls to a member, the latest first."""
    return calls.calls_to(member_id).limit(LATELY)


@question()
def rung_since(
    assignment_ids: Collection[UUID], caller_id: UUID, since: datetime
) -> Select[int, int, int, int]:
    """Calls reported since then and members reached by them: of everybody, then of one caller."""
    return calls.rung_since(assignment_ids, caller_id, since)


@question()
def numbers_of(member_id: UUID) -> Select[PhoneNumber]:
    """All numbers of a member, whatever we know of them, the first to be dialled first."""
    theirs = select(PhoneNumber).where(PhoneNumber.member_id == member_id)
    return theirs.order_by(PhoneNumber.position, PhoneNumber.id)


@question("on")
def may_be_rung(member_id: UUID, on: date) -> Select[UUID]:
    """The member's id, if nothing the register knows stands in the way on the day ``on``."""
    return select(Member.id).where(Member.id == member_id, callable_on(on))


@question()
def last_contact(member_id: UUID) -> Select[Contact]:
    """The latest contact by another way than our calls."""
    return (
        select(Contact)
        .where(Contact.member_id == member_id)
        .order_by(Contact.on.desc(), Contact.created_at.desc())
        .limit(1)
    )


@question()
def lists_with_campaign(assignment_ids: Collection[UUID]) -> Select[CallAssignment]:
    """These lists with their campaigns."""
    return with_campaign(select(CallAssignment).where(CallAssignment.id.in_(assignment_ids)))
