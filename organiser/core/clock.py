"""The one place that reads the clock; everything else is handed a moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_stands: ContextVar[datetime | None] = ContextVar("clock_stands", default=None)


def now() -> datetime:
    """The moment it is, aware, in UTC."""
    return _stands.get() or datetime.now(UTC)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let it be ``moment`` (aware) for a while, in this thread alone: an invented past gets true dates."""
    if moment.tzinfo is None:
        raise ValueError(f"naive datetime {moment!r}: say which time zone it is in")
    token = _stands.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _stands.reset(token)
