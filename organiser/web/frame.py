"""The frame round a request: reading takes no lock, writing is one transaction, said again when busy."""

import random
import time
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Response, g, has_request_context, request, session
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DBAPIError

from organiser.core.database import db
from organiser.core.engine import may_be_said_again
from organiser.core.tenancy import inside

ATTEMPTS = 5
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
R = TypeVar("R")
Hook = Callable[[], None]


def in_one_transaction(work: Callable[[], R]) -> R:
    """Run ``work`` and commit; again when a lock, a conflict or a lost connection was in the way.

    ``work`` must be repeatable: it touches nothing but the database. Any other error rolls back and rises.
    The session is closed then, which rolls back and lets go of its objects: an error page asks nothing more.
    """
    for attempt in range(ATTEMPTS):
        try:
            result = work()
            db.session.commit()
        except DBAPIError as error:
            db.session.close()
            if attempt + 1 == ATTEMPTS or not may_be_said_again(error):
                raise
            time.sleep(random.uniform(0.01, 0.05) * 2**attempt)  # noqa: S311  # spread, not a secret
        except BaseException:
            db.session.close()
            raise
        else:
            return result
    raise AssertionError("the last attempt returns or raises")


class Framed(Flask):
    """A Flask application whose guard and view run together inside the frame."""

    def preprocess_request(self) -> ResponseReturnValue | None:
        """Nothing yet: the guard's own questions to the database belong inside the frame."""
        return None

    def dispatch_request(self) -> ResponseReturnValue:
        """Guard, view and commit as one; then what must be written before the answer leaves."""
        if request.endpoint == "static":
            return super().preprocess_request() or super().dispatch_request()
        with inside(None):
            if request.method in SAFE:
                answer = self._read()
            else:
                answer = in_one_transaction(_once_more(self._answer))
                _call(g.pop("after_commit", []))
            _write_before_leaving(self)
        return answer

    def _read(self) -> ResponseReturnValue:
        db.session.info["reading"] = True
        try:
            return self._answer()
        finally:
            db.session.remove()

    def _answer(self) -> ResponseReturnValue:
        answer = super().preprocess_request()
        return super().dispatch_request() if answer is None else answer


def _once_more(work: Callable[[], R]) -> Callable[[], R]:
    """Each attempt begins with the cookie as the browser sent it and nothing remembered of the one before."""
    before, known = dict(session), set(g)

    def attempt() -> R:
        for name in set(g) - known:
            g.pop(name)
        session.clear()
        session.update(before)
        session.modified = False
        return work()

    return attempt


def after_commit(act: Hook) -> None:
    """Do ``act`` (send mail, say) once this request's transaction is stored; outside a request, at once."""
    if has_request_context():
        g.setdefault("after_commit", []).append(act)
    else:
        act()


def before_leaving(app: Flask, act: Hook) -> None:
    """Have ``act`` run after every view and before its answer leaves; it makes its own short transaction.

    If it raises, the page is not shown.
    """
    app.extensions.setdefault("before_leaving", []).append(act)


def _write_before_leaving(app: Flask) -> None:
    _call(app.extensions.get("before_leaving", []))


def _call(hooks: list[Any]) -> None:
    for act in hooks:
        act()


def see_other(url: str) -> Response:
    """The answer after a deed: 303, so that reloading repeats nothing."""
    return Response(status=303, headers={"Location": url})
