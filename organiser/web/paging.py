"""A Select in, one page of it out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from flask import request
from sqlalchemy import Select, func, select

from organiser.core.database import db

T = TypeVar("T")
PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Rows ``first`` to ``last`` of ``total``; page numbers begin at 1."""

    rows: Sequence[T]
    number: int
    total: int
    per_page: int = PER_PAGE

    @property
    def first(self) -> int:
        return (self.number - 1) * self.per_page + 1 if self.rows else 0

    @property
    def last(self) -> int:
        return (self.number - 1) * self.per_page + len(self.rows)

    @property
    def previous_url(self) -> str | None:
        return self._url(self.number - 1) if self.number > 1 else None

    @property
    def next_url(self) -> str | None:
        return self._url(self.number + 1) if self.last < self.total else None

    def _url(self, number: int) -> str:
        kept = [(name, value) for name, value in request.args.items(multi=True) if name != "page"]
        return f"{request.path}?{urlencode([*kept, ('page', number)])}"


def page_of(query: Select[Any], per_page: int = PER_PAGE) -> Page[Any]:
    """The page the reader asks for (``?page=``), and how many rows there are in all.

    A query of one thing (members) gives a page of these, a query of several columns a page of rows.
    """
    number = max(1, request.args.get("page", 1, type=int) or 1)
    total = db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    number = min(number, max(1, -(-total // per_page)))
    found = db.session.execute(query.limit(per_page).offset((number - 1) * per_page))
    rows: Sequence[Any] = found.scalars().all() if len(query.column_descriptions) == 1 else found.all()
    return Page(rows, number, total, per_page)
