"""Somebody who is told of every change of the register, and writes down what was said."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from sqlalchemy.orm import Session

from organiser.core.tenancy import here
from organiser.members.register_changes import Listener, watch_of
from organiser.web.frame import Framed

Heard = list[tuple[int, list[UUID]]]
"""What was said: in which tenant, and of whom."""


@contextmanager
def hearing(app: Framed, *listeners: Listener) -> Iterator[Heard]:
    """Everything said while it is open; ``listeners`` are told before."""
    heard: Heard = []

    def note(_session: Session, member_ids: list[UUID]) -> None:
        heard.append((here(), member_ids))

    watch = watch_of(app)
    before, models = list(watch.listeners), watch.models
    watch.listeners[:] = [*listeners, note]
    try:
        yield heard
    finally:
        watch.listeners[:], watch.models = before, models
