"""A question that is built once is still asked only of the tenant one is in."""

import pytest
from sqlalchemy import Uuid, bindparam, func, select
from sqlalchemy.orm import aliased

from organiser.core.database import db
from organiser.core.prepared import ask, ids, prepared
from organiser.core.tenancy import OutsideTenant, inside
from organiser.members.models import Member, PhoneNumber
from organiser.web.frame import Framed
from tests.builders import Builders, Tree

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
    at = prepared(select(Member.id).where(Member.organisation_id == bindparam("unit", type_=Uuid())))
    with app.app_context(), inside(tree.tenant_id):
        found = ask(db.session(), at, unit=tree.falun).scalars().all()
        assert len(found) == 2
        assert ask(db.session(), some, some=found[:1]).scalars().all() == ["Anna"]
        assert ask(db.session(), some, some=[]).scalars().all() == []
