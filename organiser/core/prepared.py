"""Questions asked so often that building them anew each time would cost more than the engine's answer.

They are selects, built once with ``bindparam`` for what changes. The session's guard does not see them:
instead the tenant is written into every table they name, once, and told each time they are asked.
"""

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import Any, Generic, ParamSpec, TypeVarTuple
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, Integer, Result, Select, Uuid, bindparam, or_
from sqlalchemy.orm import Session, with_loader_criteria

from organiser.core.database import db
from organiser.core.tenancy import KNOWS_ITS_TENANT, Tenanted, here

HERE = bindparam("here", type_=Integer)
LISTS = (list, tuple, set, frozenset)
KEPT = 64
"""Shapes of one question that are kept."""
P = ParamSpec("P")
Ts = TypeVarTuple("Ts")
Kept = tuple[tuple[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Question(Generic[*Ts]):
    """A select that was built before, and the values it is asked with this time."""

    select: Select[*Ts]
    values: dict[str, Any]


def question(*kept: str) -> Callable[[Callable[P, Select[*Ts]]], Callable[P, Question[*Ts]]]:
    """Let a function that gives a ``Select`` give it as a ``Question``, built once: when it is built, its
    arguments are not the values but their places in the statement (of a list, tuple or set: of a list).

    Arguments named in ``kept`` decide the statement's shape: they come as they are (hashable), and it is
    built once for each of them.
    """

    def decorate(build: Callable[P, Select[*Ts]]) -> Callable[P, Question[*Ts]]:
        signature = inspect.signature(build)

        @lru_cache(maxsize=KEPT)
        def built(shape: Kept, lists: frozenset[str]) -> Select[*Ts]:
            told = dict(shape)
            places = {
                name: told[name] if name in told else bindparam(name, expanding=name in lists)
                for name in signature.parameters
            }
            made: Any = build(**places)  # type: ignore[call-arg]  # its own parameters, by their names
            return prepared(made)

        @wraps(build)
        def asked(*args: P.args, **named: P.kwargs) -> Question[*Ts]:
            bound = signature.bind(*args, **named)
            bound.apply_defaults()
            values = dict(bound.arguments)
            shape = tuple((name, values.pop(name)) for name in kept)
            lists = {name: list(value) for name, value in values.items() if isinstance(value, LISTS)}
            return Question(built(shape, frozenset(lists)), {**values, **lists})

        return asked

    return decorate


def load(asked: Question[*Ts]) -> Result[*Ts]:
    """Ask a question in our tenant; what we have changed is flushed first, as at any question of rows."""
    return db.session.execute(asked.select, {"here": here(), **asked.values})


def prepared(query: Select[*Ts]) -> Select[*Ts]:
    """The same question of only that tenant's rows where it will be asked, however it names them. What comes
    along with its rows must be joined (their ties carry the tenant); what is loaded from them later is kept
    to the tenant by the session's guard.
    """
    only = with_loader_criteria(
        Tenanted, lambda row: row.tenant_id == HERE, include_aliases=True, propagate_to_loaders=False
    )
    return query.options(only).execution_options(**KNOWS_ITS_TENANT)


def ask(session: Session, query: Select[*Ts], **values: Any) -> Result[*Ts]:
    """Ask a ``prepared`` question of columns in our tenant; what is not flushed yet is not seen."""
    return session.connection().execute(query, {"here": here(), **values})


def one_of(column: Any, values: Iterable[Any]) -> ColumnElement[bool]:
    """Whether a column has one of a few known values: written out, since a list would be spelt anew each time
    the question is asked.
    """
    return or_(*(column == value for value in values))


def told(name: str) -> Any:
    """A value that is named when the question is asked; its type is that of the column beside it."""
    return bindparam(name)


def ids(name: str) -> BindParameter[UUID]:
    """A list of ids that is named when the question is asked."""
    return bindparam(name, expanding=True, type_=Uuid())
