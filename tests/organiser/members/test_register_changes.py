"""Whatever changes a member is told before it is stored, of exactly those; what came to nothing is not."""

import sqlite3
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from organiser.audit.models import AccessEntry, Why
from organiser.core.database import db
from organiser.core.ids import uuid7
from organiser.core.tenancy import inside
from organiser.members import services, tag_services
from organiser.members.kinds import BlockScope, Channel, NumberState, Source
from organiser.members.models import Block, Contact, Member, PhoneNumber
from organiser.members.register_changes import (
    on_register_change,
    register_touched,
    settle_now,
    watch,
    watch_of,
)
from organiser.members.services import By, NumberDraft
from organiser.members.tag_models import MemberTag
from organiser.orgs.models import Organisation
from organiser.web.frame import Framed, in_one_transaction
from tests.builders import NOON, Builders, Tree
from tests.organiser.members.listening import Heard, hearing

US = By(None, NOON)
Work = Callable[[], object]


@pytest.fixture
def heard(app: Framed) -> Iterator[Heard]:
    with hearing(app) as heard:
        yield heard


@pytest.fixture
def anna(make: Builders, tree: Tree) -> Member:
    return make.member(tree.tenant_id, tree.falun, first_name="Anna")


@pytest.fixture
def in_tenant(app: Framed, tree: Tree) -> Callable[[Work], None]:
    """Do something as one request of the party's would, and store it."""

    def do(work: Work) -> None:
        with app.app_context(), inside(tree.tenant_id):
            in_one_transaction(work)
            db.session.remove()

    return do


def get(model: Any, member: Member) -> Any:
    return db.session.scalars(select(model).where(model.member_id == member.id)).one()


def again(member: Member) -> Member:
    return db.session.scalars(select(Member).where(Member.id == member.id)).one()


