"""One of everything in a unit, each named so that it betrays where it belongs."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from campaigns.calling.joining_rules import new_link_token
from campaigns.calling.models import Call, CallAssignment, Campaign, Evening, Invitation, Shift, Target
from campaigns.calling.outcomes import Outcome
from campaigns.calling.states import TargetState
from campaigns.goals.models import Goal
from organiser.accounts.kinds import LinkPurpose
from organiser.accounts.models import Account, Grant, Link, SignIn
from organiser.accounts.permissions import Role
from organiser.accounts.tokens import hash_token, new_token
from organiser.audit.acting import acting_as
from organiser.audit.models import AccessEntry, Why
from organiser.core.database import Model, db
from organiser.core.phone import phone_display
from organiser.core.tenancy import here
from organiser.members.kinds import BlockScope, Channel, PhoneKind, Source
from organiser.members.models import Block, Contact, Member, PhoneNumber
from organiser.members.rules import name_keys
from organiser.roster.decisions import DecisionKind, Plan
from organiser.roster.models import ImportBatch, ImportChange, ImportDraft

EVENING = timedelta(hours=4)


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


def furnish(place: Place, unit_id: UUID, at: datetime) -> Furnished:
    """One of everything in a unit of the tenant we are in; only flushed."""
    room = Furnished(place, unit_id, at, {"unit_id": unit_id, "code": "en"})
    account = _somebody(room)
    member = _a_member(room)
    _traces(room, member, account)
    _a_campaign(room, member, account)
    _an_import(room, member, account)
    room.ids["goal_id"] = stored(
        Goal(organisation_id=unit_id, percent=50, due_on=at.date() + timedelta(days=60))
    ).id
    return room


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


def _somebody(room: Furnished) -> Account:
    """With a role in the unit, signed in somewhere, with a link to a new password."""
    word, token = room.place.account, new_token()
    account: Account = stored(Account(email=f"{word.lower()}@example.org", name=f"Kim {word}", password="x"))
    grant = Grant(tenant_id=here(), organisation_id=room.unit_id, account_id=account.id, role=Role.ORGANISER)
    ends_at = room.at + timedelta(hours=3)
    stored(
        Link(token_hash=hash_token(token), account_id=account.id, purpose=LinkPurpose.RESET, ends_at=ends_at)
    )
    room.ids.update(
        {
            "account_id": account.id,
            "grant_id": stored(grant).id,
            "sign_in_id": a_sign_in(account, room.at, new_token()).id,
            "/link token": token,
        }
    )
    return account


def _a_member(room: Furnished) -> Member:
    """Whose name stands nowhere else."""
    place = list(Place).index(room.place)
    number, e164 = f"77{place}4411", f"+4670174066{place}"
    member = a_person("Zelda", room.place.person, room.unit_id, number, e164)
    words = (room.place.person, number, e164, phone_display(e164), member.email)
    room.canary = Canary(member.id, here(), tuple(word.lower() for word in words))
    room.ids["member_id"] = member.id
    return member


def _traces(room: Furnished, member: Member, account: Account) -> None:
    """A block, a contact, an edit and a look."""
    request_id = f"edit-of-{room.place.name.lower()}"
    block = Block(
        member_id=member.id,
        scope=BlockScope.EMAIL,
        reason="said so",
        source=Source.PERSON,
        set_at=room.at,
        set_by=account.id,
    )
    with acting_as(account.id, request_id):
        member.city = "Falun"
        db.session.flush()
    entry = AccessEntry(actor_id=account.id, member_id=member.id, why=Why.PAGE, request_id="a-look")
    room.ids.update(
        {
            "block_id": stored(block).id,
            "contact_id": a_contact(member.id, account, room.at).id,
            "request_id": request_id,
            "entry_id": stored(entry).id,
        }
    )


def _a_campaign(room: Furnished, member: Member, account: Account) -> None:
    """A campaign of the unit, its list with the member on it, an evening under way, a link, a shift, a call
    that told the organiser something.
    """
    day, title = room.at.date(), f"Ringning {room.place.thing}"
    campaign = stored(
        Campaign(
            organisation_id=room.unit_id,
            title=title,
            script="## Hej\nHej {first_name}!",
            starts_on=day,
            ends_on=day + timedelta(days=30),
        )
    )
    assignment = stored(CallAssignment(campaign_id=campaign.id, organisation_id=room.unit_id))
    target = stored(Target(assignment_id=assignment.id, member_id=member.id, state=TargetState.FLAGGED))
    evening = stored(
        Evening(
            assignment_id=assignment.id,
            starts_at=room.at - timedelta(hours=1),
            ends_at=room.at - timedelta(hours=1) + EVENING,
        )
    )
    token = new_link_token(here())
    unused = stored(Invitation(evening_id=evening.id, name="Kim", token_hash=hash_token(token)))
    used = stored(
        Invitation(evening_id=evening.id, name="Ali", token_hash=hash_token(new_token()), used_at=room.at)
    )
    shift = a_shift(evening, account, used)
    call = a_call(
        target,
        account,
        member.numbers[0].e164,
        room.at,
        outcome=Outcome.WANTS_TO_LEAVE,
        reported_at=room.at,
        message="Vill gå ur.",
    )
    room.ids.update(
        {
            "campaign_id": campaign.id,
            "assignment_id": assignment.id,
            "target_id": target.id,
            "evening_id": evening.id,
            "invitation_id": unused.id,
            "/join token": token,
            "shift_id": shift.id,
            "call_id": call.id,
        }
    )


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


def _an_import(room: Furnished, member: Member, account: Account) -> None:
    """A list that waits, and one that was read in; both name the member."""
    name = f"{room.place.thing}.csv"
    draft = a_draft(room.unit_id, member, account, room.at, name)
    batch = stored(
        ImportBatch(
            organisation_id=room.unit_id,
            by_id=account.id,
            file_name=name,
            digest=draft.digest,
            counts={**Plan((), ()).counts(), "rows": 1, "updated": 1},
        )
    )
    a_trace(batch.id, member)
    room.ids.update({"draft_id": draft.id, "batch_id": batch.id})
