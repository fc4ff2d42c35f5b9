"""What one who rings does with their telephone, in a few words."""

from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from campaigns.queue.models import CallAssignment
from organiser.accounts.models import Account
from organiser.core.database import db
from tests.builders import Builders
from tests.campaigns.conftest import Night
from tests.page import fields, get, post


def list_url(assignment: CallAssignment) -> str:
    return f"/calls/lists/{assignment.id}"


def browser_of(make: Builders, night: Night, account: Account) -> FlaskClient:
    """Somebody's own, signed in."""
    return make.sign_in(make.app.test_client(), account, night.tree.tenant_id)


def takes_next(phone: FlaskClient, night: Night) -> str:
    """Press "Show the next person"; gives the address of the call."""
    url = list_url(night.assignment)
    key = fields(get(phone, url))["key"]
    return str(post(phone, f"{url}/next", {"key": key}).location).partition("?")[0]


def tells(phone: FlaskClient, url: str, answer: str) -> TestResponse:
    """Press an answer on the call's page."""
    key = fields(get(phone, url))["key"]
    return post(phone, f"{url}/report", {"key": key, "outcome": answer})


def in_english(phone: FlaskClient) -> FlaskClient:
    """Everything is read in English from now on."""
    phone.get("/language/en")
    return phone


def stored(make: Builders, night: Night, statement: Any) -> list[Any]:
    """What a question to the database gives."""
    with make.storing(night.tree.tenant_id):
        return list(db.session.scalars(statement).unique())
