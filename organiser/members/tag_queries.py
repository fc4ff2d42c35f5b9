"""Selects of tags: those in use, those of one member, and the members who have one."""

from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import contains_eager

from organiser.audit.models import ChangeEntry, Deed
from organiser.members.kinds import TagKind
from organiser.members.models import Member
from organiser.members.tag_models import MemberTag, Tag


def tags_in_use(kind: TagKind | None = None, among: Select[Member] | None = None) -> Select[Tag]:
    """Tags that some member has (one of ``among``, where given), by kind and in the Swedish order."""
    worn = select(MemberTag.id).where(MemberTag.tag_id == Tag.id)
    if among is not None:
        worn = worn.where(MemberTag.member_id.in_(among.with_only_columns(Member.id).order_by(None)))
    query = select(Tag).where(worn.exists()).order_by(Tag.kind, Tag.sort_key, Tag.id)
    return query.where(Tag.kind == kind) if kind else query


def with_tag(tag_id: UUID) -> ColumnElement[bool]:
    """The condition that a member has the tag, whoever says so."""
    return exists().where(MemberTag.member_id == Member.id, MemberTag.tag_id == tag_id)


def tags_of(member_id: UUID) -> Select[MemberTag]:
    """What one member has, with the tag, by kind and in the Swedish order."""
    return (
        select(MemberTag)
        .join(MemberTag.tag)
        .options(contains_eager(MemberTag.tag))
        .where(MemberTag.member_id == member_id)
        .order_by(Tag.kind, Tag.sort_key, MemberTag.set_at, MemberTag.id)
    )


def said_in(member_id: UUID, kind: TagKind, source_ref: str) -> Select[MemberTag]:
    """What one source says of a member, of one kind."""
    return tags_of(member_id).where(Tag.kind == kind, MemberTag.source_ref == source_ref)


def member_tag_of(member_id: UUID, member_tag_id: UUID) -> Select[MemberTag]:
    """A tag of this member."""
    return tags_of(member_id).where(MemberTag.id == member_tag_id)


def known_as(kind: TagKind, key: str) -> Select[Tag]:
    """The tag of a kind with this key."""
    return select(Tag).where(Tag.kind == kind, Tag.key == key)


def names_of_tags(ids: set[UUID]) -> Select[UUID, str]:
    """The names behind ids of tags."""
    return select(Tag.id, Tag.name).where(Tag.id.in_(ids))


def taken_off(member_tag_id: UUID) -> Select[ChangeEntry]:
    """What the log keeps of a tag that was taken off a member, the latest first."""
    return (
        select(ChangeEntry)
        .where(
            ChangeEntry.subject == MemberTag.__tablename__,
            ChangeEntry.subject_id == member_tag_id,
            ChangeEntry.deed == Deed.REMOVED,
        )
        .order_by(ChangeEntry.at.desc(), ChangeEntry.id.desc())
    )
