"""Who acts just now, and in which request: what both logs write beside every deed."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Acting:
    """An account (none: the command line or the program itself) and the request's id."""

    account_id: UUID | None = None
    request_id: str = ""


_acting: ContextVar[Acting] = ContextVar("acting", default=Acting())  # noqa: B039  # frozen


def acting() -> Acting:
    """Who acts in this context."""
    return _acting.get()


@contextmanager
def acting_as(account_id: UUID | None, request_id: str = "") -> Iterator[None]:
    """Act as an account for a while."""
    token = _acting.set(Acting(account_id, request_id))
    try:
        yield
    finally:
        _acting.reset(token)


def act_as(account_id: UUID | None, request_id: str = "") -> None:
    """Act as an account until told otherwise: the guard says it at every request."""
    _acting.set(Acting(account_id, request_id))
