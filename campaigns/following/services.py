"""Deal with what callers told: a deed closes a follow-up, says what was done and what to put back."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import select

from campaigns.following import queries
from campaigns.following.kinds import FollowedUp
from campaigns.queue.campaign_rules import rules_of
from campaigns.queue.models import FollowUp, Target
from campaigns.queue.reporting import place_of
from campaigns.queue.states import ErrandKind, TargetState, Turn
from organiser.accounts.models import Account
from organiser.core.database import db
from organiser.members import services as members
from organiser.members.kinds import BlockScope, Channel, MemberStatus, NumberState, PhoneKind, Source
from organiser.members.models import Member
from organiser.members.register_changes import settle_now
from organiser.members.rules import WhyNot, why_not_callable
from organiser.members.services import By, NumberDraft, drafts_of

RETURNING = frozenset(
    {TargetState.FLAGGED, TargetState.NO_NUMBER, TargetState.TRIED_OUT, TargetState.HANDLED}
)
Facts = dict[str, object]


class CannotBeRung(ValueError):
    """The member may not be rung; ``why`` says the first reason, none: they belong to another list now, or
    their campaign is closed.
    """

    def __init__(self, why: WhyNot | None) -> None:
        super().__init__(why.value if why else "elsewhere")
        self.why = why


@dataclass(frozen=True, slots=True)
class Noted:
    """What an organiser writes of it; with a ``channel`` the member was met, and the contact has this id."""

    text: str
    contact_id: UUID
    channel: Channel | None = None


def change_number(found: FollowUp, e164: str, kind: PhoneKind, by: By) -> FollowUp:
    """Another number (E.164) is rung first from now on, and the member goes back to the queue at once."""
    member = found.member

    def do() -> Facts:
        before = numbers_of(member)
        known = {draft.e164: draft for draft in drafts_of(member)}
        fresh = NumberDraft(e164, kind)
        first = replace(known.pop(e164, fresh), state=NumberState.UNTRIED)
        members.correct(member, {}, [first, *known.values()], by)
        if found.target.state in RETURNING and not _set_aside_by_others(found):
            _put_in_queue(found.target, by)
        return {"numbers": [before, numbers_of(member)]}

    return _follow_up(found, FollowedUp.NUMBER, by, do)


def ring_again(found: FollowUp, by: By, on: date) -> FollowUp:
    """The member goes back to the queue. Raises ``CannotBeRung``."""

    def do() -> Facts:
        reasons = why_not_callable(found.member, on)
        elsewhere = found.member.organisation_id != found.assignment.organisation_id
        if reasons or elsewhere or found.assignment.campaign.closed_at is not None:
            raise CannotBeRung(reasons[0] if reasons else None)
        _put_in_queue(found.target, by)
        return {}

    return _follow_up(found, FollowedUp.AGAIN, by, do)


def settle(found: FollowUp, by: By) -> FollowUp:
    """It is dealt with; nobody rings whoever was set aside for it."""
    return _follow_up(found, FollowedUp.DONE, by, lambda: _hand_over(found, TargetState.HANDLED))


def write_note(found: FollowUp, noted: Noted, by: By, on: date) -> FollowUp:
    """Keep what was found out; where the member was met by another way, as a contact ``on`` that day."""

    def do() -> Facts:
        found.note = noted.text
        if noted.channel is None:
            return _hand_over(found, TargetState.HANDLED) if found.target.state is TargetState.FLAGGED else {}
        contact = members.note_contact(found.member, noted.contact_id, noted.channel, on, noted.text, by)
        _hand_over(found, TargetState.HANDLED)
        return {"contact": str(contact.id)}

    return _follow_up(found, FollowedUp.NOTE, by, do)


def block(found: FollowUp, scope: BlockScope, reason: str, by: By) -> FollowUp:
    """The member is left alone from now on."""

    def do() -> Facts:
        made = members.block(found.member, scope, reason, Source.PERSON, by)
        _hand_over(found, TargetState.BLOCKED)
        return {"block": str(made.id)} if made.set_at == by.at else {}

    return _follow_up(found, FollowedUp.BLOCK, by, do)


def move(found: FollowUp, organisation_id: UUID, by: By) -> FollowUp:
    """The member belongs to another association, and is rung from its list."""

    def do() -> Facts:
        was = found.member.organisation_id
        members.move(found.member, organisation_id)
        _hand_over(found, TargetState.OVER)
        return {"unit": [str(was), str(organisation_id)]}

    return _follow_up(found, FollowedUp.MOVE, by, do)


def end_membership(found: FollowUp, status: MemberStatus, by: By, on: date) -> FollowUp:
    """The membership is over since ``on``: the member has left, or has died."""
    deed = FollowedUp.DECEASED if status is MemberStatus.DECEASED else FollowedUp.LEFT

    def do() -> Facts:
        was = standing_of(found.member)
        left_on = found.member.left_on or on
        members.correct(found.member, {"status": status, "left_on": left_on}, None, by)
        _hand_over(found, TargetState.OVER)
        return {"membership": [was, standing_of(found.member)]}

    return _follow_up(found, deed, by, do)


def entrust(found: FollowUp, owner: Account | None, due_on: date) -> FollowUp:
    """Who sees to it, and by which day."""
    found.owner_id, found.due_on = owner.id if owner else None, due_on
    db.session.flush()
    db.session.expire(found, ["owner"])
    return found


def hold(found: FollowUp) -> Target:
    """Keep a follow-up and its member's place from every other writer, as they are now; gives the place."""
    target = found.target
    db.session.refresh(target, with_for_update=True)
    db.session.execute(select(FollowUp.id).where(FollowUp.id == found.id).with_for_update())
    db.session.refresh(found, ["done_at", "deed", "note", "undo"])
    return target


def numbers_of(member: Member) -> list[list[str]]:
    """The member's numbers in their order and what is known of each, by id: a log repeats no number."""
    return [[str(number.id), number.state.value] for number in member.numbers]


def standing_of(member: Member) -> list[str]:
    """Where the membership stands, and its last day."""
    return [member.status.value, str(member.left_on or "")]


def _follow_up(found: FollowUp, deed: FollowedUp, by: By, do: Callable[[], Facts]) -> FollowUp:
    """Do it once and close the follow-up; one that is closed already stays as it is."""
    target = hold(found)
    if found.done_at is not None:
        return found
    before = place_of(target)
    facts = do()
    settle_now(db.session())
    db.session.refresh(target)
    found.undo = {"place": before, "left": place_of(target), **facts}
    found.done_at, found.done_by_id, found.deed = by.at, by.account_id, deed.value
    db.session.flush()
    return found


def _put_in_queue(target: Target, by: By) -> None:
    """At once, and with at least one try left."""
    target.tries = min(target.tries, rules_of(target.assignment.campaign).tries - 1)
    target.state, target.due_at = TargetState.QUEUED, by.at
    target.turn = Turn.AGAIN if target.tries else Turn.NEW
    db.session.flush()


def _hand_over(found: FollowUp, state: TargetState) -> Facts:
    """Whoever was set aside for this stands elsewhere now; the others stay where they are."""
    target = found.target
    waits = target.state is TargetState.FLAGGED or (
        target.state is TargetState.NO_NUMBER and found.kind is ErrandKind.NO_NUMBER
    )
    met = state is TargetState.HANDLED
    if waits and not (met and _set_aside_by_others(found)):
        target.state = state
        db.session.flush()
    return {}


def _set_aside_by_others(found: FollowUp) -> bool:
    return db.session.scalar(queries.others_that_set_aside(found).limit(1)) is not None
