"""Start an evening, end it, hand out its links, put somebody out. Everything here only flushes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from flask import current_app
from sqlalchemy import select

from campaigns.evenings import queries
from campaigns.evenings.joining_rules import new_link_token
from campaigns.evenings.models import Evening, Invitation, Shift
from campaigns.evenings.people import Person
from campaigns.evenings.rules import MOST_LINKS, WhyNotSo, code_of, why_not_so
from campaigns.queue.models import CallAssignment
from campaigns.queue.taking import give_back
from organiser.accounts.permissions import Role
from organiser.accounts.services import end_sign_ins, take_role
from organiser.accounts.tokens import hash_token
from organiser.core.database import db
from organiser.core.tenancy import here
from organiser.members.services import By


class NoSuchEvening(ValueError):
    """It cannot be as somebody wrote it; ``why`` says what is wrong."""

    def __init__(self, why: WhyNotSo) -> None:
        super().__init__(why.value)
        self.why = why


class AlreadyMade(Exception):
    """These links were made, and shown, before; they are shown once."""


@dataclass(frozen=True, slots=True)
class Invited:
    """A new link: its row, and what stands in its address. Only a hash of that is kept."""

    invitation: Invitation
    token: str

    @property
    def address(self) -> str:
        return f"{current_app.config['SETTINGS'].public_url}/join/{self.token}"


def start_evening(  # what an evening is, whose id it has, and whether it is the whole campaign's
    evening_id: UUID,
    assignment: CallAssignment,
    starts_at: datetime,
    ends_at: datetime,
    by: By,
    *,
    whole_campaign: bool = False,
) -> Evening:
    """An evening for a list, or for every list of its campaign, from ``starts_at`` (now or later) to
    ``ends_at``, at most twelve hours.

    ``evening_id`` is the form's: sent twice, started once. Raises ``NoSuchEvening``.
    """
    known = db.session.scalar(select(Evening).where(Evening.id == evening_id))
    if known is not None:
        return known
    if assignment.closed_at is not None or assignment.campaign.closed_at is not None:
        raise NoSuchEvening(WhyNotSo.CLOSED)
    fault = why_not_so(starts_at, ends_at, by.at)
    if fault is not None:
        raise NoSuchEvening(fault)
    for forgotten in db.session.scalars(queries.run_out_shifts(assignment.id, by.at)):
        end_shift(forgotten, forgotten.ends_at)
    evening = Evening(
        id=evening_id,
        assignment_id=assignment.id,
        whole_campaign=whole_campaign,
        starts_at=starts_at,
        ends_at=ends_at,
        made_by_id=by.account_id,
        created_at=by.at,
        generation=1,
    )
    db.session.add(evening)
    db.session.flush()
    return evening


def code_now(evening: Evening) -> str:
    """The six digits the organiser says aloud."""
    return code_of(current_app.config["SECRET_KEY"], evening.tenant_id, evening.id, evening.generation)


def renew_code(evening: Evening) -> str:
    """Another code; the one said before opens nothing any more. Who is in stays in."""
    evening.generation += 1
    db.session.flush()
    return code_now(evening)


def end_evening(evening: Evening, at: datetime) -> Evening:
    """Put everybody out and take back whom they held; links and code open nothing any more."""
    if evening.ended_at is None:
        evening.ended_at = at
        for shift in db.session.scalars(queries.shifts_of([evening.id])):
            end_shift(shift, at)
        db.session.flush()
    return evening


def end_shift(shift: Shift, at: datetime) -> Shift:
    """Put one caller out: whom they hold goes back to the queue, and who came in by link is signed out.

    An organiser who rings along keeps their own sign-in and roles. Ending twice changes nothing.
    """
    if shift.ended_at is not None:
        return shift
    shift.ended_at, shift.own_number = at, ""
    give_back(shift.account, at)
    if shift.invitation_id is not None:
        end_sign_ins(shift.account)
        for grant in [held for held in shift.account.grants if held.role is Role.CALLER]:
            take_role(grant)
    db.session.flush()
    return shift


def invite(
    evening: Evening, batch: UUID, people: Sequence[str | Person], at: datetime, *, shared: bool = False
) -> list[Invited]:
    """A personal link for each of ``people`` (an empty name: for whoever gets it), to be shown this once;
    with ``shared`` one that lets in everybody who knows the code.

    ``batch`` is the form's: sent twice, made once. Raises ``AlreadyMade``.
    """
    named = [Person(one) if isinstance(one, str) else one for one in people]
    ids = [uuid5(batch, str(place)) for place in range(min(len(named), MOST_LINKS))]
    if db.session.scalar(select(Invitation.id).where(Invitation.id.in_(ids)).limit(1)) is not None:
        raise AlreadyMade
    made = []
    for invitation_id, person in zip(ids, named, strict=False):
        token = new_link_token(here())
        invitation = Invitation(
            id=invitation_id,
            evening_id=evening.id,
            name=person.name,
            email=person.email,
            shared=shared,
            token_hash=hash_token(token),
            wrong_codes=0,
            created_at=at,
        )
        made.append(Invited(invitation, token))
    db.session.add_all(one.invitation for one in made)
    db.session.flush()
    return made


def put_on_the_wall(evening: Evening, batch: UUID, at: datetime) -> Invited:
    """One link for everybody in the room; the one before opens nothing any more. Raises ``AlreadyMade``."""
    before = db.session.scalars(queries.shared_link_of(evening.id)).all()
    [made] = invite(evening, batch, [""], at, shared=True)
    for earlier in before:
        earlier.revoked_at = at
    db.session.flush()
    return made


def revoke(invitation: Invitation, at: datetime) -> Invitation:
    """The link opens nothing any more, and whoever came in by it is put out."""
    if invitation.revoked_at is None:
        invitation.revoked_at = at
    for shift in db.session.scalars(select(Shift).where(Shift.invitation_id == invitation.id)):
        end_shift(shift, at)
    db.session.flush()
    return invitation
