"""What a person on the phone costs: bytes on the way to it, questions to the database."""

import gzip

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from campaigns.queue.models import Campaign
from campaigns.surveys.loading import load_packaged
from organiser.core.database import db
from tests.builders import Builders
from tests.campaigns.builders import make_targets
from tests.campaigns.conftest import Night
from tests.campaigns.ringing.calling import SCRIPT, begin, questions, tell
from tests.campaigns.surveys.asked import by, unit_of
from tests.page import fields, get, post

BYTES = 6 * 1024
A_PAGE, A_TAKE = 14, 25


@pytest.fixture
def asking(make: Builders, tonight: Night) -> Night:
    """The campaign asks the member survey that comes with the program."""
    with make.storing(tonight.tree.tenant_id):
        survey = load_packaged(unit_of(tonight.tree.district), by())
        db.session.flush()
        db.session.execute(update(Campaign).values(survey_id=survey.id))
    return tonight


def test_a_person_costs_a_phone_less_than_six_kilobytes(
    make: Builders, phone: FlaskClient, asking: Night
) -> None:
    make_targets(make, asking.assignment, 3)
    url = str(tell(phone, begin(phone, asking), "no_answer").location)
    bare = len(gzip.compress(get(phone, url).data))
    number = len(
        gzip.compress(post(phone, f"{url.partition('?')[0]}/number", status=200, headers=SCRIPT).data)
    )
    answer = {"outcome": "talked", "key": fields(get(phone, url))["key"]}
    swapped = post(phone, f"{url.partition('?')[0]}/report", answer, status=200, headers=SCRIPT)
    assert 2_000 < bare + number <= BYTES
    assert 2_000 < len(gzip.compress(swapped.data)) + number <= BYTES


def test_a_long_list_costs_no_more_questions_than_a_short_one(
    make: Builders, phone: FlaskClient, asking: Night
) -> None:
    make_targets(make, asking.assignment, 2)
    url = begin(phone, asking)
    few = questions(make, lambda: get(phone, url))
    make_targets(make, asking.assignment, 60)
    assert questions(make, lambda: get(phone, url)) == few
    assert few <= A_PAGE


def test_taking_the_next_costs_as_many_questions_however_long_the_list(
    make: Builders, phone: FlaskClient, asking: Night
) -> None:
    make_targets(make, asking.assignment, 2)
    few = questions(make, lambda: begin(phone, asking))
    post(phone, "/calls/pause")
    make_targets(make, asking.assignment, 60)
    assert questions(make, lambda: begin(phone, asking)) == few
    assert few <= A_TAKE
