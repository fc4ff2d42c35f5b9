"""An evening on the phone: a list, a member, five answers, the pages round them, and who may open what."""

import re
from datetime import time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update

from campaigns.evenings.models import Shift
from campaigns.queue.models import Call, Campaign, Target
from campaigns.queue.opening import CallingHours
from campaigns.queue.outcomes import Outcome, label
from campaigns.queue.rules import Rules
from campaigns.queue.states import TargetState
from campaigns.queue.taking import LEASE, take_next_call
from organiser.accounts.permissions import Role
from organiser.audit.models import AccessEntry, Why
from organiser.core import clock
from organiser.core.database import db
from organiser.core.ids import uuid7
from organiser.core.phone import phone_display
from organiser.members.models import Block, Member
from tests.builders import Builders
from tests.campaigns.builders import make_assignment, make_campaign, make_targets
from tests.campaigns.conftest import Night
from tests.campaigns.ringing.calling import another, begin, offered, stored, tell
from tests.page import fields, get, links, post, words

FIVE = [
    ("talked", TargetState.DONE),
    ("no_answer", TargetState.QUEUED),
    ("talked_call_back", TargetState.QUEUED),
    ("wrong_number", TargetState.NO_NUMBER),
    ("no_calls", TargetState.BLOCKED),
]


def test_an_evening_of_five_answers(make: Builders, phone: FlaskClient, tonight: Night) -> None:
    make_targets(make, tonight.assignment, 5)
    url = begin(phone, tonight)
    for answer, _state in FIVE:
        page = get(phone, url)
        pressed = offered(page, answer) if answer == "talked_call_back" else answer
        url = str(tell(phone, url, pressed).location)
    assert url.startswith(f"/calls/lists/{tonight.assignment.id}")
    assert "Alla är ringda just nu" in words(get(phone, url)) or "Everybody is rung" in words(get(phone, url))
    calls = stored(make, tonight, select(Call).order_by(Call.reported_at))
    assert [call.outcome for call in calls] == [answer for answer, _ in FIVE]
    states = dict(stored_pairs(make, tonight))
    assert [states[call.target_id] for call in calls] == [state for _, state in FIVE]


def stored_pairs(make: Builders, night: Night) -> list[tuple[UUID, TargetState]]:
    with make.storing(night.tree.tenant_id):
        return [(target.id, target.state) for target in db.session.scalars(select(Target))]


def test_a_caller_sees_one_member_one_number_and_what_to_say(
    make: Builders, phone: FlaskClient, tonight: Night
) -> None:
    make_targets(make, tonight.assignment, 3)
    url = begin(phone, tonight)
    post(phone, f"{url}/number")
    page = get(phone, url)
    [call] = stored(make, tonight, select(Call))
    [member] = stored(make, tonight, select(Member).where(Member.id == call.member_id))
    said = words(page)
    assert f'href="tel:{call.e164}"' in page.text
    assert phone_display(call.e164) in said
    assert f"Hej {member.first_name}! Jag heter Anton Ek och ringer från Falun." in said
    others = stored(make, tonight, select(Member).where(Member.id != member.id))
    assert others
    assert not [other.name for other in others if f"{other.first_name} " in said]


def test_every_sight_of_a_member_is_logged(make: Builders, phone: FlaskClient, tonight: Night) -> None:
    make_targets(make, tonight.assignment, 2)
    url = begin(phone, tonight)
    [first] = stored(make, tonight, select(Call.member_id))
    sights = select(AccessEntry.member_id).order_by(AccessEntry.at)
    assert stored(make, tonight, select(AccessEntry.id)) == []
    get(phone, url)
    get(phone, f"{url}/other")
    url = str(tell(phone, url, "no_answer").location)
    with make.storing(tonight.tree.tenant_id):
        assert db.session.scalars(sights).all() == [first] * 3
    get(phone, url)  # the next member, and the toast that names the first
    get(phone, "/calls/recent")
    with make.storing(tonight.tree.tenant_id):
        entries = db.session.scalars(select(AccessEntry)).all()
    assert len({entry.member_id for entry in entries}) == 2
    assert [entry.member_id for entry in entries].count(first) == 5
    assert {(entry.why, entry.actor_id) for entry in entries} == {(Why.CALL, tonight.anton.id)}


