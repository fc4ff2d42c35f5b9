"""Selects over both logs, narrowed to the part of the organisation whose logs the reader may read."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, cast, func, or_, select

from organiser.accounts.models import Account
from organiser.accounts.permissions import Permission
from organiser.accounts.queries import ids_open_to
from organiser.audit.models import AccessEntry, ChangeEntry
from organiser.logs.choosing import Chosen
from organiser.members.models import Block, Contact, Member, PhoneNumber
from organiser.members.tag_models import MemberTag
from organiser.orgs.models import Organisation

OF_A_MEMBER: dict[str, type[PhoneNumber | Block | Contact | MemberTag]] = {
    "phone_number": PhoneNumber,
    "block": Block,
    "contact": Contact,
    "member_tag": MemberTag,
}
ONE_SIGHT = (AccessEntry.at, AccessEntry.actor_id, AccessEntry.why, AccessEntry.request_id)


def members_in_reach(account: Account) -> Select[Member]:
    """The members whose entries ``account`` may read."""
    return select(Member).where(Member.organisation_id.in_(ids_open_to(account, Permission.READ_LOGS)))


def whole_reach(account: Account) -> Select[UUID]:
    """The top unit, if ``account`` may read the logs of the whole tenant."""
    units = ids_open_to(account, Permission.READ_LOGS)
    return select(Organisation.id).where(Organisation.parent_id.is_(None), Organisation.id.in_(units))


def sights(account: Account, *, whole: bool) -> Select[AccessEntry]:
    """Who was shown whom."""
    if whole:
        return select(AccessEntry)
    ids = members_in_reach(account).with_only_columns(Member.id)
    return select(AccessEntry).where(AccessEntry.member_id.in_(ids))


def together(entries: Select[AccessEntry], choice: Chosen) -> Any:
    """The chosen sights, those of one page as one: when, who, why, in which request, how many members, and
    an entry of them by its id as text; newest first.
    """
    query: Any = entries.with_only_columns(
        *ONE_SIGHT, func.count().label("members"), func.min(cast(AccessEntry.id, String)).label("entry_id")
    )
    query = _within(query, AccessEntry, choice)
    if choice.kind:
        query = query.where(AccessEntry.why == choice.kind)
    return query.group_by(*ONE_SIGHT).order_by(AccessEntry.at.desc(), AccessEntry.request_id)


def shown_with(entries: Select[AccessEntry], one: AccessEntry) -> Select[AccessEntry]:
    """The entries of the page that ``one`` comes from."""
    alike = [column.is_not_distinct_from(getattr(one, column.key)) for column in ONE_SIGHT]
    return entries.where(*alike)


def sights_of(member_id: UUID) -> Select[AccessEntry]:
    """Everyone who was shown one member, newest first."""
    newest = (AccessEntry.at.desc(), AccessEntry.id.desc())
    return select(AccessEntry).where(AccessEntry.member_id == member_id).order_by(*newest)


def changes(account: Account, choice: Chosen, *, whole: bool) -> Select[ChangeEntry]:
    """The chosen changes, newest first."""
    query: Select[ChangeEntry] = _within(select(ChangeEntry), ChangeEntry, choice)
    if choice.kind:
        query = query.where(ChangeEntry.subject == choice.kind)
    if not whole:
        query = query.where(_in_reach(account))
    return query.order_by(ChangeEntry.at.desc(), ChangeEntry.id.desc())


def subjects() -> Select[str]:
    """What the change log tells of."""
    return select(ChangeEntry.subject).distinct()


def members_behind(subject: str, ids: Iterable[UUID]) -> Select[UUID, UUID]:
    """Whose number, block, contact or tag it is: id to member's id."""
    model = OF_A_MEMBER[subject]
    return select(model.id, model.member_id).where(model.id.in_(ids))


def names_of_members(ids: Iterable[UUID]) -> Select[Member]:
    """The members behind ids, those that are still there."""
    return select(Member).where(Member.id.in_(ids))


def names_of_units(ids: Iterable[UUID]) -> Select[UUID, str]:
    """The names behind ids of units."""
    return select(Organisation.id, Organisation.name).where(Organisation.id.in_(ids))


def _within(query: Any, log: Any, choice: Chosen) -> Any:
    query = query.where(log.at >= choice.start)
    if choice.end is not None:
        query = query.where(log.at < choice.end)
    return query.where(log.actor_id == choice.who) if choice.who else query


def _in_reach(account: Account) -> ColumnElement[bool]:
    members = members_in_reach(account).with_only_columns(Member.id)
    kept = [select(model.id).where(model.member_id.in_(members)) for model in OF_A_MEMBER.values()]
    subject = ChangeEntry.subject_id
    units = ids_open_to(account, Permission.READ_LOGS)
    return or_(subject.in_(members), subject.in_(units), *(subject.in_(ids) for ids in kept))
