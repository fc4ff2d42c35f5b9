"""The live page: who rings, how far it has come, what the day came to; short when all is as it was."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, event, select
from werkzeug.test import TestResponse

from campaigns.queue.models import Call, Campaign, Target
from campaigns.queue.outcomes import Outcome
from campaigns.queue.states import Turn
from organiser.accounts.permissions import Role
from organiser.audit.models import AccessEntry
from organiser.core import clock
from organiser.core.database import db
from tests.campaigns.builders import make_assignment, make_campaign, make_shift, make_targets
from tests.campaigns.following.builders import hold, tell_many
from tests.campaigns.following.conftest import Desk
from tests.page import faults_of, get, links, post, words


def asked(client: FlaskClient, url: str, tag: str = "") -> TestResponse:
    """The part that changes, as the page asks for it."""
    return client.get(url, headers={"HX-Request": "true", **({"If-None-Match": tag} if tag else {})})


@contextmanager
def counted() -> Iterator[list[str]]:
    """Every question the database is asked meanwhile."""
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith(("SELECT", "WITH")):
            said.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def rung(desk: Desk, number: int, outcome: Outcome = Outcome.NO_ANSWER, days: int = 0) -> None:
    """Calls by Anton a minute ago, or days before."""
    targets = make_targets(desk.make, desk.night.assignment, number)
    at = clock.now() - timedelta(seconds=1, days=days)
    tell_many(desk.make, desk.night.assignment, desk.night.anton, [(one, outcome, at) for one in targets])


def held(desk: Desk) -> Call:
    """Britta has somebody on the telephone."""
    target = make_targets(desk.make, desk.night.assignment, 1)[0]
    with desk.make.storing(desk.tree.tenant_id):
        row = db.session.scalars(select(Target).where(Target.id == target.id)).one()
        return hold(row, desk.night.britta, clock.now())


@pytest.fixture(params=["list", "campaign"])
def page(request: pytest.FixtureRequest, desk: Desk) -> str:
    """The live page of the list, and of the campaign."""
    return f"{desk.list if request.param == 'list' else desk.campaign}/live"


def test_it_shows_who_rings_and_what_the_day_came_to_and_names_no_member(desk: Desk, page: str) -> None:
    rung(desk, 3)
    rung(desk, 1, Outcome.TALKED)
    rung(desk, 5, Outcome.TALKED, days=1)
    held(desk)
    make_shift(desk.make, desk.night.assignment, desk.night.anton, clock.now())
    said = words(get(desk.client, page))
    assert "1 rings now" in said
    assert "4 calls today 1 reached, 25%" in said
    assert "Britta Ek On the phone since" in said
    assert "Anton Ek In since" in said
    assert "No answer 3 75%" in said
    assert "Person" not in said
    with desk.make.storing(desk.tree.tenant_id):
        assert db.session.scalars(select(AccessEntry)).all() == []


def test_the_ledger_adds_up_to_everybody(desk: Desk, page: str) -> None:
    rung(desk, 2)
    held(desk)
    desk.told(Outcome.LANGUAGE)
    said = words(get(desk.client, page))
    assert "Where the 4 members stand" in said
    assert "On the phone just now Their caller tells how it went. 1 25%" in said
    assert "Not tried yet Rung when it is their turn. 2 50%" in said
    assert "Waits for the organiser Deal with it under To follow up. 1 25%" in said
    assert "Together 4 100%" in said


def test_promised_calls_and_what_waits_are_counted_and_lead_to_the_inbox(desk: Desk, page: str) -> None:
    make_targets(desk.make, desk.night.assignment, 1, turn=Turn.PROMISED, due_at=clock.now())
    desk.told(Outcome.LANGUAGE)
    shown = get(desk.client, page)
    assert "1 promised a call today, due now" in words(shown)
    assert "1 member waits for you" in words(shown)
    inbox = f"{desk.list}/waiting" if "assignments" in page else f"{desk.campaign}/inbox"
    assert inbox in links(shown)


def test_nothing_new_is_answered_with_nothing(desk: Desk, page: str) -> None:
    rung(desk, 1)
    first = asked(desk.client, f"{page}/now")
    assert first.status_code == 200
    assert faults_of(first.text, fragment=True) == []
    assert first.headers["Cache-Control"] == "private, no-cache"
    tag = first.headers["ETag"]
    assert tag.startswith('W/"')
    again = asked(desk.client, f"{page}/now", tag)
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)


@pytest.mark.parametrize("what", ["told", "held", "left to do", "came", "paused", "promised", "in Swedish"])
def test_whatever_happens_is_answered_at_length(desk: Desk, page: str, what: str) -> None:
    tag = asked(desk.client, f"{page}/now").headers["ETag"]
    if what == "told":
        rung(desk, 1)
    elif what == "held":
        held(desk)
    elif what == "left to do":
        desk.told(Outcome.LANGUAGE)
    elif what == "came":
        make_shift(desk.make, desk.night.assignment, desk.night.anton, clock.now())
    elif what == "paused":
        post(desk.client, f"{desk.campaign}/pausing")
    elif what == "promised":
        make_targets(desk.make, desk.night.assignment, 1, turn=Turn.PROMISED)
    else:
        desk.client.get("/language/sv")
    assert asked(desk.client, f"{page}/now", tag).status_code == 200


def test_as_many_questions_are_asked_however_many_calls_there_are(desk: Desk, page: str) -> None:
    rung(desk, 1)
    held(desk)
    get(desk.client, page)
    with counted() as few:
        get(desk.client, page)
    rung(desk, 60)
    rung(desk, 60, days=3)
    with counted() as many:
        get(desk.client, page)
    assert len(many) == len(few) <= 20
    tag = asked(desk.client, f"{page}/now").headers["ETag"]
    with counted() as unchanged:
        asked(desk.client, f"{page}/now", tag)
    assert len(unchanged) <= 10


def test_calls_of_other_days_are_not_read(desk: Desk, page: str) -> None:
    rung(desk, 4, Outcome.TALKED, days=2)
    said = words(get(desk.client, page))
    assert "0 calls today" in said
    assert "How today's calls ended" not in said


def test_the_campaign_is_paused_and_goes_on(desk: Desk, page: str) -> None:
    post(desk.client, f"{desk.campaign}/pausing")
    shown = get(desk.client, page)
    assert "Callers get nobody new" in words(shown)
    assert f"{desk.campaign}/resuming" in shown.text
    post(desk.client, f"{desk.campaign}/pausing")
    post(desk.client, f"{desk.campaign}/resuming")
    assert f"{desk.campaign}/pausing" in get(desk.client, page).text
    with desk.make.storing(desk.tree.tenant_id):
        assert db.session.scalars(select(Campaign.paused_at)).one() is None


def test_what_is_odd_is_hinted_with_what_it_may_mean(desk: Desk, page: str) -> None:
    rung(desk, 16, Outcome.TALKED)
    said = words(get(desk.client, page))
    assert "Worth a look" in said
    assert "Anton Ek: Very short between the calls" in said
    assert "Anton Ek: Nearly everybody answered" in said
    assert "Ask how it goes" in said


def test_whoever_holds_until_the_time_is_up_again_and_again_is_hinted(desk: Desk, page: str) -> None:
    at = clock.now()
    targets = make_targets(desk.make, desk.night.assignment, 3)
    with desk.make.storing(desk.tree.tenant_id):
        for place, target in enumerate(targets):
            row = db.session.scalars(select(Target).where(Target.id == target.id)).one()
            call = hold(row, desk.night.britta, at, f"+4670174060{place + 5}")
            call.given_back_at = call.lease_until
            db.session.flush()
    make_shift(desk.make, desk.night.assignment, desk.night.britta, at)
    assert "Britta Ek: Several members were never reported" in words(get(desk.client, page))


def test_another_list_of_the_campaign_is_on_the_campaigns_page_alone(desk: Desk) -> None:
    with desk.make.storing(desk.tree.tenant_id):
        campaign = db.session.scalars(select(Campaign)).one()
    borlange = make_assignment(desk.make, campaign, desk.tree.borlange)
    make_targets(desk.make, borlange, 2)
    rung(desk, 1)
    assert "Where the 3 members stand" in words(get(desk.client, f"{desk.campaign}/live"))
    assert "Where the one member stands" in words(get(desk.client, f"{desk.list}/live"))


def test_a_campaign_without_lists_has_a_page_too(desk: Desk) -> None:

    empty = make_campaign(desk.make, desk.tree.tenant_id, desk.tree.sister_district)
    other = desk.as_(Role.ORGANISER, desk.tree.sister_district)
    assert "Where the 0 members stand" in words(get(other, f"/campaigns/{empty.id}/live"))


def test_only_who_leads_it_follows_it(desk: Desk, page: str) -> None:
    stranger = desk.as_(Role.ORGANISER, desk.tree.sister_district)
    for url in (page, f"{page}/now"):
        assert stranger.get(url).status_code == 404
    for deed in ("pausing", "resuming"):
        post(stranger, f"{desk.campaign}/{deed}", status=404)
    for role in (Role.CALLER, Role.VIEWER):
        get(desk.as_(role, desk.tree.district), page, 403)


def test_an_associations_organiser_follows_its_list_and_pauses_nothing(desk: Desk) -> None:
    berit = desk.as_(Role.ORGANISER, desk.tree.falun)
    get(berit, f"{desk.campaign}/live", 404)
    assert "/pausing" not in get(berit, f"{desk.list}/live").text
    post(berit, f"{desk.campaign}/pausing", status=404)
