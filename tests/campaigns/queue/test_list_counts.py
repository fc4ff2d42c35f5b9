"""Each list keeps how many are on it and how many are left to ring, whoever changes a place and however."""

import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from itertools import cycle, islice
from uuid import UUID

import pytest
from click.testing import Result
from sqlalchemy import event, select, update
from sqlalchemy.engine import Engine
from sqlalchemy.exc import IntegrityError, OperationalError, SAWarning
from sqlalchemy.orm.exc import StaleDataError

from campaigns.queue.count_models import ListCount
from campaigns.queue.counting import Numbers
from campaigns.queue.effects import Report
from campaigns.queue.models import CallAssignment, Target
from campaigns.queue.outcomes import Outcome
from campaigns.queue.queue_now import members_on
from campaigns.queue.recounting import list_differences
from campaigns.queue.reporting import report_call
from campaigns.queue.states import TargetState
from campaigns.queue.taking import take_next_call
from organiser.accounts.models import Account
from organiser.accounts.permissions import Role
from organiser.core import clock
from organiser.core.database import db
from organiser.core.ids import uuid7
from organiser.core.tenancy import inside
from organiser.members.kinds import BlockScope, Source
from organiser.members.models import Member
from organiser.members.services import By, block, move
from organiser.web.frame import Framed, in_one_transaction
from tests.builders import NOON, Builders
from tests.campaigns.builders import make_shift, make_targets
from tests.campaigns.conftest import Night

WRITERS, ACTS_EACH = 6, 25


def in_tenant(app: Framed, night: Night, deed: Callable[[], object]) -> None:
    with app.app_context(), inside(night.tree.tenant_id), clock.at(NOON):
        in_one_transaction(deed)


def kept(app: Framed, night: Night, list_id: UUID | None = None) -> tuple[int, int]:
    """What the list keeps; a recount agrees."""
    with app.app_context(), inside(night.tree.tenant_id):
        assert list_differences() == []
        found = members_on([list_id or night.assignment.id])
        return found[list_id or night.assignment.id]


def list_in_borlange(make: Builders, night: Night) -> CallAssignment:
    with make.storing(night.tree.tenant_id):
        ours = {"campaign_id": night.assignment.campaign_id, "organisation_id": night.tree.borlange}
        db.session.add(assignment := CallAssignment(**ours))
    return assignment


def place(target: Target) -> Target:
    found: Target = db.session.scalars(select(Target).where(Target.id == target.id)).one()
    return found


@contextmanager
def said() -> Iterator[list[str]]:
    """The statements sent to the database while it is open."""
    found: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        found.append(statement)

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", hear)


def test_nobody_ever_on_a_list_is_nobody_left(app: Framed, night: Night) -> None:
    assert kept(app, night) == (0, 0)


def test_who_comes_changes_and_goes_is_counted(app: Framed, make: Builders, night: Night) -> None:
    first, second, third = make_targets(make, night.assignment, 3)
    assert kept(app, night) == (3, 3)

    def change() -> None:
        place(first).state = TargetState.DONE
        place(second).state = TargetState.OUTSIDE
        db.session.flush()
        place(first).state = TargetState.FLAGGED
        db.session.delete(place(third))

    in_tenant(app, night, change)
    assert kept(app, night) == (1, 0)


def test_a_place_whose_past_was_forgotten_is_counted_from_what_is_stored(
    app: Framed, make: Builders, night: Night
) -> None:
    borlange = list_in_borlange(make, night)
    first, second = make_targets(make, night.assignment, 2)

    def change() -> None:
        for target, name, value in (
            (first, "state", TargetState.DONE),
            (second, "assignment_id", borlange.id),
        ):
            one = place(target)
            db.session.expire(one)
            setattr(one, name, value)

    in_tenant(app, night, change)
    assert (kept(app, night), kept(app, night, borlange.id)) == ((1, 0), (1, 1))


def test_a_savepoint_rolled_back_takes_its_changes_along(app: Framed, make: Builders, night: Night) -> None:
    first, second, third = make_targets(make, night.assignment, 3)

    def change() -> None:
        place(first).state = TargetState.DONE
        outer = db.session.begin_nested()
        place(second).state = TargetState.DONE
        with db.session.begin_nested():
            place(third).state = TargetState.OUTSIDE
        assert members_on(night.list)[night.assignment.id] == (2, 0)
        outer.rollback()
        assert members_on(night.list)[night.assignment.id] == (3, 2)
        with db.session.begin_nested():
            place(third).state = TargetState.BLOCKED

    in_tenant(app, night, change)
    assert kept(app, night) == (3, 1)


def test_a_second_attempt_begins_with_nothing(app: Framed, make: Builders, night: Night) -> None:
    (target,) = make_targets(make, night.assignment, 1)
    attempts = iter([True, False])

    def change() -> None:
        place(target).state = TargetState.DONE
        db.session.flush()
        if next(attempts):
            raise OperationalError("UPDATE", None, Exception("database is locked"))

    in_tenant(app, night, change)
    assert kept(app, night) == (1, 0)


def test_to_take_somebody_costs_the_count_nothing(app: Framed, make: Builders, night: Night) -> None:
    make_targets(make, night.assignment, 2)
    with said() as statements:
        in_tenant(app, night, lambda: take_next_call(night.anton, night.list, NOON))
    assert not [one for one in statements if "list_count" in one]
    assert kept(app, night) == (2, 2)


