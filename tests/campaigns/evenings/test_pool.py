"""Callers of a whole district: let in by a link, a square on the wall or a letter, they ring every list."""

from datetime import timedelta
from email.message import EmailMessage
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from campaigns.evenings import queries
from campaigns.evenings.forms import person_in
from campaigns.evenings.joining_rules import MOST_WRONG_ON_THE_WALL, Door
from campaigns.evenings.joining_services import DoorClosed, WrongCode, join
from campaigns.evenings.models import Evening, Invitation, Shift
from campaigns.evenings.people import Person
from campaigns.evenings.services import code_now, end_evening, invite, put_on_the_wall, start_evening
from campaigns.queue.models import Call, CallAssignment, Target
from campaigns.queue.taking import take_next_call
from organiser.accounts.permissions import Role
from organiser.core.database import db
from organiser.core.ids import uuid7
from organiser.core.prepared import load
from organiser.members.services import By
from organiser.web.frame import Framed
from tests.builders import NOON, Builders, Tree
from tests.campaigns.builders import make_assignment, make_campaign, make_targets
from tests.page import get, post, words

HOUR = timedelta(hours=1)
BY = By(None, NOON)
OWN = "+46701740698"


@pytest.fixture
def lists(make: Builders, within: Tree, monkeypatch: pytest.MonkeyPatch) -> list[CallAssignment]:
    """Two associations of a district's campaign; the first has one member to ring, the second two."""
    monkeypatch.setattr("organiser.core.clock.now", lambda: NOON)
    campaign = make_campaign(make, within.tenant_id, within.district)
    stored = [make_assignment(make, campaign, unit) for unit in (within.borlange, within.falun)]
    for members, one in enumerate(stored, start=1):
        make_targets(make, one, members)
    return [db.session.get_one(CallAssignment, (within.tenant_id, one.id)) for one in stored]


@pytest.fixture
def pool(lists: list[CallAssignment]) -> Evening:
    return start_evening(uuid7(), lists[0], NOON, NOON + 4 * HOUR, BY, whole_campaign=True)


def let_in(evening: Evening, name: str = "Kim", own_number: str = "") -> Shift:
    [invited] = invite(evening, uuid4(), [name], NOON)
    return join(invited.invitation, name, code_now(evening), f"browser of {name}", NOON, own_number)


def taken_in_turn(shift: Shift, start: CallAssignment) -> list[UUID]:
    """Which lists the caller is dealt members of, until there is nobody left."""
    found: list[UUID] = []
    while len(found) < 9:
        together = load(queries.rung_with(shift.account, start, NOON)).scalars().all()
        call = take_next_call(shift.account, together, NOON)
        if call is None:
            break
        found.append(call.target.assignment_id)
        call.given_back_at, call.target.due_at = NOON, NOON + HOUR
        db.session.flush()
    return found


def test_a_caller_of_the_pool_rings_every_list_of_the_campaign(
    lists: list[CallAssignment], pool: Evening
) -> None:
    shift = let_in(pool)
    open_now = db.session.scalars(queries.assignments_open_to(shift.account, NOON)).all()
    assert {one.id for one in open_now} == {one.id for one in lists}
    dealt = taken_in_turn(shift, lists[0])
    assert sorted(dealt) == sorted([lists[0].id, lists[1].id, lists[1].id])


def test_a_caller_of_one_list_is_not_in_the_pool(lists: list[CallAssignment]) -> None:
    evening = start_evening(uuid7(), lists[0], NOON, NOON + 4 * HOUR, BY)
    shift = let_in(evening)
    assert taken_in_turn(shift, lists[0]) == [lists[0].id]


def test_a_caller_of_the_pool_holds_a_role_in_the_districts_unit(pool: Evening, within: Tree) -> None:
    [grant] = let_in(pool).account.grants
    assert (grant.role, grant.organisation_id) == (Role.CALLER, within.district)


