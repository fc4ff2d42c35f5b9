"""Short ways in exist only where the people are invented."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from campaigns.app import create_app
from organiser.accounts.demo import demo_address, demo_email
from organiser.accounts.permissions import Role
from organiser.app import alembic
from organiser.config import Settings
from organiser.core.database import db
from organiser.web.frame import Framed
from tests.builders import Builders
from tests.conftest import SECRET, SecureClient
from tests.organiser.accounts.conftest import is_in
from tests.page import get, post, words


@pytest.fixture
def demonstration(tmp_path: Path) -> Framed:
    settings = Settings(
        data_dir=tmp_path,
        secret_key=SECRET,
        public_url="https://ringlista.example.org",
        demo=True,
        second_step=False,
    )
    app = create_app(settings)
    app.test_client_class = SecureClient
    with app.app_context():
        alembic.upgrade()
        db.session.remove()
    return app


def test_one_press_makes_one_an_organiser(demonstration: Framed) -> None:
    make = Builders(demonstration)
    tree = make.tree()
    make.account(tree.tenant_id, (Role.ORGANISER, tree.district), email=demo_email(Role.ORGANISER))
    client = demonstration.test_client()
    way = demo_address("", Role.ORGANISER)
    get(client, way)
    assert not is_in(client)
    post(client, way)
    assert is_in(client)
    assert "Dalarna · " in words(get(client, "/account"))
    get(client, "/demo/")


def test_no_way_leads_to_somebody_who_might_be_real(demonstration: Framed) -> None:
    make = Builders(demonstration)
    tree = make.tree()
    make.account(tree.tenant_id, (Role.ORGANISER, tree.district), email="organiser@example.org")
    post(demonstration.test_client(), demo_address("", Role.ORGANISER), status=404)


def test_a_role_there_is_not_is_not_there(demonstration: Framed) -> None:
    get(demonstration.test_client(), "/demo/king", 404)


def test_outside_a_demonstration_there_are_no_ways_in(client: FlaskClient) -> None:
    for role in Role:
        get(client, demo_address("", role), 404)
        post(client, demo_address("", role), status=404)