def test_the_next_page_says_what_was_saved_and_undoes_it(
    make: Builders, phone: FlaskClient, tonight: Night
) -> None:
    make_targets(make, tonight.assignment, 2)
    url = begin(phone, tonight)
    [first] = stored(make, tonight, select(Call))
    after = get(phone, str(tell(phone, url, "no_calls").location))
    assert re.search(r"(Sparat|Saved): Person\d+ Ek, ", words(after))
    back = post(phone, f"/calls/{first.id}/undoing")
    assert str(back.location).partition("?")[0] == f"/calls/{first.id}"
    assert stored(make, tonight, select(Block)) == []
    assert re.search(
        r"(Du är tillbaka hos|You are back with) Person\d+ Ek\.", words(get(phone, back.location))
    )
    assert not re.search(r"tillbaka hos|back with", words(get(phone, f"/calls/{first.id}?undone={uuid7()}")))


def test_the_same_tap_twice_gives_one_report_and_the_same_next_member(
    make: Builders, phone: FlaskClient, tonight: Night
) -> None:
    make_targets(make, tonight.assignment, 3)
    url = begin(phone, tonight)
    answer = {"outcome": "no_answer", "key": fields(get(phone, url))["key"]}
    first = post(phone, f"{url}/report", answer)
    again = post(phone, f"{url}/report", answer)
    assert first.location == again.location
    assert len(stored(make, tonight, select(Call))) == 2


def test_another_story_is_shown_beside_the_first(make: Builders, phone: FlaskClient, tonight: Night) -> None:
    make_targets(make, tonight.assignment, 2)
    url = begin(phone, tonight)
    key = fields(get(phone, url))["key"]
    post(phone, f"{url}/report", {"outcome": "talked", "key": key})
    page = post(phone, f"{url}/report", {"outcome": "busy", "key": key}, status=409)
    language = "sv" if 'lang="sv"' in page.text else "en"
    assert label(Outcome.TALKED, language) in words(page)
    assert label(Outcome.BUSY, language) in words(page)
    [call] = stored(make, tonight, select(Call).where(Call.outcome.is_not(None)))
    assert [story["outcome"] for story in call.also_told] == ["busy"]


def test_a_report_after_the_lease_of_somebody_passed_on_is_told_so_and_kept(
    make: Builders, phone: FlaskClient, tonight: Night
) -> None:
    make_targets(make, tonight.assignment, 1)
    url = begin(phone, tonight)
    key = fields(get(phone, url))["key"]
    with make.storing(tonight.tree.tenant_id):
        later = clock.now() + LEASE + timedelta(minutes=1)
        assert take_next_call(tonight.britta, tonight.list, later)
    page = post(phone, f"{url}/report", {"outcome": "talked", "key": key}, status=409)
    assert "Ek" in words(page)
    [late] = stored(make, tonight, select(Call).where(Call.caller_id == tonight.anton.id))
    assert (late.outcome, late.given_back_at is None) == (Outcome.TALKED, False)


def test_the_other_page_says_all_nineteen_and_what_each_leads_to(
    make: Builders, phone: FlaskClient, tonight: Night
) -> None:
    make_targets(make, tonight.assignment, 1)
    page = get(phone, f"{begin(phone, tonight)}/other")
    language = "sv" if 'lang="sv"' in page.text else "en"
    told = {value.partition("@")[0] for value in re.findall(r'name="outcome" value="([^"]+)"', page.text)}
    assert told == set(Outcome)
    assert all(label(outcome, language) in words(page) for outcome in set(Outcome) - {Outcome.SKIPPED})
    assert re.search("Hoppa över: någon annan ringer|Skip: somebody else rings", words(page))
    [call] = stored(make, tonight, select(Call))
    assert phone_display(call.e164) not in words(page)


