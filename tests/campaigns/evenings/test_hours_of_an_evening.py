"""An evening that is longer than the campaign's hours says so: to the organiser, and at the door."""

from datetime import time, timedelta

import pytest
from flask.testing import FlaskClient

from campaigns.evenings.models import Evening
from campaigns.evenings.services import invite, start_evening
from campaigns.evenings.words import hours_words, last_call_at
from campaigns.queue.models import CallAssignment
from campaigns.queue.opening import CallingHours
from campaigns.queue.rules import Rules
from organiser.accounts.permissions import Role
from organiser.core import clock
from organiser.core.database import db
from organiser.core.ids import uuid7
from organiser.members.services import By
from organiser.web.filters import clock_time, zone
from tests.builders import NOON, Builders, Tree
from tests.campaigns.builders import make_assignment, make_campaign
from tests.page import get, words

HOURS = timedelta(hours=1)
EVERY_DAY = 7


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)


def rung_in(make: Builders, tree: Tree, *spans: tuple[int, int], hours: int = 4) -> Evening:
    """An evening from noon of a campaign that rings from one hour to another, local time, every day."""
    begins = NOON.astimezone(zone()).hour
    day = tuple((time(begins + start), time(begins + end)) for start, end in spans)
    rules = Rules(hours=CallingHours((day,) * EVERY_DAY, red_days_off=False)).as_json()
    campaign = make_campaign(make, tree.tenant_id, tree.district, rules=rules)
    stored = make_assignment(make, campaign, tree.falun)
    assignment = db.session.get_one(CallAssignment, (tree.tenant_id, stored.id))
    return start_evening(uuid7(), assignment, NOON, NOON + hours * HOURS, By(None, NOON))


def test_an_evening_within_the_hours_says_nothing_of_them(make: Builders, within: Tree) -> None:
    evening = rung_in(make, within, (0, 4))
    assert (hours_words(evening, NOON), last_call_at(evening, NOON)) == ("", evening.ends_at)


def test_an_evening_beyond_the_hours_says_when_the_last_member_is_rung(make: Builders, within: Tree) -> None:
    evening = rung_in(make, within, (0, 2))
    assert last_call_at(evening, NOON) == NOON + 2 * HOURS
    assert clock_time(NOON + 2 * HOURS) in hours_words(evening, NOON)


def test_hours_that_open_again_during_the_evening_are_counted_to_its_end(
    make: Builders, within: Tree
) -> None:
    evening = rung_in(make, within, (0, 1), (2, 3))
    assert last_call_at(evening, NOON) == NOON + 3 * HOURS


def test_an_evening_before_the_hours_says_when_they_begin(make: Builders, within: Tree) -> None:
    evening = rung_in(make, within, (2, 4))
    assert clock_time(NOON + 2 * HOURS) in hours_words(evening, NOON)


def test_a_list_closed_stops_its_own_evening_but_not_the_whole_campaigns(
    make: Builders, within: Tree
) -> None:
    evening = rung_in(make, within, (0, 4))
    evening.assignment.closed_at = NOON
    assert hours_words(evening, NOON)
    evening.whole_campaign = True
    assert hours_words(evening, NOON) == ""


def test_the_organiser_and_the_door_say_the_same_last_time(
    make: Builders, client: FlaskClient, tree: Tree
) -> None:
    with make.app.app_context(), make.storing(tree.tenant_id):
        evening = rung_in(make, tree, (0, 2))
        [link] = invite(evening, uuid7(), ["Kim"], NOON)
        address = f"/evenings/{evening.id}", link.address
        last, end = clock_time(NOON + 2 * HOURS), clock_time(NOON + 4 * HOURS)
    account = make.account(tree.tenant_id, (Role.ORGANISER, tree.district))
    door = words(get(make.app.test_client(), address[1]))
    assert last in door
    assert end not in door
    assert last in words(get(make.sign_in(client, account, tree.tenant_id), address[0]))
