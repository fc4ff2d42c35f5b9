"""Eight callers at once: nobody is rung by two, no number rings twice at a time, nobody is forgotten."""

import itertools
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TypeVar
from uuid import UUID

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from campaigns.queue.effects import Report
from campaigns.queue.holding import hold_numbers
from campaigns.queue.models import Call, Target
from campaigns.queue.outcomes import Outcome
from campaigns.queue.reporting import report_call
from campaigns.queue.states import TargetState
from campaigns.queue.taking import LEASE, take_next_call
from organiser.accounts.models import Account
from organiser.accounts.permissions import Role
from organiser.core.database import db
from organiser.core.ids import uuid7
from organiser.core.tenancy import inside
from organiser.web.frame import Framed, in_one_transaction
from tests.builders import NOON, Builders
from tests.campaigns.builders import make_shift, make_target, make_targets
from tests.campaigns.conftest import Night

CALLERS, MEMBERS = 8, 100
HOUSEHOLDS = ("+46980319210", "+46980319211", "+46980319212")
A, B = "+46980319220", "+46980319221"
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Taken:
    """What a caller was given, readable without the database."""

    call_id: UUID
    member_id: UUID
    e164: str


class Room:
    """Callers in threads of their own, who begin at once; whom they hold is noted while they hold them."""

    def __init__(self, app: Framed, night: Night, callers: list[Account]) -> None:
        self.app, self.night, self.callers = app, night, callers
        self.together = threading.Barrier(len(callers))
        self.noting = threading.Lock()
        self.held: set[object] = set()
        self.clashes: list[object] = []
        self.rung: list[UUID] = []

    def ring(self, pieces: int) -> None:
        """Everybody rings until nobody is left, but at most ``pieces`` members each."""
        with ThreadPoolExecutor(len(self.callers)) as threads:
            for done in [threads.submit(self._ring, caller, pieces) for caller in self.callers]:
                done.result()

    def _ring(self, caller: Account, pieces: int) -> None:
        self.together.wait(timeout=30)
        for _ in range(pieces):
            taken = self._work(partial(_take, caller, self.night.list))
            if taken is None:
                return
            self._note(taken)
            self._work(partial(_report, taken))

    def _note(self, taken: Taken) -> None:
        """Between taking and reporting nobody else may have been given the member or the number."""
        mine = {taken.member_id, taken.e164}
        with self.noting:
            self.clashes += self.held & mine
            self.held |= mine
            self.rung.append(taken.member_id)
        time.sleep(0.002)
        with self.noting:
            self.held -= mine

    def _work(self, deed: Callable[[], R]) -> R:
        with self.app.app_context(), inside(self.night.tree.tenant_id):
            return in_one_transaction(deed)


def _take(caller: Account, assignments: list[UUID]) -> Taken | None:
    call = take_next_call(caller, assignments, NOON, uuid7())
    return Taken(call.id, call.member_id, call.e164) if call else None


def _report(taken: Taken) -> None:
    call = db.session.scalars(select(Call).where(Call.id == taken.call_id)).one()
    report_call(call, Report(Outcome.TALKED), NOON)


def more_callers(make: Builders, night: Night) -> list[Account]:
    """Everybody of the evening: the two and as many as make eight."""
    fresh = [make.account(night.tree.tenant_id, (Role.CALLER, night.tree.falun)) for _ in range(CALLERS - 2)]
    for account in fresh:
        make_shift(make, night.assignment, account)
    return [night.anton, night.britta, *fresh]


def test_no_member_and_no_number_is_rung_by_two_and_nobody_is_forgotten(
    app: Framed, make: Builders, night: Night
) -> None:
    make_targets(make, night.assignment, MEMBERS)
    for name, phone in itertools.product(("Alva", "Alf"), HOUSEHOLDS):
        member = make.member(night.tree.tenant_id, night.tree.falun, first_name=name, phone=phone)
        make_target(make, night.assignment, member)
    everybody = MEMBERS + 2 * len(HOUSEHOLDS)
    room = Room(app, night, more_callers(make, night))
    room.ring(pieces=everybody)
    assert room.clashes == []
    assert Counter(room.rung).most_common(1)[0][1] == 1
    assert len(room.rung) == everybody
    with app.app_context(), inside(night.tree.tenant_id):
        done = select(func.count()).select_from(Target).where(Target.state == TargetState.DONE)
        assert db.session.scalar(done) == everybody


def test_one_caller_pressing_eight_times_at_once_gets_one_member(
    app: Framed, make: Builders, night: Night
) -> None:
    make_targets(make, night.assignment, MEMBERS)
    together = threading.Barrier(CALLERS)

    def press() -> Taken | None:
        with app.app_context(), inside(night.tree.tenant_id):
            together.wait(timeout=30)
            return in_one_transaction(partial(_take, night.anton, night.list))

    with ThreadPoolExecutor(CALLERS) as threads:
        taken = [press.result() for press in [threads.submit(press) for _ in range(CALLERS)]]
    assert len(set(taken)) == 1


def test_the_database_itself_refuses_to_hold_a_number_twice(
    app: Framed, make: Builders, night: Night
) -> None:
    first, second = make_targets(make, night.assignment, 2)
    with app.app_context(), inside(night.tree.tenant_id):
        calls = [
            Call(
                id=uuid7(),
                target_id=target.id,
                member_id=target.member_id,
                caller_id=caller.id,
                e164=A,
                taken_at=NOON,
                lease_until=NOON + LEASE,
            )
            for target, caller in ((first, night.anton), (second, night.britta))
        ]
        db.session.add_all(calls)
        db.session.flush()
        hold_numbers(calls[0], [A, B])
        with pytest.raises(IntegrityError):
            hold_numbers(calls[1], [B])
        db.session.rollback()


@pytest.mark.parametrize("same", ["member_id", "caller_id"])
def test_the_database_itself_refuses_a_second_open_call(
    app: Framed, make: Builders, night: Night, same: str
) -> None:
    first, second = make_targets(make, night.assignment, 2)
    rows = [
        {"target_id": first.id, "member_id": first.member_id, "caller_id": night.anton.id, "e164": A},
        {"target_id": second.id, "member_id": second.member_id, "caller_id": night.britta.id, "e164": B},
    ]
    rows[1][same] = rows[0][same]
    lease = {"taken_at": NOON, "lease_until": NOON + LEASE}
    with app.app_context(), inside(night.tree.tenant_id):
        db.session.add(Call(**rows[0], **lease))
        db.session.flush()
        db.session.add(Call(**rows[1], **lease))
        with pytest.raises(IntegrityError):
            db.session.flush()
        db.session.rollback()
