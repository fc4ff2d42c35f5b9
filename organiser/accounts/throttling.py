"""How often somebody may try: counted in the database, so that a second worker is no second chance."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from organiser.accounts.models import Throttle
from organiser.accounts.tokens import veiled
from organiser.core.database import db

WINDOW = timedelta(minutes=15)
KEPT = timedelta(days=1)


class TooMany(Exception):
    """Tried too often; ``until`` is when the next try is heard."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until.isoformat())
        self.until = until


@dataclass(frozen=True, slots=True)
class Tries:
    """One count: so many failures of one ``kind`` for one ``value`` (an address, an account) in a window."""

    kind: str
    value: str
    limit: int

    @property
    def key(self) -> str:
        return veiled(current_app.config["SECRET_KEY"], self.kind, self.value)

    def take(self, at: datetime) -> None:
        """Count a try before it is heard, and hold the count until the transaction ends, so that tries at the
        same moment queue up. Raises ``TooMany``.
        """
        row = self._row(at)
        if row.failures == 0 or row.window_ends_at <= at:
            row.failures, row.window_ends_at = 0, at + WINDOW
        if row.failures >= self.limit:
            raise TooMany(row.window_ends_at)
        row.failures += 1
        db.session.flush()

    def give_back(self) -> None:
        """It was no failure."""
        row = db.session.get(Throttle, self.key)
        if row and row.failures:
            row.failures -= 1

    def forget(self) -> None:
        """The right one came: what failed before counts no more."""
        row = db.session.get(Throttle, self.key)
        if row:
            row.failures = 0

    def _row(self, at: datetime) -> Throttle:
        query = select(Throttle).where(Throttle.key == self.key).with_for_update()
        query = query.execution_options(populate_existing=True)
        row = db.session.scalar(query)
        if row is None:
            self._begin(at)
            row = db.session.scalars(query).one()
        return row

    def _begin(self, at: datetime) -> None:
        db.session.execute(delete(Throttle).where(Throttle.window_ends_at < at - KEPT))
        try:
            with db.session.begin_nested():
                db.session.add(Throttle(key=self.key, failures=0, window_ends_at=at + WINDOW))
        except IntegrityError:
            return  # somebody else began it meanwhile


def sign_ins_from(address: str) -> Tries:
    """Failed sign-ins from one network address."""
    return Tries("sign-in from", address, 20)


def sign_ins_as(email: str) -> Tries:
    """Failed sign-ins with one e-mail address, whether or not it has an account."""
    return Tries("sign-in as", email.strip().lower(), 5)


def codes_of(account_id: object) -> Tries:
    """Wrong codes of one account."""
    return Tries("code", str(account_id), 5)


def passwords_of(account_id: object) -> Tries:
    """Wrong passwords of one who is signed in and is asked again."""
    return Tries("password again", str(account_id), 5)


def letters_to(email: str) -> Tries:
    """Letters with a link asked for one address."""
    return Tries("letter to", email.strip().lower(), 3)


def letters_from(address: str) -> Tries:
    """Letters asked for from one network address."""
    return Tries("letter from", address, 20)
