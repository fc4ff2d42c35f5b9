"""Tenants: every key begins with the root organisation; no row is read or written outside it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Column, ForeignKeyConstraint, Index, Table, Uuid, and_, event, orm
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship, with_loader_criteria

from organiser.core.database import Model
from organiser.core.ids import uuid7

KEPT = 256
"""Tenants of which we remember how to keep to them."""
KNOWS_ITS_TENANT = {"knows_its_tenant": True}
"""Said of a statement that names the tenant itself, wherever it names rows: see ``prepared``."""
_here: ContextVar[int | None] = ContextVar("tenant", default=None)

Parent = TypeVar("Parent", bound="Tenanted")


class OutsideTenant(LookupError):
    """Asked for rows without saying whose, or wrote into someone else's."""


def here() -> int:
    """The tenant we are in; raises ``OutsideTenant`` where none was entered."""
    tenant_id = _here.get()
    if tenant_id is None:
        raise OutsideTenant("no tenant in context")
    return tenant_id


@contextmanager
def inside(tenant_id: int | None) -> Iterator[None]:
    """Be in a tenant (or in none) for a while; always leaves again, also the one ``enter`` set meanwhile."""
    token = _here.set(tenant_id)
    try:
        yield
    finally:
        _here.reset(token)


def enter(tenant_id: int) -> None:
    """Go into a tenant until the surrounding ``inside`` ends: for the guard, which learns it on the way."""
    _here.set(tenant_id)


class Tenanted(Model):
    """A row of one tenant."""

    __abstract__ = True
    tenant_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=here, sort_order=-2)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7, sort_order=-1)


def belongs_to(
    parent: type[Parent], **options: Any
) -> tuple[orm.MappedColumn[UUID], orm.Relationship[Parent]]:
    """A column with its two-part foreign key and index, and the way along it; never to another tenant."""
    link: orm.MappedColumn[UUID] = mapped_column(Uuid, nullable=False)
    return link, relationship(parent, primaryjoin=_tie(link, parent), **options)


def may_belong_to(
    parent: type[Parent], **options: Any
) -> tuple[orm.MappedColumn[UUID | None], orm.Relationship[Parent | None]]:
    """As ``belongs_to``, where nothing is an answer too."""
    link: orm.MappedColumn[UUID | None] = mapped_column(Uuid, nullable=True)
    return link, relationship(parent, primaryjoin=_tie(link, parent), **options)


def _tie(link: orm.MappedColumn[Any], parent: type[Tenanted]) -> Any:
    @event.listens_for(link.column, "after_parent_attach")
    def tie(column: Column[Any], table: Table) -> None:
        tie_to(table, column, parent.__table__)

    def same_tenant() -> Any:
        return and_(foreign(link.column) == parent.id, link.column.table.c.tenant_id == parent.tenant_id)

    return same_tenant


def tie_to(table: Table, column: Column[Any], parent: Any) -> None:
    """The two-part foreign key (cascading: SET NULL would null the tenant too) and its index."""
    near, far = (table.c.tenant_id, column), (parent.c.tenant_id, parent.c.id)
    table.append_constraint(ForeignKeyConstraint(near, far, ondelete="CASCADE"))
    Index(None, *near)


@event.listens_for(orm.Session, "do_orm_execute")
def read_inside(state: orm.ORMExecuteState) -> None:
    """Scope every ORM statement, however it names its rows; without a tenant it matches none or raises."""
    said = state.execution_options
    if state.is_column_load or said.get("every_tenant") or said.get("knows_its_tenant"):
        return
    tenanted = any(issubclass(mapper.class_, Tenanted) for mapper in state.all_mappers)
    state.statement = state.statement.options(_only(here() if tenanted else _here.get()))


@lru_cache(maxsize=KEPT)
def _only(tenant_id: int | None) -> orm.util.LoaderCriteriaOption:
    """Rows of that tenant alone, however a statement names them."""
    return with_loader_criteria(Tenanted, lambda row: row.tenant_id == tenant_id, include_aliases=True)


@event.listens_for(orm.Session, "before_flush")
def write_inside(session: orm.Session, *_: object) -> None:
    """Refuse to add, change or delete a row of another tenant."""
    for row in (*session.new, *session.dirty, *session.deleted):
        if isinstance(row, Tenanted) and row.tenant_id not in {None, here()}:
            raise OutsideTenant(f"{type(row).__name__} of tenant {row.tenant_id}, written in {here()}")
