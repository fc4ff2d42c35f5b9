"""Samira's desk in Dalarna."""

import pytest
from flask.testing import FlaskClient

from organiser.accounts.permissions import Role
from tests.builders import Builders, Tree
from tests.campaigns.planning.office import Office


@pytest.fixture
def office(make: Builders, tree: Tree, client: FlaskClient) -> Office:
    samira = make.account(tree.tenant_id, (Role.ORGANISER, tree.district), name="Samira Ek", language="en")
    return Office(make, tree, make.sign_in(client, samira, tree.tenant_id))