def test_ending_the_pool_takes_back_whom_its_callers_held(lists: list[CallAssignment], pool: Evening) -> None:
    shift = let_in(pool)
    call = take_next_call(shift.account, [one.id for one in lists], NOON)
    assert call is not None
    end_evening(pool, NOON + HOUR)
    assert (call.is_open, shift.ended_at) == (False, NOON + HOUR)
    assert db.session.scalars(queries.assignments_open_to(shift.account, NOON + HOUR)).all() == []


def test_the_lists_page_shows_who_is_in_by_the_pool(lists: list[CallAssignment], pool: Evening) -> None:
    shift = let_in(pool)
    for one in lists:
        assert db.session.scalars(queries.running_shifts([one.id], NOON)).all() == [shift]
        assert db.session.scalars(queries.unfinished([one.id], NOON)).all() == [pool]


def test_a_number_said_at_the_door_is_kept_for_the_shift_and_forgotten_with_it(pool: Evening) -> None:
    shift = let_in(pool, own_number=OWN)
    assert load(queries.own_numbers(shift.account.id, NOON)).scalars().all() == [OWN]
    end_evening(pool, NOON + HOUR)
    assert shift.own_number == ""


def test_the_square_on_the_wall_lets_in_many_each_as_themselves(pool: Evening) -> None:
    wall = put_on_the_wall(pool, uuid4(), NOON).invitation
    shifts = [join(wall, name, code_now(pool), f"browser of {name}", NOON) for name in ("Kim", "Bo")]
    assert [shift.account.name for shift in shifts] == ["Kim", "Bo"]
    assert len({shift.account_id for shift in shifts}) == 2
    again = join(wall, "Kim", code_now(pool), "browser of Kim", NOON)
    assert again.id == shifts[0].id
    assert wall.used_at is None


def test_the_square_opens_nothing_without_the_code_and_closes_after_twenty_wrong_ones(pool: Evening) -> None:
    wall = put_on_the_wall(pool, uuid4(), NOON).invitation
    wrong = f"{(int(code_now(pool)) + 1) % 10**6:06}"
    for left in range(MOST_WRONG_ON_THE_WALL - 1, -1, -1):
        with pytest.raises(WrongCode) as refusal:
            join(wall, "Kim", wrong, "browser", NOON)
        assert refusal.value.left == left
    with pytest.raises(DoorClosed) as closed:
        join(wall, "Kim", code_now(pool), "browser", NOON)
    assert closed.value.door is Door.GUESSED


def test_a_new_square_takes_the_place_of_the_one_before(pool: Evening) -> None:
    first = put_on_the_wall(pool, uuid4(), NOON).invitation
    second = put_on_the_wall(pool, uuid4(), NOON).invitation
    assert (first.revoked_at, second.revoked_at) == (NOON, None)
    with pytest.raises(DoorClosed):
        join(first, "Kim", code_now(pool), "browser", NOON)


@pytest.mark.parametrize(
    ("line", "person"),
    [
        ("Kim", Person("Kim")),
        ("Kim Ek kim@example.org", Person("Kim Ek", "kim@example.org")),
        ("Kim Ek;kim@example.org", Person("Kim Ek", "kim@example.org")),
        ("Kim Ek\tkim@example.org", Person("Kim Ek", "kim@example.org")),
        ("Kim <kim@example.org>", Person("Kim", "kim@example.org")),
        ("kim@example.org", Person("", "kim@example.org")),
    ],
)
def test_a_pasted_line_says_who_and_where_to(line: str, person: Person) -> None:
    assert person_in(line) == person


class Postbox:
    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []

    def post(self, letter: EmailMessage) -> None:
        self.letters.append(letter)


