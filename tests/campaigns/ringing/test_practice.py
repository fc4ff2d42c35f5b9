"""A round with three invented people before the first real call: nothing of it is stored or counted."""

import gzip
import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from campaigns.queue.models import Call
from campaigns.queue.outcomes import Outcome
from campaigns.ringing.practice import PEOPLE, ROUND, Practice, read_json
from organiser.accounts.permissions import Role
from organiser.audit.models import AccessEntry, ChangeEntry
from organiser.core.ids import uuid7
from organiser.members.models import Member
from tests.builders import Builders
from tests.campaigns.builders import make_targets, reserved_number
from tests.campaigns.conftest import Night
from tests.campaigns.ringing.evening import browser_of, in_english, list_url, stored
from tests.page import fields, get, links, post, words

TAUGHT = [situation.teaches for situation in ROUND]


@pytest.fixture
def phone(phone: FlaskClient) -> FlaskClient:
    return in_english(phone)


def begins(phone: FlaskClient, night: Night) -> TestResponse:
    return get(phone, f"/calls/practice?list={night.assignment.id}")


def presses(phone: FlaskClient, page: TestResponse, **tap: str) -> TestResponse:
    """One button of the page; gives the page it leads to."""
    return get(phone, str(post(phone, "/calls/practice", {"key": fields(page)["key"], **tap}).location))


def tells(phone: FlaskClient, page: TestResponse, outcome: str) -> TestResponse:
    """Show the number, ring, and say how it went."""
    shown = presses(phone, page, go="show")
    return presses(phone, presses(phone, shown, go="ring"), outcome=outcome)


def heading(page: TestResponse) -> str:
    """Whose page it is."""
    found = re.search(r'<h1 id="who"[^>]*>([^<]+)<', page.text)
    assert found is not None
    return found[1]


def offered(page: TestResponse) -> str:
    found = re.search(r'value="(talked_call_back@[^"]+)"', page.text)
    assert found is not None
    return found[1]


def test_the_round_teaches_four_things_with_three_people_and_ends(phone: FlaskClient, tonight: Night) -> None:
    page = begins(phone, tonight)
    names = []
    for outcome in TAUGHT:
        assert "Practice: an invented person, nothing is saved." in words(page)
        names.append(heading(page))
        page = tells(phone, page, offered(page) if outcome is Outcome.TALKED_CALL_BACK else outcome)
    assert list(dict.fromkeys(names)) == [person.name for person in PEOPLE]
    assert "Now you can ring for real" in words(page)
    assert f"{list_url(tonight.assignment)}?practised=yes" in links(page)


def test_each_tap_is_answered_with_what_it_leads_to(phone: FlaskClient, tonight: Night) -> None:
    page = tells(phone, begins(phone, tonight), "no_answer")
    assert "You pressed: Signe Hallqvist, no answer" in words(page)
    assert "Somebody rings again" in words(page)
    page = tells(phone, page, "wrong_number")
    assert "Yusuf has one number more" in words(page)
    page = tells(phone, page, offered(page))
    assert "Here: tomorrow at" in words(page) or "Here: " in words(page)


def test_another_answer_than_the_one_taught_is_told_so_and_can_be_undone(
    phone: FlaskClient, tonight: Night
) -> None:
    page = tells(phone, begins(phone, tonight), "no_calls")
    assert "Here “No answer” would have fitted." in words(page)
    [back] = [link for link in links(page) if link.startswith("/calls/practice?at=")][:1]
    again = get(phone, back)
    assert "Signe Hallqvist" in words(again)
    assert "Nobody answers." in words(again)
    assert "You pressed" not in words(again)


def test_a_question_is_practised_with_its_answer(phone: FlaskClient, tonight: Night) -> None:
    page = begins(phone, tonight)
    for outcome in TAUGHT[:3]:
        page = tells(phone, page, offered(page) if outcome is Outcome.TALKED_CALL_BACK else outcome)
    page = presses(phone, page, go="ring")
    assert "Would you like to help with something?" in words(page)
    page = presses(phone, page, value="doors")
    assert re.search(r'value="doors"[^>]* checked', page.text)
    assert "Saved, if it had been for real." in words(page)


def test_all_nineteen_answers_can_be_tried(phone: FlaskClient, tonight: Night) -> None:
    page = begins(phone, tonight)
    [other] = [link for link in links(page) if link.startswith("/calls/practice/other")]
    told = set(re.findall(r'name="outcome" value="([a-z_]+)', get(phone, other).text))
    assert told == set(Outcome)
    for outcome in Outcome:
        assert "You pressed: Signe Hallqvist" in words(presses(phone, page, outcome=outcome))


def test_nothing_is_stored_shown_to_the_log_or_counted(
    make: Builders, phone: FlaskClient, tonight: Night
) -> None:
    make_targets(make, tonight.assignment, 1)
    kept = [select(func.count()).select_from(model) for model in (Call, AccessEntry, ChangeEntry, Member)]
    before = [stored(make, tonight, query) for query in kept]
    page = begins(phone, tonight)
    for outcome in TAUGHT:
        page = tells(phone, page, outcome)
    assert [stored(make, tonight, query) for query in kept] == before
    assert "1 left to ring." in words(get(phone, list_url(tonight.assignment)))


def test_the_people_are_invented_and_their_numbers_ring_nowhere(phone: FlaskClient, tonight: Night) -> None:
    reserved = {reserved_number(place) for place in range(400)}
    assert {number for person in PEOPLE for number in person.numbers} <= reserved
    page = presses(phone, begins(phone, tonight), go="show")
    assert "070-174" in words(page)
    assert "tel:" not in page.text


def test_it_is_rung_for_ones_own_association_with_its_own_guide(phone: FlaskClient, tonight: Night) -> None:
    page = words(begins(phone, tonight))
    assert "You ring for Falun" in page
    assert "Hej Signe! Jag heter Anton Ek och ringer från Falun." in page
    stranger = words(get(phone, f"/calls/practice?list={uuid7()}"))
    assert "You ring for Partiet" in stranger


def test_an_address_that_was_written_by_somebody_else_begins_the_round(phone: FlaskClient) -> None:
    for token in ("", "nonsense", "WzIsMSwxLCIiLFtdLCIiXQ.forged"):
        assert "Signe Hallqvist" in words(get(phone, f"/calls/practice?at={token}"))


@pytest.mark.parametrize(
    "told", [None, [], [9, 0, 0, "", [], ""], [1, 0, 0, "", [], ""], [0, 0, 0, "", [], "x"]]
)
def test_what_is_no_place_in_the_round_is_refused(told: object) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_json(told)


def test_a_place_in_the_round_is_read_as_it_was_written() -> None:
    state = Practice(list_id=uuid7()).tell("no_answer").tell("wrong_number@x")
    assert read_json(state.as_json()) == state
    assert state.take_back().take_back().take_back().told == ()


def test_an_organiser_can_show_it_and_a_reading_board_cannot(make: Builders, tonight: Night) -> None:
    tree = tonight.tree
    organiser = make.account(tree.tenant_id, (Role.ORGANISER, tree.district))
    viewer = make.account(tree.tenant_id, (Role.VIEWER, tree.district))
    get(browser_of(make, tonight, organiser), "/calls/practice")
    get(browser_of(make, tonight, viewer), "/calls/practice", status=403)


def test_the_page_is_as_light_as_that_of_a_call(phone: FlaskClient, tonight: Night) -> None:
    page = tells(phone, begins(phone, tonight), "no_answer")
    assert len(gzip.compress(page.data)) <= 6 * 1024
