"""The number of whoever is rung: not on the page until it is asked for, and not when they may not be rung."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from campaigns.queue.models import Call
from organiser.audit.models import AccessEntry, Why
from organiser.core import clock
from organiser.core.database import db
from organiser.core.phone import phone_display
from organiser.members.kinds import BlockScope, MemberStatus, Source
from organiser.members.models import Member, PhoneNumber
from organiser.members.services import By, block
from tests.builders import Builders
from tests.campaigns.builders import make_targets
from tests.campaigns.conftest import Night
from tests.campaigns.ringing.calling import SCRIPT, another, begin, stored, tell
from tests.page import get, post, words

ASKED_FOR = select(AccessEntry.member_id).where(AccessEntry.why == Why.NUMBER)


def change_the_member(make: Builders, night: Night, **values: Any) -> None:
    with make.storing(night.tree.tenant_id):
        for member in db.session.scalars(select(Member)):
            for name, value in values.items():
                setattr(member, name, value)


def block_the_member(make: Builders, night: Night) -> None:
    with make.storing(night.tree.tenant_id):
        member = db.session.scalars(select(Member)).one()
        block(member, BlockScope.CALLS, "", Source.PERSON, By(None, clock.now()))


def test_the_number_is_shown_when_it_is_asked_for(make: Builders, phone: FlaskClient, tonight: Night) -> None:
    make_targets(make, tonight.assignment, 1)
    url = begin(phone, tonight)
    [e164] = stored(make, tonight, select(Call.e164))
    before = get(phone, url)
    assert e164 not in before.text
    assert phone_display(e164) not in words(before)
    assert post(phone, f"{url}/number").location == url
    after = get(phone, url)
    assert f'href="tel:{e164}"' in after.text
    assert phone_display(e164) in words(after)


def test_asking_for_a_number_is_logged_once(make: Builders, phone: FlaskClient, tonight: Night) -> None:
    make_targets(make, tonight.assignment, 1)
    url = begin(phone, tonight)
    get(phone, url)
    assert stored(make, tonight, ASKED_FOR) == []
    post(phone, f"{url}/number")
    [revealed_at] = stored(make, tonight, select(Call.revealed_at))
    post(phone, f"{url}/number")
    assert revealed_at is not None
    assert stored(make, tonight, select(Call.revealed_at)) == [revealed_at]
    assert stored(make, tonight, ASKED_FOR) == stored(make, tonight, select(Member.id))


def test_a_script_gets_the_number_and_nothing_else(
    make: Builders, phone: FlaskClient, tonight: Night
) -> None:
    make_targets(make, tonight.assignment, 1)
    url = begin(phone, tonight)
    [e164] = stored(make, tonight, select(Call.e164))
    part = post(phone, f"{url}/number", status=200, headers=SCRIPT)
    assert f'href="tel:{e164}"' in part.text
    assert "<html" not in part.text


@pytest.mark.parametrize("change", [{"protected": True}, {"status": MemberStatus.LEFT}])
def test_somebody_who_may_not_be_rung_any_more_has_no_number_on_the_page(
    make: Builders, phone: FlaskClient, tonight: Night, change: dict[str, Any]
) -> None:
    make_targets(make, tonight.assignment, 1)
    change_the_member(make, tonight, city="Falun-Grycksbo")
    url = begin(phone, tonight)
    post(phone, f"{url}/number")
    [e164] = stored(make, tonight, select(Call.e164))
    change_the_member(make, tonight, **change)
    page = get(phone, url)
    assert e164 not in page.text
    assert phone_display(e164) not in words(page)
    assert "Grycksbo" not in words(page)
    assert f"{url}/giving-back" in page.text


def test_somebody_blocked_meanwhile_is_left_alone_and_the_next_one_comes(
    make: Builders, phone: FlaskClient, tonight: Night
) -> None:
    make_targets(make, tonight.assignment, 1)
    url = begin(phone, tonight)
    block_the_member(make, tonight)
    post(phone, f"{url}/number")
    assert stored(make, tonight, ASKED_FOR) == []
    assert stored(make, tonight, select(Call.revealed_at)) == [None]
    assert "tel:" not in get(phone, url).text
    make_targets(make, tonight.assignment, 1)
    following = str(post(phone, f"{url}/giving-back").location)
    assert following.startswith("/calls/0")
    assert following != url
    [first] = stored(make, tonight, select(Call).where(Call.given_back_at.is_not(None)))
    assert first.outcome is None


def test_a_call_that_is_over_shows_no_number(make: Builders, phone: FlaskClient, tonight: Night) -> None:
    make_targets(make, tonight.assignment, 1)
    url = begin(phone, tonight)
    post(phone, f"{url}/report", {"outcome": "talked", "key": "k"})
    assert post(phone, f"{url}/number").location == "/calls"
    gone = post(phone, f"{url}/number", status=200, headers=SCRIPT)
    assert (gone.headers["HX-Redirect"], gone.text) == ("/calls", "")
    assert stored(make, tonight, ASKED_FOR) == []


def test_nobody_sees_the_number_of_a_call_dealt_to_another(
    make: Builders, phone: FlaskClient, tonight: Night
) -> None:
    make_targets(make, tonight.assignment, 1)
    theirs = begin(another(make, tonight, tonight.britta), tonight)
    post(phone, f"{theirs}/number", status=404)
    post(phone, f"{theirs}/giving-back", status=404)
    assert stored(make, tonight, select(Call.given_back_at)) == [None]


def test_whose_wrong_number_was_struck_comes_again_with_another_and_the_page_says_so(
    make: Builders, phone: FlaskClient, tonight: Night
) -> None:
    [target] = make_targets(make, tonight.assignment, 1)
    with make.storing(tonight.tree.tenant_id):
        db.session.add(PhoneNumber(member_id=target.member_id, e164="+46701740699", position=1))
    again = "has one more number. Try that one now."
    phone.get("/language/en")
    url = begin(phone, tonight)
    assert again not in words(get(phone, url))
    next_one = tell(phone, url, "wrong_number").location
    assert again in words(get(phone, next_one))
