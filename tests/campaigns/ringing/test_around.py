"""Before, between and after the calls: how a list stands, why it rests, the last five, a pause, thanks."""

import re
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update

from campaigns.evenings.models import Evening, Invitation, Shift
from campaigns.queue.models import Call, CallAssignment, Campaign, Target
from campaigns.queue.opening import CallingHours
from campaigns.queue.outcomes import Outcome
from campaigns.queue.rules import Rules
from campaigns.queue.states import Turn
from organiser.accounts.permissions import Role
from organiser.core import clock
from organiser.core.database import db
from tests.builders import Builders
from tests.campaigns.builders import make_assignment, make_campaign, make_targets
from tests.campaigns.conftest import Night
from tests.campaigns.ringing.evening import browser_of, in_english, list_url, stored, takes_next, tells
from tests.page import fields, get, links, post, words

STOCKHOLM = ZoneInfo("Europe/Stockholm")
ALL_DAY = CallingHours((((time(9), time(21)),),) * 7, red_days_off=False)
WORKING_EVENINGS = CallingHours((((time(17), time(20)),),) * 4 + ((),) * 3)


@pytest.fixture
def phone(phone: FlaskClient) -> FlaskClient:
    return in_english(phone)


def change(make: Builders, night: Night, model: Any, **values: Any) -> None:
    with make.storing(night.tree.tenant_id):
        db.session.execute(update(model).values(**values))


def hours(make: Builders, night: Night, opening: CallingHours) -> None:
    change(make, night, Campaign, rules=Rules(hours=opening).as_json())


def the_clock(monkeypatch: pytest.MonkeyPatch, local: str) -> datetime:
    """It is that time in Sweden, and stays so."""
    at = datetime.fromisoformat(local).replace(tzinfo=STOCKHOLM)
    monkeypatch.setattr(clock, "now", lambda: at)
    return at


def goes(page_text: str) -> int:
    """How many buttons glow."""
    return len(re.findall(r'class="btn [^"]*\bgo\b', page_text))


def test_whoever_has_not_rung_yet_is_offered_practice_first(
    make: Builders, phone: FlaskClient, tonight: Night
) -> None:
    make_targets(make, tonight.assignment, 3)
    page = get(phone, list_url(tonight.assignment))
    assert "The first one you get is a real member." in words(page)
    assert f"/calls/practice?list={tonight.assignment.id}" in links(page)
    assert goes(page.text) == 1
    practised = words(get(phone, f"{list_url(tonight.assignment)}?practised=yes"))
    assert "is a real member" not in practised
    tells(phone, takes_next(phone, tonight), "no_answer")
    again = words(get(phone, list_url(tonight.assignment)))
    assert "is a real member" not in again


def test_the_start_says_what_it_is_for_and_how_many_are_left(
    make: Builders, phone: FlaskClient, tonight: Night
) -> None:
    make_targets(make, tonight.assignment, 3)
    page = words(get(phone, list_url(tonight.assignment)))
    assert "Ring for Falun" in page
    assert "Medlemsringning våren" in page
    assert "Höra hur medlemmarna har det" in page
    assert "3 left to ring." in page


