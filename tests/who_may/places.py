"""The five places, and the rows that stand in them, each made in one line."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from campaigns.evenings.models import Evening, Invitation, Shift
from campaigns.queue.models import Call, Target
from organiser.accounts.models import Account, SignIn
from organiser.accounts.tokens import hash_token
from organiser.core.database import Model, db
from organiser.core.tenancy import here
from organiser.members.kinds import Channel, PhoneKind
from organiser.members.models import Contact, Member, PhoneNumber
from organiser.members.rules import name_keys
from organiser.roster.decisions import DecisionKind
from organiser.roster.models import ImportChange, ImportDraft


class Place(StrEnum):
    """Where something stands, seen from the district where the roles are held."""

    OWN = "own"
    CHILD = "child"
    PARENT = "parent"
    SISTER = "sister"
    OTHER = "other tenant"

    @property
    def person(self) -> str:
        """The last name of this place's member, and of nothing else."""
        return f"Kanarie{self.name.lower()}"

    @property
    def thing(self) -> str:
        """Stands in every other name of this place."""
        return f"Tecken{self.name.lower()}"

    @property
    def account(self) -> str:
        """The name of somebody with a role there."""
        return f"Konto{self.name.lower()}"


@dataclass(frozen=True, slots=True)
class Canary:
    """The one member of a place, and the words that betray them."""

    id: UUID
    tenant_id: int
    words: tuple[str, ...]


@dataclass(slots=True)
class Furnished:
    """What stands in a place: ids by the names that addresses give them."""

    place: Place
    unit_id: UUID
    at: datetime
    ids: dict[str, Any] = field(default_factory=dict)
    canary: Canary = field(init=False)


def stored(row: Model) -> Any:
    """The row, with its id."""
    db.session.add(row)
    db.session.flush()
    return row


def a_sign_in(account: Account, at: datetime, token: str) -> SignIn:
    """Somebody let in for the day."""
    row: SignIn = stored(
        SignIn(
            token_hash=hash_token(token),
            account_id=account.id,
            tenant_id=here(),
            second_step=True,
            ends_at=at + timedelta(hours=9),
        )
    )
    return row


def a_person(first_name: str, last_name: str, unit_id: UUID, number: str, e164: str) -> Member:
    """A member with one telephone."""
    member: Member = stored(
        Member(
            organisation_id=unit_id,
            first_name=first_name,
            last_name=last_name,
            number=number,
            email=f"{last_name.lower()}@example.net",
            **name_keys(first_name, last_name),
        )
    )
    stored(PhoneNumber(member_id=member.id, e164=e164, kind=PhoneKind.MOBILE))
    return member


def a_contact(member_id: UUID, account: Account, at: datetime) -> Contact:
    """Somebody visited a member."""
    row: Contact = stored(Contact(member_id=member_id, channel=Channel.VISIT, on=at.date(), by_id=account.id))
    return row


def a_shift(evening: Evening, account: Account, invitation: Invitation | None = None) -> Shift:
    """Somebody let in to ring."""
    row: Shift = stored(
        Shift(
            evening_id=evening.id,
            assignment_id=evening.assignment_id,
            invitation_id=invitation.id if invitation else None,
            account_id=account.id,
            starts_at=evening.starts_at,
            ends_at=evening.ends_at,
        )
    )
    return row


def a_call(target: Target, caller: Account, e164: str, at: datetime, **told: Any) -> Call:
    """A member dealt to a caller."""
    lease = at + timedelta(hours=3)
    row: Call = stored(
        Call(
            target_id=target.id,
            member_id=target.member_id,
            caller_id=caller.id,
            e164=e164,
            taken_at=at,
            lease_until=lease,
            **told,
        )
    )
    return row


def a_draft(unit_id: UUID, member: Member, account: Account, at: datetime, name: str) -> ImportDraft:
    """A list somebody sent, which names a member and waits for the yes."""
    text = f"Medlemsnummer;Förnamn;Efternamn;Ort\n{member.number};Zelda;{member.last_name};Rättvik\n"
    row: ImportDraft = stored(
        ImportDraft(
            organisation_id=unit_id,
            made_by_id=account.id,
            file_name=name,
            digest=hashlib.sha256(text.encode()).hexdigest(),
            content=text.encode(),
            expires_at=at + timedelta(days=7),
        )
    )
    return row


def a_trace(batch_id: UUID, member: Member) -> ImportChange:
    """What a list that was read in changed of a member."""
    before, after = {"city": "Säter", "email": ""}, {"city": "Falun", "email": member.email}
    row: ImportChange = stored(
        ImportChange(
            batch_id=batch_id,
            member_id=member.id,
            line=2,
            kind=DecisionKind.UPDATED,
            before=before,
            after=after,
        )
    )
    return row
