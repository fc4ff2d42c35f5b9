"""The log of a list's calls: narrowed, leafed through, and any call taken back."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from campaigns.queue.models import Call, FollowUp
from campaigns.queue.outcomes import Outcome
from campaigns.queue.states import TargetState
from organiser.accounts.permissions import Role
from organiser.audit.models import AccessEntry, Why
from organiser.core import clock
from organiser.core.database import db
from tests.campaigns.builders import make_targets
from tests.campaigns.following.builders import tell_many
from tests.campaigns.following.conftest import Desk
from tests.page import get, links, post, words


def calls_of(desk: Desk) -> str:
    return f"{desk.list}/calls"


def test_calls_are_told_of_with_who_rang_whom_and_how_it_went(desk: Desk) -> None:
    found = desk.told(Outcome.LANGUAGE, "Talar helst finska")
    page = get(desk.client, calls_of(desk))
    said = words(page)
    assert "One call" in said
    assert "Wilma Ås Another language needed" in said
    assert "Anton Ek" in said
    assert "To the organiser: Talar helst finska" in said
    assert f"/members/{found.member_id}" in links(page)
    with desk.make.storing(desk.tree.tenant_id):
        seen = db.session.scalars(select(AccessEntry).where(AccessEntry.member_id == found.member_id)).all()
    assert [entry.why for entry in seen] == [Why.LIST]


def test_a_list_nobody_has_rung_says_so(desk: Desk) -> None:
    assert "Nobody has rung yet." in words(get(desk.client, calls_of(desk)))


def test_they_are_narrowed_by_outcome_caller_and_day(desk: Desk) -> None:
    first, second = make_targets(desk.make, desk.night.assignment, 2)
    now, before = clock.now(), clock.now() - timedelta(days=3)
    tell_many(desk.make, desk.night.assignment, desk.night.anton, [(first, Outcome.TALKED, before)])
    tell_many(desk.make, desk.night.assignment, desk.night.britta, [(second, Outcome.BUSY, now)])
    for asked, links_to in (
        ("", {first.member_id, second.member_id}),
        ("?outcome=busy", {second.member_id}),
        (f"?caller={desk.night.anton.id}", {first.member_id}),
        (f"?day={before.date()}", {first.member_id}),
        ("?outcome=busy&caller=nobody&day=someday", {second.member_id}),
        (f"?outcome=talked&caller={desk.night.britta.id}", set()),
    ):
        page = get(desk.client, calls_of(desk) + asked)
        shown = {link.rpartition("/")[2] for link in links(page) if link.startswith("/members/")}
        assert shown == {str(one) for one in links_to}, asked


def test_the_latest_call_stands_first(desk: Desk) -> None:
    first, second = make_targets(desk.make, desk.night.assignment, 2)
    at = clock.now()
    told = [(first, Outcome.BUSY, at - timedelta(hours=1)), (second, Outcome.BUSY, at)]
    tell_many(desk.make, desk.night.assignment, desk.night.anton, told)
    shown = [link for link in links(get(desk.client, calls_of(desk))) if link.startswith("/members/")]
    assert shown == [f"/members/{second.member_id}", f"/members/{first.member_id}"]


def test_a_call_is_taken_back_however_it_was_dealt_with(desk: Desk) -> None:
    found = desk.told(Outcome.LANGUAGE)
    post(desk.client, f"/follow-ups/{found.id}/done")
    post(desk.client, f"{desk.list}/calls/{found.call_id}/undoing")
    assert "The call is taken back." in words(get(desk.client, calls_of(desk)))
    assert desk.call(found).outcome is None
    assert desk.target(found).state is TargetState.QUEUED
    with desk.make.storing(desk.tree.tenant_id):
        assert db.session.scalars(select(FollowUp)).all() == []


def test_a_call_is_not_taken_back_once_the_member_was_rung_again(desk: Desk) -> None:
    found = desk.told(Outcome.LANGUAGE)
    later = [(desk.target(found), Outcome.BUSY, clock.now() + timedelta(minutes=1))]
    tell_many(desk.make, desk.night.assignment, desk.night.britta, later)
    post(desk.client, f"{desk.list}/calls/{found.call_id}/undoing")
    assert "the member was rung again afterwards" in words(get(desk.client, calls_of(desk)))
    assert desk.call(found).outcome is Outcome.LANGUAGE


def test_of_a_protected_member_no_note_is_read(desk: Desk) -> None:
    desk.told(Outcome.LANGUAGE, "Bor hos sin syster", protected=True)
    assert "Bor hos sin syster" not in get(desk.client, calls_of(desk)).text


def test_only_who_leads_the_list_reads_its_log(desk: Desk) -> None:
    found = desk.told(Outcome.LANGUAGE)
    undo = f"{desk.list}/calls/{found.call_id}/undoing"
    stranger = desk.as_(Role.ORGANISER, desk.tree.sister_district)
    get(stranger, calls_of(desk), 404)
    post(stranger, undo, status=404)
    for role in (Role.CALLER, Role.VIEWER):
        other = desk.as_(role, desk.tree.district)
        get(other, calls_of(desk), 403)
        post(other, undo, status=403)
    assert desk.call(found).outcome is Outcome.LANGUAGE


@pytest.mark.parametrize("kind", ["an open one", "one of another list"])
def test_other_calls_are_not_taken_back_here(desk: Desk, kind: str) -> None:
    found = desk.told(Outcome.LANGUAGE)
    if kind == "an open one":
        post(desk.client, f"{desk.list}/calls/{found.call_id}/undoing")
    with desk.make.storing(desk.tree.tenant_id):
        call_id = db.session.scalars(select(Call.id)).one()
    other = desk.list if kind == "an open one" else f"/assignments/{call_id}"
    post(desk.client, f"{other}/calls/{call_id}/undoing", status=404)
