"""An evening: its length, its code, its links, and how it ends for everybody at once."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from campaigns.evenings.joining_rules import Door, door_of, new_link_token, tenant_in
from campaigns.evenings.joining_services import join
from campaigns.evenings.models import Evening, Invitation, Shift
from campaigns.evenings.rules import WhyNotSo, code_of, is_code
from campaigns.evenings.services import (
    AlreadyMade,
    NoSuchEvening,
    code_now,
    end_evening,
    end_shift,
    invite,
    renew_code,
    revoke,
    start_evening,
)
from campaigns.queue.call_questions import held_by
from campaigns.queue.models import CallAssignment
from campaigns.queue.taking import take_next_call
from organiser.accounts.models import Account
from organiser.accounts.queries import live_sign_ins
from organiser.accounts.services import start_sign_in
from organiser.core.database import db
from organiser.core.ids import uuid7
from organiser.core.prepared import load
from organiser.members.services import By
from tests.builders import NOON, Builders, Tree
from tests.campaigns.builders import make_assignment, make_campaign, make_targets

BY = By(None, NOON)
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Room:
    """Falun's list with three members on it, and an evening that has begun."""

    tree: Tree
    list: CallAssignment
    evening: Evening


@pytest.fixture
def room(make: Builders, within: Tree, monkeypatch: pytest.MonkeyPatch) -> Room:
    monkeypatch.setattr("organiser.core.clock.now", lambda: NOON)
    campaign = make_campaign(make, within.tenant_id, within.district)
    stored = make_assignment(make, campaign, within.falun)
    make_targets(make, stored, 3)
    assignment = db.session.get_one(CallAssignment, (within.tenant_id, stored.id))
    return Room(within, assignment, start_evening(uuid7(), assignment, NOON, NOON + 4 * HOUR, BY))


def let_in(room: Room, name: str = "Kim") -> Shift:
    [invited] = invite(room.evening, uuid4(), [name], NOON)
    return join(invited.invitation, name, code_now(room.evening), "this browser", NOON)


def test_the_form_sent_twice_starts_one_evening(room: Room) -> None:
    again = start_evening(room.evening.id, room.list, NOON, NOON + HOUR, BY)
    assert again is room.evening
    assert db.session.scalar(select(func.count()).select_from(Evening)) == 1


@pytest.mark.parametrize(
    ("begins", "lasts", "why"),
    [
        (timedelta(days=1), 13 * HOUR, WhyNotSo.TOO_LONG),
        (timedelta(days=91), HOUR, WhyNotSo.TOO_FAR),
        (-2 * HOUR, HOUR, WhyNotSo.PAST),
        (timedelta(), timedelta(), WhyNotSo.PAST),
    ],
)
def test_an_evening_that_cannot_be_is_refused(
    room: Room, begins: timedelta, lasts: timedelta, why: WhyNotSo
) -> None:
    with pytest.raises(NoSuchEvening) as refusal:
        start_evening(uuid7(), room.list, NOON + begins, NOON + begins + lasts, BY)
    assert refusal.value.why is why


def test_twelve_hours_are_the_longest_that_can_be(room: Room) -> None:
    assert start_evening(uuid7(), room.list, NOON, NOON + 12 * HOUR, BY).ends_at == NOON + 12 * HOUR


def test_no_evening_is_started_in_a_closed_campaign(room: Room) -> None:
    room.list.campaign.closed_at = NOON
    with pytest.raises(NoSuchEvening):
        start_evening(uuid7(), room.list, NOON, NOON + HOUR, BY)


def test_the_code_is_six_digits_of_this_evening_alone(room: Room) -> None:
    other = start_evening(uuid7(), room.list, NOON, NOON + HOUR, BY)
    assert len(code_now(room.evening)) == 6
    assert code_now(room.evening).isdigit()
    assert code_now(room.evening) == code_now(room.evening)
    assert code_now(room.evening) != code_now(other)


def test_the_code_hangs_on_secret_tenant_evening_and_generation() -> None:
    evening = UUID(int=1)
    asked = [
        code_of("a secret", 1, evening, 1),
        code_of("another", 1, evening, 1),
        code_of("a secret", 2, evening, 1),
        code_of("a secret", 1, UUID(int=2), 1),
        code_of("a secret", 1, evening, 2),
    ]
    assert len(set(asked)) == 5


def test_a_code_is_heard_however_it_is_spaced() -> None:
    assert is_code(" 123 456 ", "123456")
    assert is_code("123-456", "123456")
    assert not is_code("12345", "123456")
    assert not is_code("", "123456")
    assert not is_code("١٢٣٤٥٦", "123456")


def test_a_new_code_makes_the_old_one_worthless(room: Room) -> None:
    old = code_now(room.evening)
    assert renew_code(room.evening) != old
    assert code_now(room.evening) != old


