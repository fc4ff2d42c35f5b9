"""The district's page and its numbers, beside the engine's own time for the same questions, fetched bare."""

import secrets
import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import event, select

from campaigns.activation.stats import figures_of
from counting.register import BenchRegister
from organiser.accounts.models import Account, Grant, SignIn
from organiser.accounts.permissions import Role
from organiser.accounts.tokens import hash_token
from organiser.core import clock
from organiser.core.database import db
from organiser.core.tenancy import inside
from organiser.orgs.models import Organisation

Said = list[tuple[str, Any]]
PAGE = "/district"


class Reading:
    """A board of the whole party reads."""

    def __init__(self, register: BenchRegister) -> None:
        self.register = register
        self.client = self._signed_in()

    def measure(self, rounds: int) -> dict[str, float]:
        """Medians in milliseconds of so many rounds in turn, and how often the page asks the database."""
        kept = self._questions_about_totals()
        ways: dict[str, Callable[[], float]] = {
            "bare_ms": lambda: self._bare(kept),
            "figures_ms": self._figures,
            "page_ms": self._page,
        }
        times: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(rounds):
            for name, way in ways.items():
                times[name].append(way())
        median = {name: round(statistics.median(taken) * 1000, 2) for name, taken in times.items()}
        return {**median, "queries": len(self._said(self._page))}

    def _bare(self, questions: Said) -> float:
        with self.register.app.app_context():
            raw: Any = db.engine.raw_connection()
            cursor = raw.cursor()
            start = time.perf_counter()
            for statement, values in questions:
                cursor.execute(statement, values)
                cursor.fetchall()
            taken = time.perf_counter() - start
            raw.close()
        return taken

    def _figures(self) -> float:
        with self.register.app.app_context(), inside(self.register.tenant_id):
            db.session.info["reading"] = True
            unit = db.session.scalars(select(Organisation).where(Organisation.parent_id.is_(None))).one()
            start = time.perf_counter()
            figures_of(unit, clock.now())
            return time.perf_counter() - start

    def _page(self) -> float:
        start = time.perf_counter()
        answer = self.client.get(PAGE)
        taken = time.perf_counter() - start
        if answer.status_code != 200:  # noqa: PLR2004  # the page
            raise RuntimeError(f"{PAGE} answered {answer.status_code}")
        return taken

    def _questions_about_totals(self) -> Said:
        """The statements, as the engine is told them, that read the totals and what has turned since."""
        said = self._said(self._figures)
        return [
            one
            for one in said
            if "FROM total" in one[0] or "JOIN total" in one[0] or "FROM standing" in one[0]
        ]

    def _said(self, act: Callable[[], object]) -> Said:
        said: Said = []

        def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
            if statement.startswith(("SELECT", "WITH")):
                said.append((statement, values))

        with self.register.app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", note)
        act()
        event.remove(engine, "before_cursor_execute", note)
        return said

    def _signed_in(self) -> FlaskClient:
        token, at, app = secrets.token_urlsafe(32), clock.now(), self.register.app

        def store() -> None:
            root = db.session.scalars(select(Organisation).where(Organisation.parent_id.is_(None))).one()
            board = Account(email="board@example.org", name="Styrelsen")
            db.session.add(board)
            db.session.flush()
            place = {"tenant_id": self.register.tenant_id, "organisation_id": root.id}
            db.session.add(Grant(**place, role=Role.ORGANISER, account_id=board.id))
            entry = {
                "token_hash": hash_token(token),
                "tenant_id": self.register.tenant_id,
                "second_step": True,
            }
            db.session.add(SignIn(**entry, account_id=board.id, ends_at=at + timedelta(hours=10)))

        self.register.do(store)
        client = app.test_client()
        serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]  # Flask's default one
        value = serializer.dumps({"sign_in": token, "seen_at": int(at.timestamp())})
        client.set_cookie(app.config["SESSION_COOKIE_NAME"], value)
        return client
