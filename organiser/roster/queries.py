"""Selects of the import: the register as columns, the history of lists read in, drafts on their way."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import joinedload

from organiser.accounts.models import Account
from organiser.accounts.permissions import Permission
from organiser.accounts.queries import ids_open_to
from organiser.members.kinds import BlockScope, NumberState, Source
from organiser.members.models import Block, Contact, Member, PhoneNumber
from organiser.members.tag_models import MemberTag
from organiser.orgs.models import Organisation
from organiser.orgs.queries import below
from organiser.roster.decisions import DecisionKind
from organiser.roster.models import ImportBatch, ImportChange, ImportDraft

PLAIN = (
    "first_name",
    "last_name",
    "birth_date",
    "birth_year",
    "gender",
    "email",
    "co_address",
    "street",
    "postcode",
    "city",
    "country",
    "municipality",
    "joined_on",
    "left_on",
    "paid_until",
    "protected",
    "language",
    "note",
)
"""Columns of Member whose name is the field's."""


def members_of(unit_id: UUID) -> Select[*tuple[Any, ...]]:
    """Id, number, organisation, extra, status and the PLAIN columns of everybody in a unit and below."""
    named = [getattr(Member, name) for name in PLAIN]
    return select(
        Member.id, Member.number, Member.organisation_id, Member.extra, Member.status, *named
    ).where(Member.organisation_id.in_(_ids_below(unit_id)))


def numbers_beside(unit_id: UUID) -> Select[UUID, str | None, UUID]:
    """Id, number and organisation of the tenant's other members who have a member number."""
    return select(Member.id, Member.number, Member.organisation_id).where(
        Member.organisation_id.not_in(_ids_below(unit_id)), Member.number.is_not(None)
    )


def phones_of(unit_id: UUID) -> Select[*tuple[Any, ...]]:
    """The telephone numbers of everybody in a unit and below, each member's in order."""
    return (
        select(
            PhoneNumber.id,
            PhoneNumber.member_id,
            PhoneNumber.e164,
            PhoneNumber.kind,
            PhoneNumber.note,
            PhoneNumber.position,
            PhoneNumber.source,
            PhoneNumber.state,
            PhoneNumber.state_at,
            PhoneNumber.state_by,
        )
        .join(Member, (Member.tenant_id == PhoneNumber.tenant_id) & (Member.id == PhoneNumber.member_id))
        .where(Member.organisation_id.in_(_ids_below(unit_id)))
        .order_by(PhoneNumber.member_id, PhoneNumber.position, PhoneNumber.id)
    )


def standing_blocks_of(unit_id: UUID) -> Select[UUID, UUID, BlockScope, Source]:
    """The blocks that stand for members in a unit and below."""
    return (
        select(Block.id, Block.member_id, Block.scope, Block.source)
        .join(Member, (Member.tenant_id == Block.tenant_id) & (Member.id == Block.member_id))
        .where(Block.lifted_at.is_(None), Member.organisation_id.in_(_ids_below(unit_id)))
    )


def _ids_below(unit_id: UUID) -> Select[UUID]:
    return below(unit_id).with_only_columns(Organisation.id).order_by(None)


def members_like(unit_id: UUID, numbers: Sequence[str], names: Sequence[str]) -> Select[UUID]:
    """Ids of those in a unit and below with one of these member numbers or search keys."""
    like = or_(Member.number.in_(numbers), Member.search_key.in_(names))
    return select(Member.id).where(Member.organisation_id.in_(_ids_below(unit_id)), like)


def batches_open_to(account: Account) -> Select[ImportBatch]:
    """The lists read in where ``account`` may read lists in, last first."""
    return (
        select(ImportBatch)
        .where(ImportBatch.organisation_id.in_(ids_open_to(account, Permission.IMPORT_MEMBERS)))
        .options(joinedload(ImportBatch.organisation), joinedload(ImportBatch.by))
        .order_by(ImportBatch.created_at.desc(), ImportBatch.id.desc())
    )


def drafts_open_to(account: Account, at: datetime) -> Select[ImportDraft]:
    """The files ``account`` itself has sent for units where it may read lists in, last first."""
    return (
        select(ImportDraft)
        .where(
            ImportDraft.made_by_id == account.id,
            ImportDraft.expires_at > at,
            ImportDraft.organisation_id.in_(ids_open_to(account, Permission.IMPORT_MEMBERS)),
        )
        .options(joinedload(ImportDraft.organisation))
        .order_by(ImportDraft.created_at.desc(), ImportDraft.id.desc())
    )


def last_with_headings(digest: str) -> Select[ImportBatch]:
    """The list last read in whose headings were the same."""
    return (
        select(ImportBatch)
        .where(ImportBatch.headings_digest == digest)
        .order_by(ImportBatch.created_at.desc(), ImportBatch.id.desc())
        .limit(1)
    )


def is_kind(kind: DecisionKind) -> ColumnElement[bool]:
    """The condition that a change is of this kind."""
    return ImportChange.kind == kind


def traces_of(batch_id: UUID, kind: DecisionKind) -> Select[UUID, dict[str, Any], dict[str, Any]]:
    """Member, before and after of each row of one kind."""
    return select(ImportChange.member_id, ImportChange.before, ImportChange.after).where(
        ImportChange.batch_id == batch_id, ImportChange.kind == kind
    )


def brought_by(batch_id: UUID) -> Select[UUID]:
    """The members a list brought who are in the register still."""
    return (
        select(Member.id)
        .join(
            ImportChange,
            (ImportChange.tenant_id == Member.tenant_id) & (ImportChange.member_id == Member.id),
        )
        .where(ImportChange.batch_id == batch_id, ImportChange.kind == DecisionKind.CREATED)
    )


def brought_and_known(batch_id: UUID, ties: Sequence[Select[UUID]]) -> Select[UUID]:
    """Those of them of whom more is known since: an edit, a contact, a block, a tag, a number that somebody
    tried or wrote down, a row of another list, or what ``ties`` select.
    """
    tried = or_(PhoneNumber.source != Source.FILE, PhoneNumber.state != NumberState.UNTRIED)
    others = select(ImportChange.member_id).where(ImportChange.batch_id != batch_id)
    known = [
        select(Contact.member_id),
        select(Block.member_id).where(or_(Block.source != Source.FILE, Block.lifted_at.is_not(None))),
        select(PhoneNumber.member_id).where(tried),
        select(MemberTag.member_id),
        others,
        *ties,
    ]
    return brought_by(batch_id).where(or_(Member.version > 1, *(Member.id.in_(one) for one in known)))


def blocks_lifted_at(at: datetime) -> Select[UUID, UUID, BlockScope]:
    """The blocks set by a list that were lifted at exactly that moment."""
    return select(Block.id, Block.member_id, Block.scope).where(
        Block.source == Source.FILE, Block.lifted_at == at
    )


def changes_of(batch_id: UUID) -> Select[ImportChange]:
    """What a list changed, in the file's order."""
    return (
        select(ImportChange)
        .where(ImportChange.batch_id == batch_id)
        .order_by(ImportChange.line, ImportChange.id)
    )
