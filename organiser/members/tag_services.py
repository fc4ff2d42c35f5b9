"""Verbs of tags: put them on a member, take them off, put them back. They only flush."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from organiser.audit import services as audit
from organiser.audit.models import ChangeEntry, Deed
from organiser.core.database import db
from organiser.core.text import search_key, sort_key, squeeze
from organiser.members import tag_queries
from organiser.members.kinds import Source, TagKind
from organiser.members.models import Member
from organiser.members.services import By
from organiser.members.tag_models import MemberTag, Tag

LONGEST_NAME = 200
BY_HAND = ""


def put_tags(
    member: Member,
    kind: TagKind,
    names: Collection[str],
    source_ref: str,
    by: By,
    source: Source = Source.SURVEY,
) -> None:
    """What ``source_ref`` says of a member, of one kind, is exactly ``names`` from now on. What others say
    stays; the same once more changes nothing; names without a letter or figure are left out.
    """
    wanted = {key: name for name in reversed([*names]) if (key := tag_key(name))}
    standing = db.session.scalars(tag_queries.said_in(member.id, kind, source_ref)).all()
    for worn in standing:
        if worn.tag.key not in wanted:
            take_off(worn)
    missing = wanted.keys() - {worn.tag.key for worn in standing}
    for key in sorted(missing):  # in one order, so that two who write the same words never wait in a ring
        _put(member.id, called(kind, wanted[key]).id, source, source_ref, by)


def add_tag(member: Member, name: str, by: By, kind: TagKind = TagKind.TAG) -> MemberTag:
    """Put a tag on a member by hand; where it was put by hand already, that one."""
    return _put(member.id, called(kind, name).id, Source.PERSON, BY_HAND, by)


def take_off(worn: MemberTag) -> None:
    """The member has the tag no more (by this source), and their history tells that they had."""
    audit.record(Member.__tablename__, worn.member_id, Deed.CHANGED, {"tag": [worn.tag.name, None]})
    db.session.delete(worn)
    db.session.flush()


def put_back(member: Member, entry: ChangeEntry) -> MemberTag:
    """As it was before it was taken off, by what the log keeps of it (``tag_queries.taken_off``)."""
    was = {name: pair[0] for name, pair in entry.changes.items()}
    by = By(UUID(was["set_by"]) if was.get("set_by") else None, datetime.fromisoformat(was["set_at"]))
    source_ref = was.get("source_ref", BY_HAND)
    return _put(member.id, UUID(was["tag_id"]), Source(was["source"]), source_ref, by, id=entry.subject_id)


def called(kind: TagKind, name: str) -> Tag:
    """The tag of this name (with a ``tag_key``), made where nobody used it yet; its first writing is kept."""
    key = tag_key(name)
    if not key:
        raise ValueError("a tag without letters or figures")
    known = tag_queries.known_as(kind, key)
    fresh = Tag(kind=kind, name=_kept(name), key=key, sort_key=sort_key(_kept(name)))
    return db.session.scalar(known) or _added(fresh, known)


def tag_key(name: str) -> str:
    """By which a tag is the same however it is written; empty where the name says nothing."""
    key = search_key(_kept(name))
    return key if any(sign.isalnum() for sign in key) else ""


def _kept(name: str) -> str:
    return squeeze(name)[:LONGEST_NAME].strip()


def _put(  # a row's columns
    member_id: UUID, tag_id: UUID, source: Source, source_ref: str, by: By, **more: Any
) -> MemberTag:
    known = select(MemberTag).where(
        MemberTag.member_id == member_id, MemberTag.tag_id == tag_id, MemberTag.source_ref == source_ref
    )
    fresh = MemberTag(
        member_id=member_id,
        tag_id=tag_id,
        source=source,
        source_ref=source_ref,
        set_at=by.at,
        set_by=by.account_id,
        **more,
    )
    return db.session.scalar(known) or _added(fresh, known)


def _added(fresh: Any, known: Any) -> Any:
    """The row stored; where somebody else was quicker, theirs."""
    try:
        with db.session.begin_nested():
            db.session.add(fresh)
    except IntegrityError:
        return db.session.scalars(known).one()
    return fresh
