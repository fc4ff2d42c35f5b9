"""Files nobody confirmed are forgotten when their time is up, whoever uses Ringlista meanwhile."""

from contextlib import suppress
from datetime import datetime, timedelta

from flask import Flask, current_app, request
from sqlalchemy import delete, orm
from sqlalchemy.exc import DBAPIError

from organiser.core import clock
from organiser.core.database import db
from organiser.roster.models import ImportDraft
from organiser.web.frame import SAFE, before_leaving

AT_MOST_EVERY = timedelta(hours=1)
_LAST = "drafts_swept_at"


def init_app(app: Flask) -> None:
    """Look now and then, after a request that writes anyway."""
    before_leaving(app, _now_and_then)


def _now_and_then() -> None:
    at, last = clock.now(), current_app.extensions.get(_LAST)
    if request.method in SAFE or (last is not None and at - last < AT_MOST_EVERY):
        return
    current_app.extensions[_LAST] = at
    with suppress(DBAPIError):  # the next time will do; nobody's page waits for it
        sweep(at)


def sweep(at: datetime) -> None:
    """Remove the drafts of every tenant whose time is up, in a short transaction of its own."""
    expired = delete(ImportDraft).where(ImportDraft.expires_at <= at)
    with orm.Session(db.engine) as session, session.begin():
        session.execute(expired, execution_options={"every_tenant": True, "synchronize_session": False})