DEEDS: dict[str, Callable[[Member, Tree], object]] = {
    "correct": lambda member, _tree: services.correct(member, {"city": "Falun"}, None, US),
    "another number": lambda member, _tree: services.correct(member, {}, [NumberDraft("+46701740699")], US),
    "move": lambda member, tree: services.move(member, tree.borlange),
    "a number that is wrong": lambda member, _tree: services.mark_number(
        get(PhoneNumber, member), NumberState.WRONG, US
    ),
    "block": lambda member, _tree: services.block(member, BlockScope.CALLS, "", Source.PERSON, US),
    "contact": lambda member, _tree: services.note_contact(
        member, uuid7(), Channel.VISIT, date(2024, 3, 1), "", US
    ),
    "tag": lambda member, _tree: tag_services.add_tag(member, "Kan köra", US),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_every_deed_is_told_once_of_the_member_it_changed(
    in_tenant: Callable[[Work], None], tree: Tree, anna: Member, make: Builders, heard: Heard, deed: str
) -> None:
    make.member(tree.tenant_id, tree.falun)
    heard.clear()
    in_tenant(lambda: DEEDS[deed](again(anna), tree))
    assert heard == [(tree.tenant_id, [anna.id])]


def undone(work: Work) -> None:
    """Do it within a savepoint, and take it back."""
    savepoint = db.session.begin_nested()
    work()
    savepoint.rollback()


def lift(member: Member) -> None:
    services.lift_block(get(Block, member), "asked", US)


TAKEN_BACK: dict[str, Callable[[Member], object]] = {
    "block": lift,
    "contact": lambda member: services.forget_contact(get(Contact, member)),
    "tag": lambda member: tag_services.take_off(get(MemberTag, member)),
}


@pytest.mark.parametrize("deed", TAKEN_BACK)
def test_what_is_taken_back_is_told_too(
    in_tenant: Callable[[Work], None], tree: Tree, anna: Member, heard: Heard, deed: str
) -> None:
    in_tenant(lambda: DEEDS[deed](again(anna), tree))
    heard.clear()
    in_tenant(lambda: TAKEN_BACK[deed](again(anna)))
    assert heard == [(tree.tenant_id, [anna.id])]


def test_a_new_member_is_told(in_tenant: Callable[[Work], None], tree: Tree, heard: Heard) -> None:
    new = uuid7()
    values = {"organisation_id": tree.falun, "first_name": "Ny"}
    in_tenant(lambda: services.enrol(new, values, [NumberDraft("+46701740698")], US))
    assert heard == [(tree.tenant_id, [new])]


def test_a_row_whose_values_were_let_go_is_still_told_when_it_is_deleted(
    in_tenant: Callable[[Work], None], tree: Tree, anna: Member, heard: Heard
) -> None:
    def drop() -> None:
        number = get(PhoneNumber, anna)
        db.session.expire(number)
        db.session.delete(number)

    heard.clear()
    in_tenant(drop)
    assert heard == [(tree.tenant_id, [anna.id])]


def test_that_a_number_works_is_no_news_of_its_member_but_that_it_is_dead_is(
    in_tenant: Callable[[Work], None], tree: Tree, anna: Member, heard: Heard
) -> None:
    heard.clear()
    in_tenant(lambda: services.mark_number(get(PhoneNumber, anna), NumberState.WORKS, US))
    assert heard == []
    in_tenant(lambda: services.mark_number(get(PhoneNumber, anna), NumberState.DEAD, US))
    assert heard == [(tree.tenant_id, [anna.id])]
    in_tenant(lambda: services.mark_number(get(PhoneNumber, anna), NumberState.UNTRIED, US))
    assert heard == [(tree.tenant_id, [anna.id])] * 2


def test_a_number_changed_without_being_looked_at_is_told(
    in_tenant: Callable[[Work], None], tree: Tree, anna: Member, heard: Heard
) -> None:
    def blindly() -> None:
        number = get(PhoneNumber, anna)
        db.session.expire(number)
        number.state = NumberState.DEAD

    heard.clear()
    in_tenant(blindly)
    assert heard == [(tree.tenant_id, [anna.id])]


def test_many_members_are_told_as_one_list_in_order(
    in_tenant: Callable[[Work], None], tree: Tree, make: Builders, heard: Heard
) -> None:
    many = [make.member(tree.tenant_id, tree.falun) for _ in range(5)]
    heard.clear()

    def work() -> None:
        for member in reversed(many):
            services.correct(again(member), {"city": "Falun"}, None, US)
            services.block(again(member), BlockScope.EMAIL, "", Source.PERSON, US)

    in_tenant(work)
    assert heard == [(tree.tenant_id, sorted(member.id for member in many))]


def test_a_number_that_goes_to_another_member_is_told_of_both(
    in_tenant: Callable[[Work], None], tree: Tree, make: Builders, anna: Member, heard: Heard
) -> None:
    bo = make.member(tree.tenant_id, tree.falun, phone=None)
    heard.clear()

    def give() -> None:
        get(PhoneNumber, anna).member_id = bo.id

    in_tenant(give)
    assert heard == [(tree.tenant_id, sorted([anna.id, bo.id]))]


def test_what_touches_no_member_is_not_told(
    in_tenant: Callable[[Work], None], tree: Tree, anna: Member, heard: Heard
) -> None:
    def rename() -> None:
        unit = db.session.scalars(select(Organisation).where(Organisation.id == tree.falun)).one()
        unit.name = "Falu"
        again(anna).city = again(anna).city

    heard.clear()
    in_tenant(rename)
    assert heard == []


def test_the_same_deed_twice_is_told_once(
    in_tenant: Callable[[Work], None], tree: Tree, anna: Member, heard: Heard
) -> None:
    block = DEEDS["block"]
    in_tenant(lambda: block(again(anna), tree))
    heard.clear()
    in_tenant(lambda: block(again(anna), tree))
    assert heard == []


def test_what_fails_is_not_told_then_or_later(
    in_tenant: Callable[[Work], None], tree: Tree, make: Builders, anna: Member, heard: Heard
) -> None:
    bo = make.member(tree.tenant_id, tree.falun)
    heard.clear()

    def fail() -> None:
        services.move(again(anna), tree.borlange)
        raise RuntimeError("the light went out")

    with pytest.raises(RuntimeError, match="light"):
        in_tenant(fail)
    in_tenant(lambda: services.move(again(bo), tree.borlange))
    assert heard == [(tree.tenant_id, [bo.id])]


def test_what_is_rolled_back_by_hand_is_forgotten(
    tree: Tree, app: Framed, anna: Member, heard: Heard
) -> None:
    heard.clear()
    with app.app_context(), inside(tree.tenant_id):
        services.move(again(anna), tree.borlange)
        db.session.rollback()
        db.session.commit()
    assert heard == []


def test_a_busy_database_has_the_last_attempt_told_alone(
    in_tenant: Callable[[Work], None],
    tree: Tree,
    make: Builders,
    heard: Heard,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("time.sleep", lambda _seconds: None)
    members = [make.member(tree.tenant_id, tree.falun) for _ in range(2)]
    left = list(members)

    def work() -> None:
        services.move(again(left.pop(0)), tree.borlange)
        if left:
            raise OperationalError("BEGIN", None, sqlite3.OperationalError("database is locked"))

    heard.clear()
    in_tenant(work)
    assert heard == [(tree.tenant_id, [members[1].id])]


def test_a_savepoint_that_is_undone_takes_what_was_touched_with_it(
    in_tenant: Callable[[Work], None], tree: Tree, make: Builders, heard: Heard
) -> None:
    anna, bo, cilla = (make.member(tree.tenant_id, tree.falun) for _ in range(3))
    heard.clear()

    def work() -> None:
        services.move(again(anna), tree.borlange)
        with db.session.begin_nested():
            services.move(again(bo), tree.borlange)
        undone(lambda: services.move(again(cilla), tree.borlange))

    in_tenant(work)
    assert heard == [(tree.tenant_id, sorted([anna.id, bo.id]))]


def test_the_outer_savepoint_takes_the_inner_one_with_it(
    in_tenant: Callable[[Work], None], tree: Tree, make: Builders, heard: Heard
) -> None:
    anna, bo = (make.member(tree.tenant_id, tree.falun) for _ in range(2))
    heard.clear()

    def inner() -> None:
        with db.session.begin_nested():
            services.move(again(bo), tree.borlange)

    def work() -> None:
        services.move(again(anna), tree.borlange)
        undone(inner)

    in_tenant(work)
    assert heard == [(tree.tenant_id, [anna.id])]


def test_one_who_was_quicker_with_the_same_block_disturbs_nothing(
    in_tenant: Callable[[Work], None], tree: Tree, make: Builders, anna: Member, heard: Heard
) -> None:
    bo = make.member(tree.tenant_id, tree.falun)
    in_tenant(lambda: DEEDS["block"](again(anna), tree))
    heard.clear()

    def work() -> None:
        services.move(again(bo), tree.borlange)
        twin = {"scope": BlockScope.CALLS, "source": Source.CALL, "set_at": NOON}
        with pytest.raises(Exception, match=r"(?i)unique"), db.session.begin_nested():
            db.session.add(Block(member_id=anna.id, **twin))

    in_tenant(work)
    assert heard == [(tree.tenant_id, [bo.id])]


def test_a_listener_stores_in_the_same_transaction_and_what_it_changes_is_told_on(
    app: Framed, tree: Tree, in_tenant: Callable[[Work], None], make: Builders, anna: Member
) -> None:
    bo = make.member(tree.tenant_id, tree.falun, note="")

    def follow(session: Session, member_ids: list[UUID]) -> None:
        if anna.id in member_ids:
            with session.begin_nested():
                session.get_one(Member, (tree.tenant_id, bo.id)).note = "follows Anna"

    with hearing(app, follow) as heard:
        in_tenant(lambda: services.move(again(anna), tree.borlange))
    assert heard == [(tree.tenant_id, [anna.id]), (tree.tenant_id, [bo.id])]
    with app.app_context(), inside(tree.tenant_id):
        assert again(bo).note == "follows Anna"


def test_a_listener_that_fails_stores_nothing_at_all(
    app: Framed, tree: Tree, in_tenant: Callable[[Work], None], anna: Member
) -> None:
    def fail(_session: Session, _ids: list[UUID]) -> None:
        raise RuntimeError("cannot")

    with hearing(app, fail), pytest.raises(RuntimeError, match="cannot"):
        in_tenant(lambda: services.move(again(anna), tree.borlange))
    with app.app_context(), inside(tree.tenant_id):
        assert again(anna).organisation_id == tree.falun


def test_listeners_that_never_come_to_rest_are_stopped(
    app: Framed, tree: Tree, in_tenant: Callable[[Work], None], anna: Member
) -> None:
    def fidget(session: Session, _ids: list[UUID]) -> None:
        session.get_one(Member, (tree.tenant_id, anna.id)).note += "!"

    with hearing(app, fidget), pytest.raises(RuntimeError, match="goes on changing"):
        in_tenant(lambda: services.move(again(anna), tree.borlange))


def test_a_long_job_can_have_it_told_on_the_way_and_it_is_not_told_again(
    app: Framed, tree: Tree, in_tenant: Callable[[Work], None], make: Builders, heard: Heard
) -> None:
    anna, bo = (make.member(tree.tenant_id, tree.falun) for _ in range(2))
    heard.clear()

    def work() -> None:
        services.move(again(anna), tree.borlange)
        settle_now(db.session())
        assert heard == [(tree.tenant_id, [anna.id])]
        services.move(again(bo), tree.borlange)

    in_tenant(work)
    assert heard == [(tree.tenant_id, [anna.id]), (tree.tenant_id, [bo.id])]


def test_what_was_told_within_an_undone_savepoint_is_told_anew(
    tree: Tree, in_tenant: Callable[[Work], None], anna: Member, heard: Heard
) -> None:
    heard.clear()

    def work() -> None:
        services.move(again(anna), tree.borlange)
        undone(lambda: settle_now(db.session()))

    in_tenant(work)
    assert heard == [(tree.tenant_id, [anna.id])] * 2


def test_what_is_written_round_the_orm_is_told_when_it_is_said(
    tree: Tree, in_tenant: Callable[[Work], None], anna: Member, heard: Heard
) -> None:
    heard.clear()
    in_tenant(lambda: register_touched(db.session(), [anna.id, anna.id]))
    assert heard == [(tree.tenant_id, [anna.id])]


def test_each_tenant_is_told_of_its_own_even_where_the_work_left_it_before_the_commit(
    app: Framed, tree: Tree, make: Builders, anna: Member, heard: Heard
) -> None:
    other = make.member(tree.other_tenant_id, tree.other_association)
    heard.clear()

    def work() -> None:
        for tenant_id, member in ((tree.tenant_id, anna), (tree.other_tenant_id, other)):
            with inside(tenant_id):
                services.correct(again(member), {"city": "Falun"}, None, US)

    with app.app_context():
        in_one_transaction(work)
    assert heard == [(tree.tenant_id, [anna.id]), (tree.other_tenant_id, [other.id])]


def test_rows_of_a_package_above_are_watched_when_it_asks(
    app: Framed, tree: Tree, in_tenant: Callable[[Work], None], anna: Member, heard: Heard
) -> None:
    def look() -> None:
        db.session.add(AccessEntry(member_id=anna.id, why=Why.PAGE))

    heard.clear()
    in_tenant(look)
    assert heard == []
    watch(app, AccessEntry)
    in_tenant(look)
    assert heard == [(tree.tenant_id, [anna.id])]


def test_nobody_listening_costs_and_keeps_nothing(app: Framed, tree: Tree, anna: Member) -> None:
    with hearing(app), app.app_context(), inside(tree.tenant_id):
        watch_of(app).listeners.clear()
        services.move(again(anna), tree.borlange)
        assert "register_changes" not in db.session.info


def test_one_listener_may_hear_of_a_table_beside_and_only_of_what_matters_there(
    app: Framed, tree: Tree, in_tenant: Callable[[Work], None], anna: Member
) -> None:
    told: list[list[UUID]] = []

    def listener(_session: Session, member_ids: list[UUID]) -> None:
        told.append(member_ids)

    def look(request_id: str | None) -> None:
        db.session.add(AccessEntry(member_id=anna.id, why=Why.PAGE, request_id=request_id))

    with hearing(app) as heard:
        on_register_change(app, listener, {AccessEntry: ("actor_id",)})
        in_tenant(lambda: look("1"))
        assert (told, heard) == ([], [])
        watch_of(app).beside[listener] = {AccessEntry: ("request_id",)}
        in_tenant(lambda: look("2"))
        assert (told, heard) == ([[anna.id]], [])
        in_tenant(lambda: services.correct(again(anna), {"city": "Falun"}, None, US))
        assert (told[1:], heard) == ([[anna.id]], [(tree.tenant_id, [anna.id])])
