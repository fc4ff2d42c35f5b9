"""An evening that is now, as the pages' clock has it, and the telephone of one who rings."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from campaigns.evenings.models import Evening, Shift
from campaigns.queue.models import Campaign
from organiser.core import clock
from organiser.core.database import db
from tests.builders import Builders
from tests.campaigns.conftest import Night


@pytest.fixture
def tonight(make: Builders, night: Night) -> Night:
    """Falun's evening, under way for four hours more, in a campaign that began yesterday."""
    at = clock.now()
    with make.storing(night.tree.tenant_id):
        days = {"starts_on": at.date() - timedelta(days=1), "ends_on": at.date() + timedelta(days=60)}
        db.session.execute(update(Campaign).values(**days))
        for begun in (Evening, Shift):
            db.session.execute(update(begun).values(ends_at=at + timedelta(hours=4)))
    return night


@pytest.fixture
def phone(client: FlaskClient, make: Builders, tonight: Night) -> FlaskClient:
    """Anton's."""
    return make.sign_in(client, tonight.anton, tonight.tree.tenant_id)
