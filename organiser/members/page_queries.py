"""Selects for one member's page: the line up the tree, contacts, what was changed, who looked."""

from uuid import UUID

from sqlalchemy import Select, distinct, func, or_, select

from organiser.accounts.models import Account
from organiser.audit.models import AccessEntry, ChangeEntry, Deed, Why
from organiser.members.models import Block, Contact
from organiser.members.tag_models import MemberTag
from organiser.orgs.models import Organisation


def line_of(unit: Organisation) -> Select[Organisation]:
    """The units from the top of the tree down to ``unit``."""
    ids = [UUID(hex=part) for part in unit.path.strip("/").split("/")]
    return select(Organisation).where(Organisation.id.in_(ids)).order_by(Organisation.path)


def changes_to(member_id: UUID) -> Select[ChangeEntry]:
    """What was changed of a member, of their blocks and tags and the contacts with them, latest first."""
    kept = [select(model.id).where(model.member_id == member_id) for model in (Block, Contact, MemberTag)]
    subject = ChangeEntry.subject_id
    about = or_(subject == member_id, *(subject.in_(ids) for ids in kept))
    return select(ChangeEntry).where(about).order_by(ChangeEntry.at.desc(), ChangeEntry.id.desc())


def changes_in(member_id: UUID, request_id: str) -> Select[ChangeEntry]:
    """What one request changed of a member."""
    return select(ChangeEntry).where(
        ChangeEntry.subject_id == member_id,
        ChangeEntry.request_id == request_id,
        ChangeEntry.deed == Deed.CHANGED,
    )


def sights_of(member_id: UUID) -> Select[int, int]:
    """How many people opened a member's page, and how often in all."""
    return select(func.count(distinct(AccessEntry.actor_id)), func.count()).where(
        AccessEntry.member_id == member_id, AccessEntry.why.in_((Why.PAGE, Why.EDIT))
    )


def names_of(account_ids: set[UUID]) -> Select[UUID, str]:
    """Who is behind the ids in a log."""
    shown = func.coalesce(func.nullif(Account.name, ""), Account.email, "")
    return select(Account.id, shown).where(Account.id.in_(account_ids))


def contacts_with(member_id: UUID) -> Select[Contact]:
    """Contacts by other channels, the latest first."""
    return (
        select(Contact)
        .where(Contact.member_id == member_id)
        .order_by(Contact.on.desc(), Contact.created_at.desc())
    )


def own_contact(member_id: UUID, contact_id: UUID, account_id: UUID | None) -> Select[Contact]:
    """A contact with this member that this account noted."""
    return select(Contact).where(
        Contact.id == contact_id, Contact.member_id == member_id, Contact.by_id == account_id
    )


def block_of(member_id: UUID, block_id: UUID) -> Select[Block]:
    """A block of this member, standing or lifted."""
    return select(Block).where(Block.id == block_id, Block.member_id == member_id)
