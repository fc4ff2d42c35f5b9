"""The door: a link once, with the code said aloud; scanners, guessers and late-comers get nowhere."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy import inspect as columns_of

from campaigns.evenings.models import Evening, Invitation, Shift
from campaigns.evenings.services import code_now, end_evening, end_shift, invite, renew_code, revoke
from campaigns.queue.models import CallAssignment
from campaigns.queue.taking import take_next_call
from organiser.accounts.models import Account, SignIn
from organiser.accounts.permissions import Role
from organiser.audit.models import ChangeEntry
from organiser.core.database import db
from organiser.core.ids import uuid7
from tests.builders import NOON, Builders, Tree
from tests.campaigns.builders import make_assignment, make_campaign, make_targets
from tests.conftest import SecureClient
from tests.page import fields, get, post, words

Later = Callable[[timedelta], None]
ENDS = NOON + timedelta(hours=4)


@dataclass(frozen=True, slots=True)
class Hall:
    """Falun rings tonight; ``link`` lets in one, ``code`` is what the organiser says."""

    make: Builders
    tree: Tree
    assignment: CallAssignment
    evening: Evening
    invitation: Invitation
    link: str
    code: str


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Later:
    """Sets the clock: it is NOON until somebody says otherwise."""
    now: list[datetime] = [NOON]
    monkeypatch.setattr("organiser.core.clock.now", lambda: now[0])

    def move(by: timedelta) -> None:
        now[0] = NOON + by

    return move


@pytest.fixture
def hall(make: Builders, tree: Tree, later: Later) -> Hall:
    campaign = make_campaign(make, tree.tenant_id, tree.district)
    assignment = make_assignment(make, campaign, tree.falun)
    make_targets(make, assignment, 3)
    with make.storing(tree.tenant_id):
        evening = Evening(id=uuid7(), assignment_id=assignment.id, starts_at=NOON, ends_at=ENDS, generation=1)
        db.session.add(evening)
        db.session.flush()
        [invited] = invite(evening, uuid4(), ["Kim"], NOON)
        code = code_now(evening)
    return Hall(make, tree, assignment, evening, invited.invitation, f"/join/{invited.token}", code)


def in_tenant(hall: Hall, act: Callable[[], object]) -> None:
    with hall.make.storing(hall.tree.tenant_id):
        act()


def kept(hall: Hall) -> dict[str, object]:
    with hall.make.storing(hall.tree.tenant_id):
        row = db.session.scalars(select(Invitation).where(Invitation.id == hall.invitation.id)).one()
        return {column.key: getattr(row, column.key) for column in columns_of(Invitation).column_attrs}


def count(hall: Hall, what: type) -> int:
    with hall.make.storing(hall.tree.tenant_id):
        return db.session.scalar(select(func.count()).select_from(what)) or 0


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


def come_in(client: FlaskClient, hall: Hall, code: str | None = None, status: int = 303) -> str:
    answer = post(client, hall.link, {"name": "Kim", "code": code or hall.code}, status)
    return answer.headers.get("Location") or words(answer)


def test_the_link_tells_what_and_for_whom_and_asks_for_the_code(client: FlaskClient, hall: Hall) -> None:
    page = get(client, hall.link)
    assert "Falun" in words(page)
    assert fields(page)["name"] == "Kim"
    assert hall.code not in page.text


def test_a_scanner_that_opens_the_link_changes_nothing(client: FlaskClient, hall: Hall) -> None:
    before = kept(hall), count(hall, Account), count(hall, Shift)
    for _ in range(6):
        get(client, hall.link)
        assert client.head(hall.link).status_code == 200
    assert (kept(hall), count(hall, Account), count(hall, Shift)) == before


def test_link_and_code_let_in_a_caller_for_this_shift_alone(client: FlaskClient, hall: Hall) -> None:
    get(client, hall.link)
    assert come_in(client, hall) == "/calls"
    get(client, f"/calls/lists/{hall.assignment.id}")
    with hall.make.storing(hall.tree.tenant_id):
        shift = db.session.scalars(select(Shift)).one()
        sign_in = db.session.scalars(select(SignIn)).one()
        assert (shift.account.name, shift.account.email, shift.account.password) == ("Kim", None, None)
        assert [(grant.role, grant.organisation_id) for grant in shift.account.grants] == [
            (Role.CALLER, hall.tree.falun)
        ]
        assert (shift.assignment_id, shift.ends_at, sign_in.ends_at) == (hall.assignment.id, ENDS, ENDS)


def test_a_link_lets_in_one_browser_and_tells_the_next_that_it_is_used(
    client: FlaskClient, hall: Hall
) -> None:
    get(client, hall.link)
    come_in(client, hall)
    second = SecureClient(hall.make.app, hall.make.app.response_class)
    get(second, hall.link, 410)
    come_in(second, hall, status=410)
    assert count(hall, Shift) == 1


def test_a_double_tap_from_the_same_browser_lets_in_once(client: FlaskClient, hall: Hall) -> None:
    get(client, hall.link)
    cookie = client.get_cookie(hall.make.app.config["SESSION_COOKIE_NAME"], domain="ringlista.example.org")
    assert cookie is not None
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', get(client, hall.link).text)
    assert token is not None
    data = {"csrf_token": token[1], "name": "Kim", "code": hall.code}
    assert client.post(hall.link, data=data).status_code == 303
    client.set_cookie(cookie.key, cookie.value, domain="ringlista.example.org", secure=True)
    assert client.post(hall.link, data=data).status_code == 303
    get(client, f"/calls/lists/{hall.assignment.id}")
    assert (count(hall, Shift), count(hall, Account)) == (1, 1)
    with hall.make.storing(hall.tree.tenant_id):
        live = select(func.count()).select_from(SignIn).where(SignIn.ended_at.is_(None))
        assert db.session.scalar(live) == 1


def test_who_is_in_and_opens_the_link_again_goes_on_ringing(client: FlaskClient, hall: Hall) -> None:
    get(client, hall.link)
    come_in(client, hall)
    assert get(client, hall.link, 303).headers["Location"] == "/calls"
    assert come_in(client, hall) == "/calls"
    assert count(hall, Shift) == 1


def test_five_wrong_codes_stop_the_link_and_are_told(client: FlaskClient, hall: Hall) -> None:
    for left in (4, 3, 2, 1):
        assert str(left) in come_in(client, hall, wrong(hall.code), 422)
    come_in(client, hall, wrong(hall.code), 410)
    assert kept(hall)["wrong_codes"] == 5
    come_in(client, hall, hall.code, 410)
    get(client, hall.link, 410)
    assert count(hall, Shift) == 0


def test_a_try_without_a_code_is_not_counted(client: FlaskClient, hall: Hall) -> None:
    post(client, hall.link, {"name": "Kim", "code": " "}, 422)
    assert kept(hall)["wrong_codes"] == 0


def test_the_code_of_another_evening_or_an_older_one_opens_nothing(client: FlaskClient, hall: Hall) -> None:
    other = Evening(assignment_id=hall.assignment.id, starts_at=NOON, ends_at=ENDS, id=uuid7(), generation=1)
    in_tenant(hall, lambda: db.session.add(other))
    with hall.make.storing(hall.tree.tenant_id):
        foreign = code_now(other)
    come_in(client, hall, foreign, 422)
    in_tenant(hall, lambda: renew_code(db.session.merge(hall.evening)))
    come_in(client, hall, hall.code, 422)
    assert count(hall, Shift) == 0


@pytest.mark.parametrize("path", ["/join/x", "/join/99-abc", "/join/1-abc", "/join/99999999999999999999-a"])
def test_a_link_that_is_none_of_ours_leads_nowhere(client: FlaskClient, hall: Hall, path: str) -> None:
    get(client, path, 404)
    post(client, path, {"name": "Kim", "code": hall.code}, 404)


def test_a_link_opens_nothing_in_another_tenant(client: FlaskClient, hall: Hall) -> None:
    own, _dash, rest = hall.link.removeprefix("/join/").partition("-")
    assert own == str(hall.tree.tenant_id)
    get(client, f"/join/{hall.tree.other_tenant_id}-{rest}", 404)


def test_before_the_evening_the_link_waits(client: FlaskClient, hall: Hall, later: Later) -> None:
    later(timedelta(minutes=-31))
    get(client, hall.link)
    come_in(client, hall, status=200)
    later(timedelta(minutes=-30))
    assert come_in(client, hall) == "/calls"


def test_after_the_evening_the_link_opens_nothing(client: FlaskClient, hall: Hall, later: Later) -> None:
    later(timedelta(hours=4))
    get(client, hall.link, 410)
    come_in(client, hall, status=410)


def test_a_link_taken_back_opens_nothing_and_puts_out_who_used_it(client: FlaskClient, hall: Hall) -> None:
    get(client, hall.link)
    come_in(client, hall)
    get(client, f"/calls/lists/{hall.assignment.id}")
    in_tenant(hall, lambda: revoke(db.session.merge(hall.invitation), NOON))
    assert get(client, "/calls", 303).headers["Location"] == "/shift-over"
    get(client, hall.link, 410)
    come_in(client, hall, status=410)


def test_when_the_shift_ends_the_next_page_says_thanks(client: FlaskClient, hall: Hall, later: Later) -> None:
    get(client, hall.link)
    come_in(client, hall)
    for minutes in range(25, 240, 25):
        later(timedelta(minutes=minutes))
        get(client, f"/calls/lists/{hall.assignment.id}")
    later(timedelta(hours=4))
    assert get(client, "/calls", 303).headers["Location"] == "/shift-over"
    thanks = words(get(client, "/shift-over"))
    assert "tack" in thanks or "thank you" in thanks


def test_a_caller_put_out_while_holding_somebody_is_out_at_the_next_tap(
    client: FlaskClient, hall: Hall
) -> None:
    get(client, hall.link)
    come_in(client, hall)
    with hall.make.storing(hall.tree.tenant_id):
        shift = db.session.scalars(select(Shift)).one()
        call = take_next_call(shift.account, [hall.assignment.id], NOON)
        assert call is not None
        end_shift(shift, NOON)
        url = f"/calls/{call.id}/report"
    assert post(client, url, {"outcome": "talked"}).headers["Location"] == "/shift-over"
    with hall.make.storing(hall.tree.tenant_id):
        db.session.add(call)
        db.session.refresh(call)
        assert (call.outcome, call.given_back_at) == (None, NOON)


def test_who_was_away_for_long_comes_back_with_link_and_code(
    client: FlaskClient, hall: Hall, later: Later
) -> None:
    get(client, hall.link)
    come_in(client, hall)
    later(timedelta(minutes=40))
    assert get(client, "/calls", 303).headers["Location"] == "/shift-over"
    away = words(get(client, "/shift-over"))
    assert "tack" not in away
    assert "thank" not in away
    get(client, hall.link)
    come_in(client, hall, wrong(hall.code), 422)
    assert come_in(client, hall) == "/calls"
    assert (count(hall, Shift), count(hall, Account)) == (1, 1)


def test_an_ended_evening_lets_nobody_back(client: FlaskClient, hall: Hall) -> None:
    get(client, hall.link)
    come_in(client, hall)
    in_tenant(hall, lambda: end_evening(db.session.merge(hall.evening), NOON))
    assert get(client, "/calls", 303).headers["Location"] == "/shift-over"
    get(client, hall.link, 410)
    come_in(client, hall, status=410)


def test_an_outsider_at_the_farewell_page_learns_nothing(client: FlaskClient, hall: Hall) -> None:
    page = words(get(client, "/shift-over"))
    assert "Falun" not in page


def test_the_log_of_changes_keeps_no_link_and_no_code(client: FlaskClient, hall: Hall) -> None:
    get(client, hall.link)
    come_in(client, hall)
    secret = hall.link.partition("-")[2]
    with hall.make.storing(hall.tree.tenant_id):
        told = [str(entry.changes) for entry in db.session.scalars(select(ChangeEntry))]
    assert told
    assert not [line for line in told if secret in line or hall.code in line]