def test_the_start_says_until_when_we_ring_today(
    make: Builders, tonight: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_targets(make, tonight.assignment, 1)
    let_run_from(make, tonight, the_clock(monkeypatch, "2026-03-09T18:00"), ALL_DAY)
    phone = in_english(browser_of(make, tonight, tonight.anton))
    assert "We ring until 21:00 today." in words(get(phone, list_url(tonight.assignment)))


def test_a_list_with_nobody_on_it_says_so(phone: FlaskClient, tonight: Night) -> None:
    assert "Nobody is on this list yet" in words(get(phone, list_url(tonight.assignment)))


def test_a_list_where_everybody_is_met_says_that_it_is_done(
    make: Builders, phone: FlaskClient, tonight: Night
) -> None:
    make_targets(make, tonight.assignment, 1)
    location = str(tells(phone, takes_next(phone, tonight), "talked").location)
    page = words(get(phone, location))
    assert "The whole list is done" in page
    assert "You have made 1 call today and talked with 1 person." in page


def test_it_says_who_rests_until_when_and_who_was_promised_a_call(
    make: Builders, phone: FlaskClient, tonight: Night
) -> None:
    tomorrow = (clock.now() + timedelta(days=1)).astimezone(STOCKHOLM).replace(hour=18, minute=30)
    make_targets(make, tonight.assignment, 2, tries=1, due_at=tomorrow)
    make_targets(
        make, tonight.assignment, 1, tries=1, turn=Turn.PROMISED, due_at=tomorrow + timedelta(minutes=45)
    )
    page = words(get(phone, list_url(tonight.assignment)))
    assert "Everybody is rung just now" in page
    assert "2 are resting. The first can be rung tomorrow at 18:30." in page
    assert "1 has asked us to ring later. The first one tomorrow at 19:15." in page


def test_the_rest_lasts_until_the_campaign_rings_again(
    make: Builders, tonight: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = the_clock(monkeypatch, "2026-03-09T18:00")
    let_run_from(make, tonight, at, WORKING_EVENINGS)
    make_targets(make, tonight.assignment, 1, tries=1, due_at=at + timedelta(hours=20))
    phone = in_english(browser_of(make, tonight, tonight.anton))
    page = words(get(phone, list_url(tonight.assignment)))
    assert "The first can be rung tomorrow at 17:00." in page


def test_whoever_was_rung_by_another_campaign_rests_here_too(
    make: Builders, phone: FlaskClient, tonight: Night
) -> None:
    [target] = make_targets(make, tonight.assignment, 1)
    at = clock.now()
    tomorrow = (at + timedelta(days=1)).astimezone(STOCKHOLM).replace(hour=14, minute=0)
    with make.storing(tonight.tree.tenant_id):
        there = Campaign(
            organisation_id=tonight.tree.falun,
            title="Höst",
            rules=Rules().as_json(),
            starts_on=at.date(),
            ends_on=at.date(),
        )
        db.session.add(there)
        db.session.flush()
        other = CallAssignment(campaign_id=there.id, organisation_id=tonight.tree.falun)
        db.session.add(other)
        db.session.flush()
        place = Target(
            campaign_id=there.id,
            assignment_id=other.id,
            member_id=target.member_id,
            turn=Turn.AGAIN,
            due_at=at,
        )
        db.session.add(place)
        db.session.flush()
        call = Call(
            target_id=place.id,
            member_id=target.member_id,
            caller_id=tonight.britta.id,
            e164="+46701740690",
            taken_at=at,
            lease_until=at,
            outcome=Outcome.NO_ANSWER,
            reported_at=at,
            rests_until=tomorrow,
        )
        db.session.add(call)
    page = words(get(phone, list_url(tonight.assignment)))
    assert "1 is resting. The first can be rung tomorrow at 14:00." in page


def test_it_says_that_somebody_else_has_the_last_one(
    make: Builders, phone: FlaskClient, tonight: Night
) -> None:
    make_targets(make, tonight.assignment, 1)
    takes_next(browser_of(make, tonight, tonight.britta), tonight)
    page = words(get(phone, list_url(tonight.assignment)))
    assert "Somebody else is ringing 1 person just now." in page
    assert "somebody else is being rung" not in page


def test_whom_one_skipped_waits_for_somebody_else(make: Builders, phone: FlaskClient, tonight: Night) -> None:
    make_targets(make, tonight.assignment, 1)
    location = str(tells(phone, takes_next(phone, tonight), "skipped").location)
    assert "1 waits for somebody else." in words(get(phone, location))


RED_TOO = CallingHours((((time(9), time(21)),),) * 7)


@pytest.mark.parametrize(
    ("local", "opening", "said"),
    [
        ("2026-06-19T18:00", RED_TOO, "Midsummer"),
        ("2026-06-19T18:00", RED_TOO, "We ring again on Sunday 21 June at 09:00."),
        (
            "2026-03-06T18:00",
            WORKING_EVENINGS,
            "Nobody is rung today. We ring again on Monday 9 March at 17:00.",
        ),
        ("2026-03-09T10:00", WORKING_EVENINGS, "We ring again today at 17:00."),
        ("2026-03-09T20:30", WORKING_EVENINGS, "We ring again tomorrow at 17:00."),
    ],
)
def test_out_of_hours_it_says_why_and_when_it_opens(
    make: Builders,
    tonight: Night,
    monkeypatch: pytest.MonkeyPatch,
    local: str,
    opening: CallingHours,
    said: str,
) -> None:
    make_targets(make, tonight.assignment, 1)
    at = the_clock(monkeypatch, local)
    let_run_from(make, tonight, at, opening)
    phone = in_english(browser_of(make, tonight, tonight.anton))
    page = words(get(phone, list_url(tonight.assignment)))
    assert "Nobody is rung just now" in page
    assert said in page


def let_run_from(make: Builders, night: Night, at: datetime, opening: CallingHours) -> None:
    """The campaign and the evening are under way at ``at``."""
    day = at.date()
    change(make, night, Campaign, starts_on=day, ends_on=day + timedelta(days=30))
    for model in (Evening, Shift):
        change(make, night, model, starts_at=at, ends_at=at + timedelta(hours=4))
    hours(make, night, opening)


def test_a_red_day_is_named_in_swedish_too(
    make: Builders, tonight: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = the_clock(monkeypatch, "2026-06-19T18:00")
    let_run_from(make, tonight, at, RED_TOO)
    page = words(get(browser_of(make, tonight, tonight.anton), list_url(tonight.assignment)))
    assert "Midsommarafton" in page


def test_a_paused_campaign_is_looked_at_again_by_the_page_itself(
    make: Builders, phone: FlaskClient, tonight: Night
) -> None:
    make_targets(make, tonight.assignment, 1)
    change(make, tonight, Campaign, paused_at=clock.now())
    url = list_url(tonight.assignment)
    page = get(phone, url)
    assert "The ringing is paused" in words(page)
    assert goes(page.text) == 0
    look = re.search(r'hx-get="([^"]+)" hx-trigger="every 30s"', page.text)
    assert look is not None
    script = {"HX-Request": "true"}
    still = phone.get(look[1], headers=script)
    assert (still.status_code, "HX-Refresh" in still.headers) == (204, False)
    change(make, tonight, Campaign, paused_at=None)
    assert phone.get(look[1], headers=script).headers["HX-Refresh"] == "true"
    assert "Show the next person" in words(get(phone, url))


@pytest.mark.parametrize(
    ("first", "last", "said"), [(5, 9, "It has not begun yet"), (-9, -5, "The ringing is over")]
)
def test_a_campaign_that_has_not_begun_or_is_over_says_so(
    make: Builders, phone: FlaskClient, tonight: Night, first: int, last: int, said: str
) -> None:
    make_targets(make, tonight.assignment, 1)
    today = clock.now().date()
    days = {"starts_on": today + timedelta(days=first), "ends_on": today + timedelta(days=last)}
    change(make, tonight, Campaign, **days)
    assert said in words(get(phone, list_url(tonight.assignment)))


def test_a_closed_list_says_so_to_those_who_rang_it_and_to_nobody_else(
    make: Builders, phone: FlaskClient, tonight: Night
) -> None:
    make_targets(make, tonight.assignment, 1)
    takes_next(phone, tonight)
    change(make, tonight, CallAssignment, closed_at=clock.now())
    assert "The list is closed" in words(get(phone, list_url(tonight.assignment)))
    stranger = make.account(tonight.tree.tenant_id, (Role.CALLER, tonight.tree.falun))
    get(browser_of(make, tonight, stranger), list_url(tonight.assignment), status=404)


def test_whoever_holds_somebody_may_finish_after_hours(
    make: Builders, phone: FlaskClient, tonight: Night
) -> None:
    make_targets(make, tonight.assignment, 2)
    call = takes_next(phone, tonight)
    change(make, tonight, Campaign, paused_at=clock.now())
    page = get(phone, list_url(tonight.assignment))
    assert call in links(page)
    assert "Show the next person" not in words(page)


def test_a_pause_thanks_and_leads_back_to_the_same_list(
    make: Builders, phone: FlaskClient, tonight: Night
) -> None:
    make_targets(make, tonight.assignment, 1)
    takes_next(phone, tonight)
    page = get(phone, str(post(phone, "/calls/pause").location))
    assert "Thank you, Anton!" in words(page)
    assert list_url(tonight.assignment) in links(page)
    assert goes(page.text) == 1
    assert [call.is_open for call in stored(make, tonight, select(Call))] == [False]


def test_after_three_quarters_of_an_hour_a_break_is_hinted_at(
    make: Builders, phone: FlaskClient, tonight: Night
) -> None:
    make_targets(make, tonight.assignment, 9)
    tells(phone, takes_next(phone, tonight), "no_answer")
    assert "minutes." not in words(get(phone, "/calls/pause"))
    with make.storing(tonight.tree.tenant_id):
        begun = clock.now() - timedelta(minutes=50, seconds=20)
        db.session.execute(update(Call).where(Call.outcome == Outcome.NO_ANSWER).values(taken_at=begun))
    assert "You have rung for 50 minutes." in words(get(phone, "/calls/pause"))
    assert "You have rung for 50 minutes." in words(get(phone, list_url(tonight.assignment)))


def test_stopping_thanks_for_what_the_team_did_and_for_ones_own(
    make: Builders, phone: FlaskClient, tonight: Night
) -> None:
    make_targets(make, tonight.assignment, 5)
    britta = browser_of(make, tonight, tonight.britta)
    for browser, answers in ((phone, ["talked", "no_answer"]), (britta, ["talked"])):
        url = takes_next(browser, tonight)
        for answer in answers:
            url = str(tells(browser, url, answer).location).partition("?")[0]
    where = post(phone, "/calls/ending").location
    assert where == "/calls/thanks"
    page = words(get(phone, str(where)))
    assert "Thank you, Anton!" in page
    assert "You have made 2 calls today and talked with 1 person." in page
    assert "Together, the 2 of you: 3 calls, 2 members reached." in page
    assert "Britta" not in page


def test_the_thanks_tell_of_the_next_evening_that_is_planned(
    make: Builders, phone: FlaskClient, tonight: Night
) -> None:
    make_targets(make, tonight.assignment, 1)
    tells(phone, takes_next(phone, tonight), "talked")
    assert "The next evening" not in words(get(phone, "/calls/thanks"))
    begins = (clock.now() + timedelta(days=7)).astimezone(STOCKHOLM).replace(hour=17, minute=30)
    with make.storing(tonight.tree.tenant_id):
        ends = begins + timedelta(hours=3)
        db.session.add(Evening(assignment_id=tonight.assignment.id, starts_at=begins, ends_at=ends))
    page = words(get(phone, "/calls/thanks"))
    assert re.search(r"The next evening is [^.]*17:30\.", page)


@pytest.fixture
def by_link(make: Builders, tonight: Night) -> None:
    """Everybody came by a link of their own."""
    with make.storing(tonight.tree.tenant_id):
        for shift in db.session.scalars(select(Shift)).all():
            link = Invitation(evening_id=shift.evening_id, token_hash=str(shift.id), wrong_codes=0)
            db.session.add(link)
            db.session.flush()
            shift.invitation_id = link.id


def test_nobody_is_told_that_they_have_talked_with_nobody(
    make: Builders, phone: FlaskClient, tonight: Night
) -> None:
    make_targets(make, tonight.assignment, 2)
    tells(phone, takes_next(phone, tonight), "no_answer")
    for url in ("/calls/pause", "/calls/thanks"):
        said = words(get(phone, url))
        assert "You have made 1 call today." in said
        assert "and talked with" not in said


@pytest.mark.usefixtures("by_link")
def test_whoever_came_by_a_link_is_thanked_also_when_they_sign_out_at_the_top(
    make: Builders, phone: FlaskClient, tonight: Night
) -> None:
    empty = get(phone, list_url(tonight.assignment))
    make_targets(make, tonight.assignment, 1)
    for page in (empty, get(phone, list_url(tonight.assignment)), get(phone, "/calls/pause")):
        assert 'action="/sign-out"' not in page.text
        assert 'action="/calls/ending"' in page.text.partition("</header>")[0]
    assert post(phone, "/calls/ending").location == "/shift-over"
    assert "storage" in get(phone, "/shift-over").headers["Clear-Site-Data"]


@pytest.mark.usefixtures("by_link")
def test_whoever_came_by_a_link_is_signed_out_and_thanked_all_the_same(
    make: Builders, phone: FlaskClient, tonight: Night
) -> None:
    make_targets(make, tonight.assignment, 2)
    tells(phone, takes_next(phone, tonight), "talked")
    pause = words(get(phone, "/calls/pause"))
    assert "You are signed out then." in pause
    assert post(phone, "/calls/ending").location == "/shift-over"
    [shift] = stored(make, tonight, select(Shift).where(Shift.account_id == tonight.anton.id))
    assert shift.ended_at is not None
    assert [call.is_open for call in stored(make, tonight, select(Call))] == [False, False]
    assert get(phone, "/calls", status=303).location != list_url(tonight.assignment)


def test_the_last_five_can_be_undone_added_to_and_taken_up_again(
    make: Builders, phone: FlaskClient, tonight: Night
) -> None:
    make_targets(make, tonight.assignment, 2)
    first = takes_next(phone, tonight)
    tells(phone, first, "no_answer")
    page = get(phone, "/calls/recent")
    for way in (f'action="{first}/undoing"', f'action="{first}/words"', f'action="{first}/again"'):
        assert way in page.text


def test_whoever_rings_back_is_on_the_page_again_and_another_goes_back(
    make: Builders, phone: FlaskClient, tonight: Night
) -> None:
    make_targets(make, tonight.assignment, 2)
    first = takes_next(phone, tonight)
    tells(phone, first, "no_answer")
    key = fields(get(phone, "/calls/recent"))["key"]
    again = str(post(phone, f"{first}/again", {"key": key}).location)
    assert again.partition("?")[0] == f"/calls/{key}"
    assert str(post(phone, f"{first}/again", {"key": key}).location) == again
    calls = {str(call.id): call for call in stored(make, tonight, select(Call))}
    assert calls[key].member_id == calls[first.removeprefix("/calls/")].member_id
    assert [call.is_open for call in calls.values()].count(True) == 1
    post(phone, f"/calls/{key}/report", {"key": "k", "outcome": "called_back"})
    assert "Called us back" in words(get(phone, "/calls/recent"))


def test_it_says_so_when_somebody_else_has_whoever_rings_back(
    make: Builders, phone: FlaskClient, tonight: Night
) -> None:
    make_targets(make, tonight.assignment, 1)
    first = takes_next(phone, tonight)
    tells(phone, first, "busy")
    past = clock.now() - timedelta(days=2)
    change(make, tonight, Target, due_at=past)
    change(make, tonight, Call, rests_until=past)
    takes_next(browser_of(make, tonight, tonight.britta), tonight)
    assert post(phone, f"{first}/again", {"key": ""}).location == "/calls/recent"
    assert "Somebody else rings them" in words(get(phone, "/calls/recent"))


def test_whom_one_only_gave_back_is_not_taken_up_again(
    make: Builders, phone: FlaskClient, tonight: Night
) -> None:
    make_targets(make, tonight.assignment, 1)
    first = takes_next(phone, tonight)
    post(phone, "/calls/pause")
    assert post(phone, f"{first}/again", {"key": ""}).location == "/calls/recent"
    assert [call.is_open for call in stored(make, tonight, select(Call))] == [False]


def test_nobody_takes_up_another_callers_call(make: Builders, phone: FlaskClient, tonight: Night) -> None:
    make_targets(make, tonight.assignment, 1)
    britta = browser_of(make, tonight, tonight.britta)
    theirs = takes_next(britta, tonight)
    tells(britta, theirs, "no_answer")
    post(phone, f"{theirs}/again", {"key": ""}, status=404)
    get(phone, f"{theirs}/why", status=404)


def test_the_lists_say_how_many_are_left_or_why_they_rest(make: Builders, tonight: Night) -> None:
    tree = tonight.tree
    make_targets(make, tonight.assignment, 3)
    closed = make_campaign(make, tree.tenant_id, tree.district, title="Vårens ringning")
    make_assignment(make, closed, tree.borlange)
    organiser = make.account(tree.tenant_id, (Role.ORGANISER, tree.district))
    browser = in_english(browser_of(make, tonight, organiser))
    page = words(get(browser, "/calls"))
    assert re.search(r"Borlänge Vårens ringning.*Over.*Falun Medlemsringning våren.*3 left to ring", page)


def test_the_one_somebody_holds_comes_first(make: Builders, tonight: Night) -> None:
    tree = tonight.tree
    campaign = make_campaign(make, tree.tenant_id, tree.district, title="Vårens ringning")
    make_assignment(make, campaign, tree.borlange)
    make_targets(make, tonight.assignment, 2)
    organiser = make.account(tree.tenant_id, (Role.ORGANISER, tree.district))
    browser = in_english(browser_of(make, tonight, organiser))
    call = takes_next(browser, tonight)
    page = get(browser, "/calls")
    found = links(page)
    assert found.index(call) < found.index(list_url(tonight.assignment))
    assert goes(page.text) == 1


def test_why_did_you_ring_me_can_be_read_out_for_a_call_a_list_or_the_whole(
    make: Builders, phone: FlaskClient, tonight: Night
) -> None:
    make_targets(make, tonight.assignment, 1)
    call = takes_next(phone, tonight)
    page = get(phone, f"{call}/why")
    assert "My name is Anton Ek. I ring for Falun. It belongs to Partiet." in words(page)
    assert "This is what it is for: Höra hur medlemmarna har det" in words(page)
    assert call in links(page)
    assert "Person" not in words(page)
    assert f"{call}/why" in links(get(phone, call))
    assert "I ring for Falun." in words(get(phone, f"/calls/why?list={tonight.assignment.id}"))
    assert "I ring for Partiet." in words(get(phone, "/calls/why"))


def test_somebody_elses_list_is_not_told_of_to_whoever_asks_why(
    make: Builders, phone: FlaskClient, tonight: Night
) -> None:
    tree = tonight.tree
    secret = make_campaign(make, tree.tenant_id, tree.district, purpose="Hemlig kampanj")
    other = make_assignment(make, secret, tree.borlange)
    assert "Hemlig" not in words(get(phone, f"/calls/why?list={other.id}"))


def test_whoever_rings_in_a_pool_sees_how_far_all_its_lists_have_come(
    make: Builders, phone: FlaskClient, tonight: Night
) -> None:
    with make.storing(tonight.tree.tenant_id):
        campaign = db.session.scalars(select(Campaign)).one()
    other = make_assignment(make, campaign, tonight.tree.borlange)
    make_targets(make, tonight.assignment, 2)
    make_targets(make, other, 3)
    for model in (Evening, Shift):
        change(make, tonight, model, whole_campaign=True)
    assert "5 left to ring" in words(get(phone, list_url(tonight.assignment)))
    call_url = takes_next(phone, tonight)
    assert "0 of 5 done on the list" in words(get(phone, call_url))