@pytest.fixture
def organiser(
    client: FlaskClient, make: Builders, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> tuple[FlaskClient, UUID]:
    monkeypatch.setattr("organiser.core.clock.now", lambda: NOON)
    campaign = make_campaign(make, tree.tenant_id, tree.district)
    make_targets(make, make_assignment(make, campaign, tree.falun), 1)
    make.sign_in(client, make.account(tree.tenant_id, (Role.ORGANISER, tree.district)), tree.tenant_id)
    return client, campaign.id


def test_an_organiser_starts_a_pool_and_mails_the_links_but_never_the_code(
    app: Framed,
    make: Builders,
    tree: Tree,
    organiser: tuple[FlaskClient, UUID],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client, campaign_id = organiser
    postbox = Postbox()
    monkeypatch.setitem(app.extensions, "mailer", postbox)
    started = post(client, f"/campaigns/{campaign_id}/evenings/new", {"begins": "now", "hours": "4"})
    where = started.headers["Location"]
    shown = words(
        post(client, f"{where}/invitations", {"names": "Kim Ek kim@example.org\nBo", "nameless": "0"}, 200)
    )
    assert "Kim Ek" in shown
    [letter] = postbox.letters
    text = letter.get_content()
    assert letter["To"] == "kim@example.org"
    with make.storing(tree.tenant_id):
        evening = db.session.scalars(select(Evening)).one()
        code = code_now(evening)
        assert db.session.scalars(select(Invitation.name).order_by(Invitation.name)).all() == ["Bo", "Kim Ek"]
    assert "/join/" in text
    assert code not in text


def test_an_address_that_is_none_is_told_with_its_line_and_nothing_is_lost(
    organiser: tuple[FlaskClient, UUID],
) -> None:
    client, campaign_id = organiser
    where = post(client, f"/campaigns/{campaign_id}/evenings/new", {"begins": "now", "hours": "4"})
    names = "Kim\nBo bo@@example\nAli ali@example.org"
    page = post(client, where.headers["Location"] + "/invitations", {"names": names, "nameless": "0"}, 422)
    assert "2" in words(page)
    assert "bo@@example" in words(page)
    assert "Ali ali@example.org" in page.text


def test_the_wall_page_shows_a_square_large_and_only_once(organiser: tuple[FlaskClient, UUID]) -> None:
    client, campaign_id = organiser
    started = post(client, f"/campaigns/{campaign_id}/evenings/new", {"begins": "now", "hours": "4"})
    where = started.headers["Location"]
    shown = post(client, f"{where}/wall", {}, 200)
    assert "<svg" in shown.text
    assert "/join/" in shown.text
    assert "/join/" not in get(client, where).text


def test_a_caller_of_the_pool_goes_straight_to_the_whole_district(
    client: FlaskClient, make: Builders, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("organiser.core.clock.now", lambda: NOON)
    campaign = make_campaign(make, tree.tenant_id, tree.district)
    both = [make_assignment(make, campaign, unit) for unit in (tree.borlange, tree.falun)]
    for one in both:
        make_targets(make, one, 1)
    with make.storing(tree.tenant_id):
        anchor = db.session.get_one(CallAssignment, (tree.tenant_id, both[0].id))
        evening = start_evening(uuid7(), anchor, NOON, NOON + 4 * HOUR, BY, whole_campaign=True)
        [invited] = invite(evening, uuid4(), ["Kim"], NOON)
        code = code_now(evening)
    door = f"/join/{invited.token}"
    get(client, door)
    post(client, door, {"name": "Kim", "code": code, "own_number": "070-174 06 98"})
    page = get(client, client.get("/calls").headers["Location"])
    assert "Dalarna" in words(page)
    for _ in both:
        call = post(client, f"/calls/lists/{both[0].id}/next").headers["Location"].partition("?")[0]
        post(client, f"{call}/report", {"outcome": "no_answer"})
    with make.storing(tree.tenant_id):
        rung = select(CallAssignment.id).join(Target).join(Call, Call.target_id == Target.id)
        assert set(db.session.scalars(rung)) == {one.id for one in both}
