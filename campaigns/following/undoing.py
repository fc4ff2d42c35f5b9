"""Take a deed back: member and place in the queue become what they were, and the follow-up is open again."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from campaigns.following import queries
from campaigns.following.services import hold, numbers_of, standing_of
from campaigns.queue.models import FollowUp, Target
from campaigns.queue.reporting import place_of
from campaigns.queue.states import TargetState, Turn
from organiser.core.database import db
from organiser.members import services as members
from organiser.members.kinds import MemberStatus, NumberState
from organiser.members.models import Block, Contact, Member
from organiser.members.register_changes import settle_now
from organiser.members.services import By, drafts_of


class ChangedSince(Exception):
    """Something has happened to the member since: it stays as it is."""


def take_back(found: FollowUp, by: By) -> FollowUp:
    """Make it as if nothing had been done about it. Twice changes nothing. Raises ``ChangedSince``."""
    target = hold(found)
    if found.done_at is None:
        return found
    kept: dict[str, Any] = found.undo or {}
    held = db.session.scalar(queries.held_now(target.id)) is not None
    if held or place_of(target) != kept.get("left"):
        raise ChangedSince
    _put_back(found.member, kept, by)
    settle_now(db.session())
    db.session.refresh(target)
    _place(target, kept["place"])
    found.done_at = found.done_by_id = found.undo = None
    found.deed = found.note = ""
    db.session.flush()
    return found


def _put_back(member: Member, kept: dict[str, Any], by: By) -> None:
    if "numbers" in kept:
        _numbers(member, kept["numbers"], by)
    if "unit" in kept:
        _unit(member, *kept["unit"])
    if "membership" in kept:
        _membership(member, kept["membership"], by)
    if "block" in kept:
        _block(UUID(kept["block"]))
    if "contact" in kept:
        _contact(UUID(kept["contact"]))


def _numbers(member: Member, pair: list[list[list[str]]], by: By) -> None:
    before, after = pair
    if numbers_of(member) != after:
        raise ChangedSince
    known = dict(zip((str(number.id) for number in member.numbers), drafts_of(member), strict=True))
    drafts = [replace(known[number_id], state=NumberState(state)) for number_id, state in before]
    members.correct(member, {}, drafts, by)


def _unit(member: Member, was: str, became: str) -> None:
    if str(member.organisation_id) != became:
        raise ChangedSince
    members.move(member, UUID(was))


def _membership(member: Member, pair: list[list[str]], by: By) -> None:
    was, became = pair
    if standing_of(member) != became:
        raise ChangedSince
    status, left_on = was
    left = date.fromisoformat(left_on) if left_on else None
    members.correct(member, {"status": MemberStatus(status), "left_on": left}, None, by)


def _block(block_id: UUID) -> None:
    """It was never asked for; the log of changes keeps that it stood for a while."""
    found = db.session.scalar(select(Block).where(Block.id == block_id))
    if found is None or not found.is_standing:
        raise ChangedSince
    db.session.delete(found)


def _contact(contact_id: UUID) -> None:
    found = db.session.scalar(select(Contact).where(Contact.id == contact_id))
    if found is None:
        raise ChangedSince
    members.forget_contact(found)


def _place(target: Target, place: dict[str, Any]) -> None:
    target.state, target.tries = TargetState(place["state"]), place["tries"]
    target.due_at, target.turn = datetime.fromisoformat(place["due_at"]), Turn(place["turn"])
    db.session.flush()
