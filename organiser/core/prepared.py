"""Questions asked so often that building them anew each time would cost more than the engine's answer.

They are ORM selects, built once with ``bindparam`` for what changes. The session's guard does not see them:
instead the tenant is written into every table they name, once, and told each time they are asked.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, Integer, Result, Select, Uuid, bindparam
from sqlalchemy.orm import Session, with_loader_criteria

from organiser.core.tenancy import Tenanted, here

HERE = bindparam("here", type_=Integer)


def prepared(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """The same question of only that tenant's rows where it will be asked, however it names them."""
    return query.options(
        with_loader_criteria(Tenanted, lambda row: row.tenant_id == HERE, include_aliases=True)
    )


def ask(session: Session, query: Select[*tuple[Any, ...]], **values: Any) -> Result[*tuple[Any, ...]]:
    """Ask a ``prepared`` question in our tenant; what is not flushed yet is not seen."""
    return session.connection().execute(query, {"here": here(), **values})


def ids(name: str) -> BindParameter[UUID]:
    """A list of ids that is named when the question is asked."""
    return bindparam(name, expanding=True, type_=Uuid())
