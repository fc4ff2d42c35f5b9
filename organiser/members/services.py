"""Verbs of the register: enrol, correct, move, block, note a contact, and take each back. They only flush."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from organiser.audit import services as audit
from organiser.audit.models import Deed
from organiser.core.database import db
from organiser.core.ids import uuid7
from organiser.members import queries
from organiser.members.kinds import BlockScope, Channel, NumberState, PhoneKind, Source
from organiser.members.models import Block, Contact, Member, PhoneNumber
from organiser.members.rules import name_keys


@dataclass(frozen=True, slots=True)
class NumberDraft:
    """A number as somebody wants it kept; the first of a list is rung first."""

    e164: str
    kind: PhoneKind = PhoneKind.PHONE
    note: str = ""
    state: NumberState = NumberState.UNTRIED
    source: Source = Source.PERSON


@dataclass(frozen=True, slots=True)
class By:
    """Who does it, and when (aware)."""

    account_id: UUID | None
    at: datetime


class NumberTaken(ValueError):
    """Another member of the tenant has this member number."""


def enrol(member_id: UUID, values: Mapping[str, Any], numbers: Sequence[NumberDraft], by: By) -> Member:
    """A new member under an id the form made, so that sending it twice enrols once. ``values``: columns of
    Member, ``organisation_id`` among them. Raises ``NumberTaken``.
    """
    known = db.session.scalar(select(Member).where(Member.id == member_id))
    if known is not None:
        return known
    _claim(values.get("number"), member_id)
    member = Member(id=member_id)
    _fill(member, values)
    db.session.add(member)
    db.session.flush()
    _keep_numbers(member, numbers, by)
    return member


def correct(
    member: Member, values: Mapping[str, Any], numbers: Sequence[NumberDraft] | None, by: By
) -> Member:
    """Keep what somebody wrote: columns of Member, and all numbers in their order (None: leave them be).
    Raises ``NumberTaken``.
    """
    if "number" in values:
        _claim(values["number"], member.id)
    _fill(member, values)
    db.session.flush()
    if numbers is not None:
        _keep_numbers(member, numbers, by)
    return member


def move(member: Member, organisation_id: UUID) -> Member:
    """The member belongs to another association from now on."""
    member.organisation_id = organisation_id
    db.session.flush()
    db.session.expire(member, ["organisation"])
    return member


def _fill(member: Member, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(member, name, value)
    for name, value in name_keys(member.first_name or "", member.last_name or "").items():
        setattr(member, name, value)


def _claim(number: str | None, member_id: UUID) -> None:
    with db.session.no_autoflush:
        owner = db.session.scalar(queries.numbered(number)) if number else None
    if owner is not None and owner.id != member_id:
        raise NumberTaken


def drafts_of(member: Member) -> list[NumberDraft]:
    """The numbers as they are kept now."""
    return [NumberDraft(kept.e164, kept.kind, kept.note, kept.state, kept.source) for kept in member.numbers]


def _keep_numbers(member: Member, drafts: Sequence[NumberDraft], by: By) -> None:
    """Rows are known by their number; the change is told of the member too, where its history is read."""
    before = drafts_of(member)
    kept = {number.e164: number for number in member.numbers}
    for position, draft in enumerate(drafts):
        number = kept.pop(draft.e164, None) or _add_number(member, draft)
        number.position, number.kind, number.note = position, draft.kind, draft.note
        mark_number(number, draft.state, by)
    for number in kept.values():
        db.session.delete(number)
    db.session.flush()
    db.session.expire(member, ["numbers"])
    after = drafts_of(member)
    if before != after:
        told = [[asdict(draft) for draft in drafts] for drafts in (before, after)]
        audit.record(Member.__tablename__, member.id, Deed.CHANGED, {"numbers": told})


def _add_number(member: Member, draft: NumberDraft) -> PhoneNumber:
    number = PhoneNumber(member_id=member.id, e164=draft.e164, source=draft.source, state=NumberState.UNTRIED)
    db.session.add(number)
    return number


def mark_number(number: PhoneNumber, state: NumberState, by: By) -> None:
    """What somebody found out of a number; nothing is noted where it was known."""
    if number.state is not state:
        number.state, number.state_at, number.state_by = state, by.at, by.account_id
        db.session.flush()


def block(member: Member, scope: BlockScope, reason: str, source: Source, by: By) -> Block:
    """Keep that the member asked for it; where such a block stands already, that one."""
    standing = select(Block).where(
        Block.member_id == member.id, Block.scope == scope, Block.lifted_at.is_(None)
    )
    found = db.session.scalar(standing)
    if found is not None:
        return found
    fresh = Block(
        member_id=member.id, scope=scope, reason=reason, source=source, set_at=by.at, set_by=by.account_id
    )
    try:
        with db.session.begin_nested():
            db.session.add(fresh)
    except IntegrityError:  # somebody else was quicker; the database keeps one
        return db.session.scalars(standing).one()
    return fresh


def lift_block(found: Block, reason: str, by: By) -> Block:
    """The block stands no more; a second time changes nothing."""
    if found.is_standing:
        found.lifted_at, found.lifted_by, found.lift_reason = by.at, by.account_id, reason
        db.session.flush()
    return found


def note_contact(  # what a contact is, and whose id it has
    member: Member, contact_id: UUID, channel: Channel, on: date, note: str, by: By
) -> Contact:
    """The member was met by another way; the same ``contact_id`` twice is one contact, unless it is that of
    a contact with somebody else.
    """
    known = db.session.scalar(select(Contact).where(Contact.id == contact_id))
    if known is not None and known.member_id == member.id:
        return known
    fresh_id = contact_id if known is None else uuid7()
    contact = Contact(
        id=fresh_id, member_id=member.id, channel=channel, on=on, note=note, by_id=by.account_id
    )
    db.session.add(contact)
    db.session.flush()
    return contact


def forget_contact(contact: Contact) -> None:
    """It was a mistake: it counts no more, and the member's history tells that it did."""
    told = {"contact": [f"{contact.channel.value} {contact.on}", None]}
    audit.record(Member.__tablename__, contact.member_id, Deed.CHANGED, told)
    db.session.delete(contact)
    db.session.flush()