def test_a_word_to_the_next_caller_is_shown_to_them(
    make: Builders, phone: FlaskClient, tonight: Night
) -> None:
    make_targets(make, tonight.assignment, 1)
    url = begin(phone, tonight)
    tell(phone, url, "busy", note="Prova\r\nefter sex", message="Vill ha ny folder")
    with make.storing(tonight.tree.tenant_id):
        db.session.execute(update(Target).values(due_at=clock.now()))
        db.session.execute(update(Call).values(rests_until=None))
    page = get(phone, begin(phone, tonight))
    assert "Prova efter sex" in words(page)
    assert "folder" not in words(page)


def test_every_page_of_a_call_has_the_same_way_out(
    make: Builders, phone: FlaskClient, tonight: Night
) -> None:
    make_targets(make, tonight.assignment, 2)
    url = begin(phone, tonight)
    for address in (url, f"{url}/other", "/calls/recent"):
        header = get(phone, address).text.partition("<main")[0]
        assert re.findall(r'<form class="inline" method="post" action="([^"]+)"', header) == ["/calls/pause"]


def test_words_written_on_the_call_page_go_along_to_the_other_outcomes(
    make: Builders, phone: FlaskClient, tonight: Night
) -> None:
    make_targets(make, tonight.assignment, 1)
    url = begin(phone, tonight)
    page = post(phone, f"{url}/other", {"note": "Vill gärna hjälpa till"}, status=200)
    assert "Vill gärna hjälpa till" in words(page)
    assert stored(make, tonight, select(Call.outcome)) == [None]


@pytest.mark.parametrize(
    ("answer", "more"),
    [
        ("", {}),
        ("nonsense", {}),
        ("talked_call_back", {}),
        ("talked_call_back@own", {"talked_call_back_at": ""}),
        ("talked_call_back@own", {"talked_call_back_at": "i morgon"}),
        ("talked_call_back@own", {"talked_call_back_at": "2024-01-01T18:00"}),
        ("someone_else@2024-01-01T18:00:00+00:00", {}),
        ("someone_else@soon", {}),
        ("deceased", {}),
        ("no_answer", {"note": "x" * 501}),
    ],
)
def test_an_answer_that_is_no_answer_keeps_nothing_and_says_what_to_do(
    make: Builders, phone: FlaskClient, tonight: Night, answer: str, more: dict[str, Any]
) -> None:
    make_targets(make, tonight.assignment, 1)
    page = tell(phone, begin(phone, tonight), answer, status=422, **more)
    assert 'class="oops"' in page.text
    [call] = stored(make, tonight, select(Call))
    assert call.is_open


def test_what_was_written_is_not_lost_when_an_answer_is_refused(
    make: Builders, phone: FlaskClient, tonight: Night
) -> None:
    make_targets(make, tonight.assignment, 1)
    page = tell(phone, begin(phone, tonight), "talked_call_back@own", status=422, note="Ring mamma först")
    assert "Ring mamma först" in words(page)


def test_a_time_of_ones_own_is_the_partys_time(make: Builders, phone: FlaskClient, tonight: Night) -> None:
    make_targets(make, tonight.assignment, 1)
    day = (clock.now() + timedelta(days=3)).date()
    tell(phone, begin(phone, tonight), "someone_else@own", someone_else_at=f"{day}T18:15")
    [call] = stored(make, tonight, select(Call))
    promised = call.call_back_at.astimezone(ZoneInfo("Europe/Stockholm"))
    assert promised.isoformat()[:16] == f"{day}T18:15"


