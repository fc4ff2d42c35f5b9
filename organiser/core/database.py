"""The declarative base and the column types every table shares."""

import enum
from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, DateTime, Enum, Index, MetaData, String, Uuid, text
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, mapped_column, registry
from sqlalchemy.types import TypeDecorator

from organiser.core import clock
from organiser.core.engine import Work
from organiser.core.ids import uuid7

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """An aware datetime, stored in UTC; a naive one is a bug and is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive datetime {value!r}: say which time zone it is in")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


def _keys(closed_set: type[enum.Enum]) -> list[str]:
    return [str(member.value) for member in closed_set]


PrimaryKey = Annotated[UUID, mapped_column(Uuid, primary_key=True, default=uuid7)]
CreatedAt = Annotated[datetime, mapped_column(Moment, default=clock.now)]
# Ordered by code point on both engines: PostgreSQL would else sort by its own language's rules.
SortKey = Annotated[str, mapped_column(String().with_variant(String(collation="C"), "postgresql"))]


class Model(DeclarativeBase):
    """A table. Text has no length: both engines store it alike, and forms say what fits."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMING),
        type_annotation_map={
            datetime: Moment(),
            UUID: Uuid(),
            str: String(),
            dict[str, Any]: JSON(),
            dict[str, object]: JSON(),
            dict[str, str]: JSON(),
            list[str]: JSON(),
            enum.Enum: Enum(enum.Enum, native_enum=False, length=40, values_callable=_keys),
        },
    )


def unique_while(condition: str, name: str, *columns: str) -> Index:
    """One row at a time may meet ``condition`` (plain SQL both engines read); the database sees to it."""
    return Index(name, *columns, unique=True, sqlite_where=text(condition), postgresql_where=text(condition))


def index_while(condition: str, name: str, *columns: str) -> Index:
    """An index of only those rows that meet ``condition`` (plain SQL both engines read)."""
    return Index(name, *columns, sqlite_where=text(condition), postgresql_where=text(condition))


db = SQLAlchemy(
    model_class=Model, disable_autonaming=True, session_options={"class_": Work, "expire_on_commit": False}
)
