"""Selects over the register, always narrowed to the units the reader may see; run by views and services."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, not_, or_, select
from sqlalchemy.orm import joinedload, selectinload

from organiser.accounts.models import Account
from organiser.accounts.permissions import Permission
from organiser.accounts.queries import ids_open_to
from organiser.core.prepared import one_of
from organiser.core.text import search_key, squeeze
from organiser.members.kinds import BlockScope, MemberStatus
from organiser.members.models import Block, Member, PhoneNumber
from organiser.members.rules import (
    CALL_BLOCKS,
    OVER_STATUSES,
    USABLE_STATES,
    WhyNot,
    latest_adult_birth,
    latest_adult_year,
    phone_fragments,
)
from organiser.orgs.models import Organisation
from organiser.orgs.queries import below

DAYS = 8
"""Days of which conditions are kept once built: today's are asked for in every call."""


def members_open_to(account: Account, permission: Permission) -> Select[Member]:
    """The members of every unit where ``account`` holds ``permission``."""
    return select(Member).where(Member.organisation_id.in_(ids_open_to(account, permission)))


def in_order(query: Select[Member]) -> Select[Member]:
    """The Swedish order of names; those of one name in the order they came."""
    return query.order_by(Member.sort_key, Member.id)


def in_unit(query: Select[Member], unit_id: UUID) -> Select[Member]:
    """Only the members of a unit and of those below it."""
    units = below(unit_id).with_only_columns(Organisation.id).order_by(None)
    return query.where(Member.organisation_id.in_(units))


def details_open_to(account: Account) -> ColumnElement[bool]:
    """Members whose address and numbers ``account`` may read: those not protected, or entrusted to them."""
    entrusted = ids_open_to(account, Permission.SEE_PROTECTED)
    return or_(Member.protected.is_(False), Member.organisation_id.in_(entrusted))


def matching(
    query: Select[Member], words: str, readable: ColumnElement[bool] | None = None
) -> Select[Member]:
    """Those whom ``words`` mean: parts of a name in any order, a member number, digits of a telephone
    number, an e-mail address. Numbers and addresses of members who are not ``readable`` find nobody.
    """
    readable = Member.protected.is_(False) if readable is None else readable
    plain = squeeze(words)
    terms = [plain] if phone_fragments(plain) else plain.split()
    return query.where(*(_means(term, readable) for term in terms))


def _means(term: str, readable: ColumnElement[bool]) -> ColumnElement[bool]:
    """One word (or one telephone number with its blanks): in the name, the numbers or the address."""
    found = []
    if key := search_key(term):
        found.append(Member.search_key.contains(key, autoescape=True))
    if not term.replace("-", "").isalpha():
        found.append(func.lower(Member.number).contains(term.lower(), autoescape=True))
        found.append(and_(readable, func.lower(Member.email).contains(term.lower(), autoescape=True)))
    if fragments := phone_fragments(term):
        begins, holds = fragments
        like = PhoneNumber.e164.startswith(begins, autoescape=True) | PhoneNumber.e164.contains(holds)
        found.append(and_(readable, Member.numbers.any(like)))
    return or_(*found)


@lru_cache(maxsize=DAYS)
def obstacles(on: date, *, with_minors: bool = False) -> Mapping[WhyNot, ColumnElement[bool]]:
    """For each reason not to ring, the condition that it holds on the day ``on``; never NULL."""
    usable = Member.numbers.any(one_of(PhoneNumber.state, USABLE_STATES))
    minor = or_(
        and_(Member.birth_date.is_not(None), Member.birth_date > latest_adult_birth(on)),
        and_(
            Member.birth_date.is_(None),
            Member.birth_year.is_not(None),
            Member.birth_year > latest_adult_year(on),
        ),
    )
    found = {
        WhyNot.OVER: or_(is_over(), and_(Member.left_on.is_not(None), Member.left_on <= on)),
        WhyNot.PROTECTED: Member.protected.is_(True),
        WhyNot.BLOCKED: blocked(*CALL_BLOCKS),
        WhyNot.UNDER_AGE: minor,
        WhyNot.NO_NUMBER: not_(Member.numbers.any()),
        WhyNot.NUMBERS_FAILED: and_(Member.numbers.any(), not_(usable)),
    }
    if with_minors:
        del found[WhyNot.UNDER_AGE]
    return MappingProxyType(found)


@lru_cache(maxsize=DAYS)
def callable_on(on: date, *, with_minors: bool = False) -> ColumnElement[bool]:
    """The condition that a member may be rung on the day ``on``: no obstacle stands in the way."""
    return and_(*(not_(obstacle) for obstacle in obstacles(on, with_minors=with_minors).values()))


def callable_in(unit_id: UUID, on: date, *, with_minors: bool = False) -> Select[Member]:
    """The members of a unit, and of those below it, who may be rung on the day ``on``."""
    return in_unit(select(Member).where(callable_on(on, with_minors=with_minors)), unit_id)


def blocked(*scopes: BlockScope) -> ColumnElement[bool]:
    """The condition that a block of one of these scopes stands; of any scope when none is named."""
    standing = Block.lifted_at.is_(None)
    return Member.blocks.any(and_(standing, one_of(Block.scope, scopes)) if scopes else standing)


def without_number() -> ColumnElement[bool]:
    """The condition that no number leads to the member."""
    return not_(Member.numbers.any(one_of(PhoneNumber.state, USABLE_STATES)))


def of_status(*statuses: MemberStatus) -> ColumnElement[bool]:
    """The condition that the membership stands so."""
    return Member.status.in_(statuses)


def is_over() -> ColumnElement[bool]:
    """The condition that the membership is over."""
    return one_of(Member.status, OVER_STATUSES)


def some(ids: Sequence[UUID]) -> Select[Member]:
    """The members with these ids."""
    return select(Member).where(Member.id.in_(ids))


def held(query: Select[Member]) -> Select[Member]:
    """The same rows, kept from every other writer until we are done; for a writing request only."""
    return query.with_for_update(of=Member)


def in_full(query: Select[Member]) -> Select[Member]:
    """The same members with their association, numbers and blocks: two questions more, however many."""
    return query.options(
        joinedload(Member.organisation, innerjoin=True),
        selectinload(Member.numbers),
        selectinload(Member.blocks),
    )


def numbered(number: str) -> Select[Member]:
    """Whoever of our tenant has this member number."""
    return select(Member).where(Member.number == number)