def test_a_time_nobody_rings_is_refused_with_the_next_one(
    make: Builders, phone: FlaskClient, tonight: Night
) -> None:
    make_targets(make, tonight.assignment, 1)
    url = begin(phone, tonight)
    mondays = CallingHours((((time(17), time(20)),),) + ((),) * 6, red_days_off=False)
    with make.storing(tonight.tree.tenant_id):
        db.session.execute(update(Campaign).values(rules=Rules(hours=mondays).as_json()))
    today = clock.now().date()
    tuesday = today + timedelta(days=(1 - today.weekday()) % 7 + 7)
    answer = {"outcome": "talked_call_back@own", "talked_call_back_at": f"{tuesday}T18:00", "key": "k"}
    page = post(phone, f"{url}/report", answer, status=422)
    monday = tuesday + timedelta(days=6)
    assert re.search(
        rf"(Nästa gång vi ringer är|After that we ring) .*{monday.day} \w+ .*17[.:]00", words(page)
    )
    assert f'value="talked_call_back@{monday - timedelta(days=7)}' in get(phone, url).text
    assert stored(make, tonight, select(Call.outcome)) == [None]


def test_that_somebody_has_died_is_said_twice(make: Builders, phone: FlaskClient, tonight: Night) -> None:
    make_targets(make, tonight.assignment, 1)
    tell(phone, begin(phone, tonight), "deceased@confirmed")
    assert stored(make, tonight, select(Target.state)) == [TargetState.FLAGGED]


def test_the_language_somebody_needs_is_told_the_organiser(
    make: Builders, phone: FlaskClient, tonight: Night
) -> None:
    make_targets(make, tonight.assignment, 1)
    tell(phone, begin(phone, tonight), "language", language="Finska", message="Gärna kvällstid")
    [call] = stored(make, tonight, select(Call))
    assert call.message == "Finska\nGärna kvällstid"


def test_skipping_gives_the_member_to_somebody_else(
    make: Builders, phone: FlaskClient, tonight: Night
) -> None:
    make_targets(make, tonight.assignment, 1)
    after = tell(phone, begin(phone, tonight), "skipped").location
    assert str(after).startswith(f"/calls/lists/{tonight.assignment.id}")
    britta = another(make, tonight, tonight.britta)
    assert begin(britta, tonight).startswith("/calls/0")


def test_a_pause_gives_back_whom_one_holds_and_thanks(
    make: Builders, phone: FlaskClient, tonight: Night
) -> None:
    make_targets(make, tonight.assignment, 1)
    url = begin(phone, tonight)
    thanks = post(phone, "/calls/pause").location
    assert "Anton" in words(get(phone, str(thanks)))
    assert get(phone, url, status=303).location == "/calls"
    assert begin(another(make, tonight, tonight.britta), tonight).startswith("/calls/0")


def test_a_lost_answer_leads_to_the_same_member(make: Builders, phone: FlaskClient, tonight: Night) -> None:
    make_targets(make, tonight.assignment, 3)
    assert begin(phone, tonight) == begin(phone, tonight)


@pytest.mark.parametrize("piece", ["", "/other"])
def test_nobody_opens_a_call_dealt_to_another(
    make: Builders, phone: FlaskClient, tonight: Night, piece: str
) -> None:
    make_targets(make, tonight.assignment, 1)
    theirs = begin(another(make, tonight, tonight.britta), tonight)
    get(phone, f"{theirs}{piece}", status=404)
    get(phone, f"/calls/{uuid7()}{piece}", status=404)
    organiser = make.account(tonight.tree.tenant_id, (Role.ORGANISER, tonight.tree.district))
    get(another(make, tonight, organiser), f"{theirs}{piece}", status=404)


@pytest.mark.parametrize("piece", ["report", "undoing"])
def test_nobody_reports_or_undoes_a_call_dealt_to_another(
    make: Builders, phone: FlaskClient, tonight: Night, piece: str
) -> None:
    make_targets(make, tonight.assignment, 1)
    theirs = begin(another(make, tonight, tonight.britta), tonight)
    post(phone, f"{theirs}/{piece}", {"outcome": "talked"}, status=404)


