"""The last contact on the call page: its day as it is said, with the year only where that is another."""

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from campaigns.queue.models import Call
from organiser.core import clock
from organiser.core.database import db
from organiser.members.kinds import Channel
from organiser.members.models import Contact
from tests.builders import Builders
from tests.campaigns.builders import make_targets
from tests.campaigns.conftest import Night
from tests.campaigns.ringing.calling import begin
from tests.page import get, words

THIS_YEAR = clock.now().year


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(THIS_YEAR, 1, 1), "Senaste kontakt 1 januari: besök"),
        (date(THIS_YEAR - 1, 12, 1), f"Senaste kontakt 1 december {THIS_YEAR - 1}: besök"),
    ],
)
def test_the_day_of_the_last_contact_has_a_year_only_where_it_is_another(
    make: Builders, phone: FlaskClient, tonight: Night, on: date, said: str
) -> None:
    make_targets(make, tonight.assignment, 1)
    page = begin(phone, tonight)
    with make.storing(tonight.tree.tenant_id):
        member_id = db.session.scalars(select(Call.member_id)).one()
        db.session.add(Contact(member_id=member_id, channel=Channel.VISIT, on=on))
    assert said in words(get(phone, page))