def test_to_tell_of_a_call_costs_one_update_right_before_it_is_stored(
    app: Framed, make: Builders, night: Night
) -> None:
    make_targets(make, night.assignment, 2)

    def ring() -> None:
        call = take_next_call(night.anton, night.list, NOON)
        assert call is not None
        report_call(call, Report(Outcome.TALKED), NOON)
        assert members_on(night.list)[night.assignment.id] == (2, 1)
        statements.clear()

    with said() as statements:
        in_tenant(app, night, ring)
    assert [one.split()[0] for one in statements if "list_count" in one] == ["UPDATE"]
    assert "list_count" in statements[-1]
    assert kept(app, night) == (2, 1)


def test_the_numbers_of_a_list_are_read_without_its_places(app: Framed, make: Builders, night: Night) -> None:
    make_targets(make, night.assignment, 2)
    with app.app_context(), inside(night.tree.tenant_id), said() as statements:
        assert members_on(night.list) == {night.assignment.id: Numbers(2, 2)}
    assert len([one for one in statements if one.startswith("SELECT")]) == 1
    assert not [one for one in statements if "target" in one]


def test_who_moves_is_counted_where_they_come(app: Framed, make: Builders, night: Night) -> None:
    borlange = list_in_borlange(make, night)
    first, _second = make_targets(make, night.assignment, 2)

    def away() -> None:
        move(db.session.get_one(Member, (night.tree.tenant_id, first.member_id)), night.tree.borlange)

    in_tenant(app, night, away)
    assert (kept(app, night), kept(app, night, borlange.id)) == ((1, 1), (1, 1))


def test_a_recount_finds_the_list_that_went_wrong_and_mends_it(
    app: Framed, make: Builders, night: Night, ringlista: Callable[..., Result]
) -> None:
    make_targets(make, night.assignment, 3, state=TargetState.DONE)
    with make.storing(night.tree.tenant_id):
        db.session.execute(update(ListCount).values(on_list=7, left=2))
    found = ringlista("recount")
    assert found.exit_code == 1
    assert (
        "Medlemsringning våren: 7 on the call list, should be 3; 2 left to ring, should be 0" in found.output
    )
    assert "The counts of 1 call list differ from a recount." in found.output
    assert "They have been counted anew." in ringlista("recount", "--mend").output
    assert kept(app, night) == (3, 0)
    assert ringlista("recount").exit_code == 0


def test_a_list_without_counts_gets_them_when_it_is_mended(
    app: Framed, make: Builders, night: Night, ringlista: Callable[..., Result]
) -> None:
    make_targets(make, night.assignment, 2)
    with make.storing(night.tree.tenant_id):
        db.session.delete(db.session.scalars(select(ListCount)).one())
    assert "0 on the call list, should be 2" in ringlista("recount", "--mend").output
    assert kept(app, night) == (2, 2)


class Room:
    """Many who ring, move members and block them at once, on the lists of two associations."""

    def __init__(self, app: Framed, make: Builders, night: Night) -> None:
        self.app, self.night = app, night
        self.borlange = list_in_borlange(make, night)
        self.lists: list[CallAssignment] = [night.assignment, self.borlange]
        self.members = [one.member_id for each in self.lists for one in make_targets(make, each, 20)]
        self.callers = [self._caller(make, one) for one in islice(cycle(self.lists), WRITERS)]

    def _caller(self, make: Builders, assignment: CallAssignment) -> Account:
        account = make.account(self.night.tree.tenant_id, (Role.CALLER, assignment.organisation_id))
        make_shift(make, assignment, account)
        return account

    def write(self, place: int, seed: int) -> int:
        """How many of a writer's acts were done; who comes too late to a changed member is told so."""
        rng, done = random.Random(seed * 100 + place), 0  # noqa: S311  # a story, not a secret
        for _ in range(ACTS_EACH):
            deed = rng.choice(self._deeds(place))
            try:
                in_tenant(self.app, self.night, partial(deed, rng.randrange(1000)))
            except (StaleDataError, IntegrityError, SAWarning):
                continue
            done += 1
        return done

    def _deeds(self, place: int) -> list[Callable[[int], None]]:
        ring = partial(self._ring, place)
        return [ring, ring, self._move, self._block]

    def _ring(self, place: int, how: int) -> None:
        caller = db.session.get_one(Account, self.callers[place].id)
        call = take_next_call(caller, [one.id for one in self.lists], NOON, uuid7())
        if call is not None:
            outcome = list(Outcome)[how % len(Outcome)]
            later = NOON + timedelta(days=1) if outcome.asks_when else None
            report_call(call, Report(outcome, later), NOON)

    def _member(self, how: int) -> Member:
        key = self.night.tree.tenant_id, self.members[how % len(self.members)]
        found: Member = db.session.get_one(Member, key)
        return found

    def _move(self, how: int) -> None:
        move(self._member(how), self.lists[how % 2].organisation_id)

    def _block(self, how: int) -> None:
        by = By(account_id=self.night.anton.id, at=NOON)
        block(self._member(how), BlockScope.CALLS, "", Source.PERSON, by)


@pytest.mark.parametrize("seed", [1, 2])
def test_the_counts_are_true_after_many_wrote_at_once(
    app: Framed, make: Builders, night: Night, seed: int
) -> None:
    room = Room(app, make, night)
    with ThreadPoolExecutor(WRITERS) as threads:
        done = sum(threads.map(partial(room.write, seed=seed), range(WRITERS)))
    assert done > WRITERS * ACTS_EACH // 2
    together = kept(app, night)[0] + kept(app, night, room.borlange.id)[0]
    assert together >= len(room.members)