def test_a_shift_that_has_ended_opens_neither_list_nor_member(
    make: Builders, phone: FlaskClient, tonight: Night
) -> None:
    make_targets(make, tonight.assignment, 1)
    url = begin(phone, tonight)
    with make.storing(tonight.tree.tenant_id):
        db.session.execute(update(Shift).values(ended_at=clock.now()))
    get(phone, url, status=404)
    get(phone, f"/calls/lists/{tonight.assignment.id}", status=404)
    get(phone, "/calls")
    post(phone, f"{url}/report", {"outcome": "talked", "key": "k"})  # what was said is still kept
    assert stored(make, tonight, select(Call.outcome)) == [Outcome.TALKED]


def test_a_board_that_reads_does_not_ring(client: FlaskClient, make: Builders, tonight: Night) -> None:
    viewer = make.account(tonight.tree.tenant_id, (Role.VIEWER, tonight.tree.district))
    browser = make.sign_in(client, viewer, tonight.tree.tenant_id)
    for url in ("/calls", f"/calls/lists/{tonight.assignment.id}", "/calls/recent", "/calls/thanks"):
        get(browser, url, status=403)
    post(browser, f"/calls/lists/{tonight.assignment.id}/next", status=403)


def test_a_report_without_the_pages_token_is_refused(
    make: Builders, phone: FlaskClient, tonight: Night
) -> None:
    make_targets(make, tonight.assignment, 1)
    url = begin(phone, tonight)
    assert phone.post(f"{url}/report", data={"outcome": "talked"}).status_code == 400
    assert stored(make, tonight, select(Call.outcome)) == [None]


def test_an_organiser_chooses_among_the_lists_of_the_district(
    client: FlaskClient, make: Builders, tonight: Night
) -> None:
    tree = tonight.tree
    campaign = make_campaign(make, tree.tenant_id, tree.district, title="Höstens ringning")
    for association in (tree.falun, tree.borlange):
        make_targets(make, make_assignment(make, campaign, association), 2)
    organiser = make.account(tree.tenant_id, (Role.ORGANISER, tree.district))
    page = get(make.sign_in(client, organiser, tree.tenant_id), "/calls")
    lists = [url for url in links(page) if url.startswith("/calls/lists/")]
    assert len(lists) == 3
    assert "Borlänge" in words(page)


def test_somebody_with_one_list_comes_straight_to_it(phone: FlaskClient, tonight: Night) -> None:
    assert get(phone, "/calls", status=303).location == f"/calls/lists/{tonight.assignment.id}"


def test_an_empty_queue_says_until_when_it_rests(make: Builders, phone: FlaskClient, tonight: Night) -> None:
    make_targets(make, tonight.assignment, 2, tries=1, due_at=clock.now() + timedelta(days=2))
    page = words(get(phone, f"/calls/lists/{tonight.assignment.id}"))
    assert re.search(r"2 (vilar|are resting)", page)


def test_the_last_five_are_named_without_their_numbers(
    make: Builders, phone: FlaskClient, tonight: Night
) -> None:
    make_targets(make, tonight.assignment, 7)
    url = begin(phone, tonight)
    for _ in range(6):
        url = str(tell(phone, url, "no_answer").location)
    page = get(phone, "/calls/recent")
    assert page.text.count("/undoing") == 5
    assert "+46" not in page.text
    assert not re.search(r"0\d+-\d", words(page))


def test_the_members_page_tells_of_the_calls_to_them(
    make: Builders, phone: FlaskClient, tonight: Night
) -> None:
    make_targets(make, tonight.assignment, 1)
    tell(phone, begin(phone, tonight), "busy", note="Prova efter sex")
    [member_id] = stored(make, tonight, select(Call.member_id))
    organiser = make.account(tonight.tree.tenant_id, (Role.ORGANISER, tonight.tree.district))
    page = words(get(another(make, tonight, organiser), f"/members/{member_id}"))
    assert label(Outcome.BUSY, "sv") in page
    assert "Anton Ek · Prova efter sex" in page
