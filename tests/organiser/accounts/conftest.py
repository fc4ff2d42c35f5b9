"""People who sign in the long way, a clock that can be moved, and a mail server that keeps what it gets."""

import re
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pyotp
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from organiser.accounts import passwords
from organiser.accounts.models import Account
from organiser.accounts.permissions import Role
from organiser.core import clock
from organiser.web.frame import Framed
from organiser.web.mail import SmtpMailer
from tests.builders import Builders, Tree
from tests.conftest import SecureClient
from tests.page import get, post

PASSWORD = "fyra blå älgar på ön"
KEY = re.compile(r"<code>([A-Z2-7 ]{20,})</code>")
CODES = re.compile(r"<li>([A-Z2-7]{4}(?:-[A-Z2-7]{4}){3})</li>")


class Hands:
    """A clock somebody turns."""

    def __init__(self) -> None:
        self.at = datetime(2024, 3, 1, 11, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at

    def on(self, **ahead: float) -> None:
        self.at += timedelta(**ahead)


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    hands = Hands()
    monkeypatch.setattr(clock, "now", hands.now)
    return hands


@pytest.fixture(scope="session")
def stored_password() -> str:
    return passwords.hashed(PASSWORD)


@pytest.fixture
def viewer(make: Builders, tree: Tree, stored_password: str) -> Account:
    """Sees numbers only: a password is enough."""
    return make.account(
        tree.tenant_id, (Role.VIEWER, tree.district), email="bo@example.org", password=stored_password
    )


@pytest.fixture
def organiser(make: Builders, tree: Tree, stored_password: str) -> Account:
    """Sees members: the phone is needed too."""
    return make.account(
        tree.tenant_id, (Role.ORGANISER, tree.district), email="eva@example.org", password=stored_password
    )


@pytest.fixture
def administrator(make: Builders, tree: Tree, stored_password: str) -> Account:
    return make.account(
        tree.tenant_id, (Role.ADMINISTRATOR, tree.root), email="ada@example.org", password=stored_password
    )


def sign_in(
    client: FlaskClient,
    email: str,
    password: str = PASSWORD,
    status: int = 303,
    query: str = "",
    **options: Any,
) -> TestResponse:
    return post(client, f"/sign-in{query}", {"email": email, "password": password}, status, **options)


def code_at(secret: str, at: datetime) -> str:
    return pyotp.TOTP(secret).at(at)


def set_up_phone(client: FlaskClient, email: str, hands: Hands) -> tuple[str, list[str]]:
    """Signs in for the first time; gives the app's secret and the recovery codes."""
    assert sign_in(client, email).location == "/sign-in/set-up"
    found = KEY.search(get(client, "/sign-in/set-up").text)
    assert found
    secret = found[1].replace(" ", "")
    page = post(client, "/sign-in/set-up", {"code": code_at(secret, hands.now())}, 200)
    return secret, CODES.findall(page.text)


def is_in(client: FlaskClient) -> bool:
    return client.get("/account").status_code == 200


@pytest.fixture
def browser(app: Framed) -> Callable[[], FlaskClient]:
    """Another browser, and another."""
    app.test_client_class = SecureClient
    return app.test_client


@dataclass
class Inbox:
    letters: list[Any] = field(default_factory=list)
    mailer: SmtpMailer | None = None

    def links(self) -> list[str]:
        """Paths of the links in the letters, once all are there."""
        assert self.mailer
        self.mailer.finish()
        text = "\n".join(letter.get_payload(decode=True).decode() for letter in self.letters)
        return re.findall(r"https://ringlista\.example\.org(/link/\S+)", text)


class Keep(Message):
    def __init__(self, inbox: Inbox) -> None:
        super().__init__()
        self.inbox = inbox

    def handle_message(self, message: Any) -> None:
        self.inbox.letters.append(message)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@pytest.fixture
def inbox(app: Framed, monkeypatch: pytest.MonkeyPatch) -> Iterator[Inbox]:
    """A mail server of our own, set as the installation's."""
    inbox = Inbox()
    port = _free_port()
    server = Controller(Keep(inbox), hostname="127.0.0.1", port=port)
    server.start()
    inbox.mailer = SmtpMailer(f"smtp://127.0.0.1:{port}")
    monkeypatch.setitem(app.extensions, "mailer", inbox.mailer)
    yield inbox
    inbox.mailer.close()
    server.stop()
