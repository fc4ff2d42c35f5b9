"""The inbox: what callers left, whose it is and by when, and a deed for each with one tap."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from campaigns.queue.models import FollowUp
from campaigns.queue.outcomes import Outcome
from campaigns.queue.states import ErrandKind, TargetState
from organiser.accounts.permissions import Role
from organiser.audit.models import AccessEntry, Why
from organiser.core import clock
from organiser.core.database import db
from organiser.members.kinds import MemberStatus
from organiser.members.models import Member
from tests.campaigns.following.conftest import Desk
from tests.page import fields, get, links, post, words

DEEDS = ("number", "again", "done", "note", "block", "move", "leaving", "entrusting", "undoing")


def changed(desk: Desk, found: FollowUp, **values: object) -> None:
    """The follow-up as it might be after a while."""
    with desk.make.storing(desk.tree.tenant_id):
        row = db.session.scalars(select(FollowUp).where(FollowUp.id == found.id)).one()
        for name, value in values.items():
            setattr(row, name, value)


def member(desk: Desk, found: FollowUp) -> Member:
    with desk.make.storing(desk.tree.tenant_id):
        return db.session.scalars(select(Member).where(Member.id == found.member_id)).one()


@pytest.mark.parametrize("where", ["list", "campaign", "all"])
def test_what_was_told_stands_in_the_inbox_with_who_told_it(desk: Desk, where: str) -> None:
    found = desk.told(Outcome.LANGUAGE, "Talar helst finska")
    url = {"list": f"{desk.list}/waiting", "campaign": f"{desk.campaign}/inbox", "all": "/inbox"}[where]
    page = get(desk.client, url)
    said = words(page)
    for word in (
        "Wilma Ås",
        "Another language is needed",
        "Talar helst finska",
        "Anton Ek",
        "Nobody has it yet",
    ):
        assert word in said
    assert f"/members/{found.member_id}" in links(page)
    assert f"/follow-ups/{found.id}?back={where}" in links(page)


def test_the_showing_of_a_member_is_logged(desk: Desk) -> None:
    found = desk.told(Outcome.LANGUAGE)
    get(desk.client, "/inbox")
    get(desk.client, f"/follow-ups/{found.id}")
    with desk.make.storing(desk.tree.tenant_id):
        seen = db.session.scalars(select(AccessEntry).where(AccessEntry.member_id == found.member_id)).all()
    assert [entry.why for entry in seen] == [Why.LIST, Why.LIST]


def test_an_empty_inbox_says_what_will_stand_there(desk: Desk) -> None:
    assert "Nothing waits for you" in words(get(desk.client, "/inbox"))


def test_mine_overdue_and_done_are_shown_apart(desk: Desk) -> None:
    found = desk.told(Outcome.LANGUAGE)
    assert "Wilma Ås" not in words(get(desk.client, "/inbox?show=mine"))
    assert "Wilma Ås" not in words(get(desk.client, "/inbox?show=overdue"))
    changed(desk, found, owner_id=desk.samira.id, due_on=clock.now().date() - timedelta(days=2))
    assert "You Late By" in words(get(desk.client, "/inbox?show=mine"))
    assert "Wilma Ås" in words(get(desk.client, "/inbox?show=overdue"))
    post(desk.client, f"/follow-ups/{found.id}/done?back=all")
    assert "Wilma Ås" not in words(get(desk.client, "/inbox"))
    done = words(get(desk.client, "/inbox?show=done"))
    assert "Dealt with" in done
    assert "Samira Ek" in done


def test_somebody_is_named_to_see_to_it_by_a_day(desk: Desk) -> None:
    found = desk.told(Outcome.LANGUAGE)
    berit = desk.make.account(desk.tree.tenant_id, (Role.ORGANISER, desk.tree.falun), name="Berit Ek")
    stranger = desk.make.account(desk.tree.tenant_id, (Role.ORGANISER, desk.tree.sundsvall))
    url = f"/follow-ups/{found.id}/entrusting"
    post(desk.client, url, {"owner": str(berit.id), "due_on": "2027-01-31"})
    said = words(get(desk.client, f"{desk.list}/waiting"))
    assert "Berit Ek" in said
    assert "By 31 January 2027" in said
    post(desk.client, url, {"owner": str(stranger.id), "due_on": "2027-01-31"}, 422)
    post(desk.client, url, {"owner": "", "due_on": "on Friday"}, 422)
    assert desk.row(found).owner_id == berit.id


def test_a_new_number_puts_the_member_back_and_the_toast_takes_it_back(desk: Desk) -> None:
    found = desk.told(Outcome.WRONG_NUMBER)
    assert desk.target(found).state is TargetState.NO_NUMBER
    page = get(desk.client, f"{desk.list}/waiting")
    assert f"/follow-ups/{found.id}/number" in page.text
    post(desk.client, f"/follow-ups/{found.id}/number", {"number": "070-174 06 99"})
    assert desk.target(found).state is TargetState.QUEUED
    toast = get(desk.client, f"{desk.list}/waiting")
    assert "The new number is rung first" in words(toast)
    assert f"/follow-ups/{found.id}/undoing?back=list" in toast.text
    post(desk.client, f"/follow-ups/{found.id}/undoing")
    assert desk.target(found).state is TargetState.NO_NUMBER
    assert "Wilma Ås" in words(get(desk.client, f"{desk.list}/waiting"))


@pytest.mark.parametrize(
    ("deed", "data"),
    [
        ("number", {"number": "12"}),
        ("number", {"number": ""}),
        ("note", {"text": " "}),
        ("block", {}),
        ("block", {"scope": "email"}),
        ("move", {"organisation_id": str(uuid4())}),
        ("leaving", {"status": "active"}),
        ("entrusting", {"owner": "", "due_on": ""}),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is(desk: Desk, deed: str, data: dict[str, str]) -> None:
    found = desk.told(Outcome.LANGUAGE)
    page = post(desk.client, f"/follow-ups/{found.id}/{deed}", data, 422)
    assert deed == "leaving" or 'class="oops"' in page.text
    assert desk.row(found).done_at is None
    assert desk.target(found).state is TargetState.FLAGGED


def test_who_may_not_be_rung_is_not_put_back_and_the_page_says_why(desk: Desk) -> None:
    found = desk.told(Outcome.LANGUAGE)
    post(desk.client, f"/members/{found.member_id}/blocks", {"scope": "calls", "reason": "sa det"})
    post(desk.client, f"/follow-ups/{found.id}/again")
    said = words(get(desk.client, f"/follow-ups/{found.id}"))
    assert "They cannot be rung yet. They have asked not to be rung." in said
    assert desk.row(found).done_at is None


def test_a_membership_is_ended_from_the_inbox(desk: Desk) -> None:
    found = desk.told(Outcome.WANTS_TO_LEAVE)
    post(desk.client, f"/follow-ups/{found.id}/leaving", {"status": "left"})
    assert member(desk, found).status is MemberStatus.LEFT
    assert desk.target(found).state is TargetState.OVER


def test_whoever_comes_second_is_told_what_was_done(desk: Desk) -> None:
    found = desk.told(Outcome.LANGUAGE)
    post(desk.client, f"/follow-ups/{found.id}/done")
    get(desk.client, f"{desk.list}/waiting")
    post(desk.client, f"/follow-ups/{found.id}/block", {"scope": "calls"})
    assert "This was dealt with already: Dealt with." in words(get(desk.client, "/inbox"))
    assert desk.row(found).deed == "done"


def test_two_stories_of_a_call_are_both_told(desk: Desk) -> None:
    found = desk.told(Outcome.TALKED, "Ville ha material")
    with desk.make.storing(desk.tree.tenant_id):
        row = db.session.scalars(select(FollowUp).where(FollowUp.id == found.id)).one()
        row.kind = ErrandKind.TOLD_TWICE
        assert row.call is not None
        row.call.also_told = [{"outcome": "no_answer", "note": "Tyst", "at": "2024-03-01T11:00:00+00:00"}]
    said = words(get(desk.client, "/inbox"))
    assert "The first one stands: Reached – talked it through." in said
    assert "Told of the same call afterwards: No answer. Tyst" in said


def test_of_a_protected_member_only_the_entrusted_read_what_was_told(desk: Desk) -> None:
    found = desk.told(Outcome.LANGUAGE, "Bor hos sin syster", protected=True)
    for url in ("/inbox", f"/follow-ups/{found.id}"):
        page = get(desk.client, url)
        assert "Bor hos sin syster" not in page.text
        assert f"/follow-ups/{found.id}/number" not in page.text
    post(desk.client, f"/follow-ups/{found.id}/number", {"number": "070-174 06 99"}, 403)
    entrusted = desk.as_(Role.ADMINISTRATOR, desk.tree.district)
    assert "Bor hos sin syster" in get(entrusted, "/inbox").text


def test_another_districts_organiser_finds_nothing(desk: Desk) -> None:
    found = desk.told(Outcome.LANGUAGE)
    stranger = desk.as_(Role.ORGANISER, desk.tree.sister_district)
    for url in (f"{desk.list}/waiting", f"{desk.campaign}/inbox", f"/follow-ups/{found.id}"):
        get(stranger, url, 404)
    assert "Wilma Ås" not in get(stranger, "/inbox").text
    for deed in DEEDS:
        post(stranger, f"/follow-ups/{found.id}/{deed}", status=404)
    assert desk.row(found).done_at is None


@pytest.mark.parametrize("role", [Role.VIEWER, Role.CALLER])
def test_board_and_callers_do_not_open_the_inbox(desk: Desk, role: Role) -> None:
    found = desk.told(Outcome.LANGUAGE)
    other = desk.as_(role, desk.tree.district)
    for url in ("/inbox", f"{desk.list}/waiting", f"/follow-ups/{found.id}"):
        get(other, url, 403)
    for deed in DEEDS:
        post(other, f"/follow-ups/{found.id}/{deed}", status=403)


def test_an_associations_organiser_deals_with_its_own_list(desk: Desk) -> None:
    found = desk.told(Outcome.LANGUAGE)
    berit = desk.as_(Role.ORGANISER, desk.tree.falun)
    get(berit, f"{desk.campaign}/inbox", 404)
    post(berit, f"/follow-ups/{found.id}/done")
    assert desk.row(found).deed == "done"


def test_whoever_has_moved_out_of_ones_reach_is_not_shown(desk: Desk) -> None:
    found = desk.told(Outcome.LANGUAGE)
    with desk.make.storing(desk.tree.tenant_id):
        moved = db.session.scalars(select(Member).where(Member.id == found.member_id)).one()
        moved.organisation_id = desk.tree.sundsvall
    assert "Wilma Ås" not in get(desk.client, f"{desk.list}/waiting").text
    get(desk.client, f"/follow-ups/{found.id}", 404)


def test_a_note_with_a_meeting_is_kept_once_however_often_it_is_sent(desk: Desk) -> None:
    found = desk.told(Outcome.LANGUAGE)
    key = fields(get(desk.client, f"/follow-ups/{found.id}"))["key"]
    for _ in range(2):
        post(desk.client, f"/follow-ups/{found.id}/note", {"text": "Fikade", "channel": "visit", "key": key})
    shown = get(desk.client, "/inbox?show=done")
    assert words(shown).count("Fikade") == 1
    assert desk.target(found).state is TargetState.HANDLED