def test_links_are_kept_as_hashes_only_and_made_once_per_form(room: Room) -> None:
    batch = uuid4()
    made = invite(room.evening, batch, ["Kim", ""], NOON)
    tokens = [one.token for one in made]
    assert len(set(tokens)) == 2
    for kept in db.session.scalars(select(Invitation)):
        assert not [token for token in tokens if token in (kept.token_hash, kept.name)]
    with pytest.raises(AlreadyMade):
        invite(room.evening, batch, ["Kim", ""], NOON)
    assert db.session.scalar(select(func.count()).select_from(Invitation)) == 2


def test_a_link_says_its_tenant_and_holds_128_bits() -> None:
    token = new_link_token(17)
    assert tenant_in(token) == 17
    assert len(token.partition("-")[2]) == 22
    for strange in ("", "17", "17-", "x-abc", "-abc", "٣-abc", "9999999999-abc"):
        assert tenant_in(strange) is None


@pytest.mark.parametrize(
    ("change", "door"),
    [
        ({}, Door.OPEN),
        ({"revoked_at": NOON}, Door.REVOKED),
        ({"wrong_codes": 5}, Door.GUESSED),
        ({"wrong_codes": 4}, Door.OPEN),
        ({"used_at": NOON}, Door.USED),
    ],
)
def test_what_has_become_of_a_link_says_how_it_finds_the_door(
    room: Room, change: dict[str, object], door: Door
) -> None:
    [invited] = invite(room.evening, uuid4(), ["Kim"], NOON)
    for name, value in change.items():
        setattr(invited.invitation, name, value)
    assert door_of(invited.invitation, room.evening, NOON) is door


@pytest.mark.parametrize(
    ("at", "door"),
    [(-31, Door.EARLY), (-30, Door.OPEN), (239, Door.OPEN), (240, Door.OVER)],
)
def test_the_door_opens_half_an_hour_before_and_shuts_when_the_evening_ends(
    room: Room, at: int, door: Door
) -> None:
    [invited] = invite(room.evening, uuid4(), ["Kim"], NOON)
    assert door_of(invited.invitation, room.evening, NOON + timedelta(minutes=at)) is door


def test_ending_the_evening_signs_out_everybody_and_takes_back_whom_they_held(room: Room) -> None:
    shifts = [let_in(room, name) for name in ("Kim", "Alex")]
    for shift in shifts:
        assert take_next_call(shift.account, [room.list.id], NOON) is not None
    end_evening(room.evening, NOON + HOUR)
    for shift in shifts:
        assert shift.ended_at == NOON + HOUR
        assert load(held_by(shift.account_id)).scalar() is None
        assert db.session.scalars(live_sign_ins(shift.account, NOON)).all() == []
        assert shift.account.grants == []


def test_one_caller_is_put_out_and_the_others_ring_on(room: Room) -> None:
    kim, alex = let_in(room, "Kim"), let_in(room, "Alex")
    held = take_next_call(kim.account, [room.list.id], NOON)
    assert held is not None
    end_shift(kim, NOON + HOUR)
    assert held.given_back_at == NOON + HOUR
    assert (kim.ended_at, alex.ended_at) == (NOON + HOUR, None)
    assert len(db.session.scalars(live_sign_ins(alex.account, NOON)).all()) == 1
    end_shift(kim, NOON + 2 * HOUR)
    assert kim.ended_at == NOON + HOUR


def test_taking_back_a_used_link_puts_out_whoever_came_by_it(room: Room) -> None:
    kim = let_in(room)
    invitation = db.session.get_one(Invitation, (room.tree.tenant_id, kim.invitation_id))
    revoke(invitation, NOON)
    assert kim.ended_at == NOON
    assert db.session.scalars(live_sign_ins(kim.account, NOON)).all() == []


def test_an_organiser_who_rings_along_stays_signed_in_when_the_evening_ends(room: Room) -> None:
    samira = Account(name="Samira", email="samira@example.org", recovery_codes=[], grants=[])
    db.session.add(samira)
    db.session.flush()
    shift = Shift(
        evening_id=room.evening.id,
        assignment_id=room.list.id,
        account_id=samira.id,
        starts_at=NOON,
        ends_at=room.evening.ends_at,
    )
    shift.account = samira
    db.session.add(shift)
    start_sign_in(samira, room.tree.tenant_id)
    end_evening(room.evening, NOON + HOUR)
    assert shift.ended_at is not None
    assert len(db.session.scalars(live_sign_ins(samira, NOON)).all()) == 1


def test_shifts_nobody_ended_are_closed_when_the_next_evening_starts(room: Room) -> None:
    kim = let_in(room)
    later = NOON + timedelta(days=1)
    start_evening(uuid7(), room.list, later, later + HOUR, By(None, later))
    assert kim.ended_at == room.evening.ends_at
    assert kim.account.grants == []
