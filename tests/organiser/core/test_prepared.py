"""A question that is built once is still asked only of the tenant one is in."""

from collections.abc import Collection
from uuid import UUID

import pytest
from sqlalchemy import Select, Uuid, bindparam, func, select
from sqlalchemy.orm import aliased, joinedload

from organiser.core.database import db
from organiser.core.prepared import ask, ids, load, prepared, question
from organiser.core.tenancy import OutsideTenant, inside
from organiser.members.models import Member, PhoneNumber
from organiser.web.frame import Framed
from tests.builders import Builders, Tree

BUILT: list[str] = []
NAMES = prepared(select(Member.first_name).order_by(Member.first_name))


@pytest.fixture(autouse=True)
def people(make: Builders, tree: Tree) -> None:
    """Two of ours with the same numbers as one of the neighbours'."""
    make.member(tree.tenant_id, tree.falun, first_name="Anna", phone="+46701740605")
    make.member(tree.tenant_id, tree.falun, first_name="Bo", phone="+46701740606")
    make.member(tree.other_tenant_id, tree.other_association, first_name="Cia", phone="+46701740605")


def test_each_tenant_is_told_of_its_own_by_one_and_the_same_question(app: Framed, tree: Tree) -> None:
    with app.app_context():
        with inside(tree.tenant_id):
            assert ask(db.session(), NAMES).scalars().all() == ["Anna", "Bo"]
        with inside(tree.other_tenant_id):
            assert ask(db.session(), NAMES).scalars().all() == ["Cia"]


def test_in_no_tenant_it_is_not_asked(app: Framed) -> None:
    with app.app_context(), pytest.raises(OutsideTenant):
        ask(db.session(), NAMES)


def test_a_table_within_or_under_another_name_is_narrowed_too(app: Framed, tree: Tree) -> None:
    other = aliased(PhoneNumber)
    known = select(func.count(other.id)).where(other.e164 == PhoneNumber.e164).correlate(PhoneNumber)
    query = prepared(select(PhoneNumber.e164, known.scalar_subquery()).order_by(PhoneNumber.e164))
    with app.app_context(), inside(tree.tenant_id):
        assert ask(db.session(), query).all() == [("+46701740605", 1), ("+46701740606", 1)]


def test_what_changes_is_named_when_it_is_asked(app: Framed, tree: Tree) -> None:
    some = prepared(select(Member.first_name).where(Member.id.in_(ids("some"))))
    unit = Member.organisation_id == bindparam("unit", type_=Uuid())
    at = prepared(select(Member.id).where(unit).order_by(Member.first_name))
    with app.app_context(), inside(tree.tenant_id):
        found = ask(db.session(), at, unit=tree.falun).scalars().all()
        assert len(found) == 2
        assert ask(db.session(), some, some=found[:1]).scalars().all() == ["Anna"]
        assert ask(db.session(), some, some=[]).scalars().all() == []


@question()
def numbered(member_id: UUID) -> Select[PhoneNumber]:
    BUILT.append("numbered")
    return (
        select(PhoneNumber).where(PhoneNumber.member_id == member_id).options(joinedload(PhoneNumber.member))
    )


@question("longest")
def called(first_names: Collection[str], *, longest: bool = False) -> Select[str]:
    BUILT.append("called")
    order = func.length(Member.first_name).desc() if longest else Member.first_name
    return select(Member.first_name).where(Member.first_name.in_(first_names)).order_by(order)


def test_a_question_is_built_once_and_asked_with_other_values(app: Framed, tree: Tree) -> None:
    with app.app_context(), inside(tree.tenant_id):
        ours = ask(db.session(), prepared(select(Member.id).order_by(Member.first_name))).scalars().all()
        BUILT.clear()
        found = [load(numbered(member_id)).scalar_one().e164 for member_id in ours]
        assert found == ["+46701740605", "+46701740606"]
        assert len(BUILT) <= 1


def test_what_it_brings_along_is_of_the_tenant_one_is_in(app: Framed, tree: Tree) -> None:
    with app.app_context():
        with inside(tree.other_tenant_id):
            theirs = db.session.scalars(select(Member.id)).one()
            assert load(numbered(theirs)).scalar_one().member.first_name == "Cia"
        db.session.remove()
        with inside(tree.tenant_id):
            assert load(numbered(theirs)).scalar() is None


def test_what_is_loaded_later_from_its_rows_is_of_the_tenant_too(app: Framed, tree: Tree) -> None:
    with app.app_context(), inside(tree.tenant_id):
        member = db.session.scalars(select(Member).where(Member.first_name == "Anna")).one()
        number = load(numbered(member.id)).scalar_one()
        assert [one.e164 for one in number.member.numbers] == ["+46701740605"]


def test_a_list_may_be_of_any_length_and_a_kept_argument_decides_how_it_is_built(
    app: Framed, tree: Tree
) -> None:
    with app.app_context(), inside(tree.tenant_id):
        assert load(called(["Anna", "Bo", "Cia"])).scalars().all() == ["Anna", "Bo"]
        assert load(called({"Bo"})).scalars().all() == ["Bo"]
        assert load(called([])).scalars().all() == []
        assert load(called(("Bo", "Anna"), longest=True)).scalars().all() == ["Anna", "Bo"]
        assert BUILT.count("called") <= 2


def test_a_question_of_rows_sees_what_was_changed_before_it(app: Framed, tree: Tree) -> None:
    with app.app_context(), inside(tree.tenant_id):
        member = db.session.scalars(select(Member).where(Member.first_name == "Anna")).one()
        member.first_name = "Åsa"
        assert load(called(["Åsa"])).scalars().all() == ["Åsa"]
        db.session.rollback()


def test_asked_in_no_tenant_it_is_refused(app: Framed) -> None:
    with app.app_context(), pytest.raises(OutsideTenant):
        load(called(["Anna"]))
