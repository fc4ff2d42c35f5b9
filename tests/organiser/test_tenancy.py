"""No row of one root organisation is read, written or pointed to from another."""

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased

from organiser.core.bulk import add_rows
from organiser.core.database import db
from organiser.core.tenancy import OutsideTenant, Tenanted, inside
from organiser.members.models import Member, PhoneNumber
from organiser.orgs.models import Organisation
from organiser.web.frame import Framed
from tests.builders import Builders, Tree

ABOVE_THE_TENANTS = {"tenant", "account", "role_grant", "sign_in", "link", "throttle"}


@pytest.fixture
def two(app: Framed, make: Builders, tree: Tree) -> Tree:
    make.member(tree.tenant_id, tree.falun, first_name="Vår")
    make.member(tree.other_tenant_id, tree.other_association, first_name="Deras")
    return tree


def test_every_way_of_asking_sees_one_tenant_only(app: Framed, two: Tree) -> None:
    other = aliased(Member)
    cte = select(Member).cte()
    statements = [
        select(Member.first_name),
        select(other.first_name),
        select(Member.first_name).join(Member.organisation),
        select(Organisation.name).where(
            select(Member.id).where(Member.organisation_id == Organisation.id).exists()
        ),
        select(cte.c.first_name),
        select(Member.first_name).where(Member.id.in_(select(PhoneNumber.member_id))),
    ]
    with app.app_context(), inside(two.tenant_id):
        answers = [db.session.scalars(statement).all() for statement in statements]
        assert db.session.scalar(select(func.count(Member.id))) == 1
    assert [len(answer) for answer in answers] == [1] * len(statements)
    assert all("Deras" not in answer for answer in answers)


def test_asking_in_no_tenant_is_refused(app: Framed, two: Tree) -> None:
    with app.app_context(), pytest.raises(OutsideTenant):
        db.session.scalars(select(Member)).all()


def test_bulk_changes_and_removals_stay_inside(app: Framed, two: Tree) -> None:
    with app.app_context(), inside(two.tenant_id):
        db.session.execute(update(Member).values(note="rörd"))
        db.session.execute(delete(Member))
        db.session.commit()
    with app.app_context(), inside(two.other_tenant_id):
        assert db.session.scalars(select(Member.note)).all() == [""]


def test_a_row_cannot_be_written_into_another_tenant(app: Framed, two: Tree) -> None:
    with app.app_context(), inside(two.tenant_id):
        db.session.add(Member(tenant_id=two.other_tenant_id, organisation_id=two.other_association))
        with pytest.raises(OutsideTenant):
            db.session.flush()
        db.session.rollback()


def test_the_database_refuses_a_link_into_another_tenant(app: Framed, two: Tree) -> None:
    with app.app_context(), inside(two.tenant_id):
        row = {"organisation_id": two.other_association, "number": "x", "sort_key": "", "search_key": ""}
        with pytest.raises(IntegrityError):
            add_rows(db.session(), Member, [row])
        db.session.rollback()


def test_each_table_is_a_tenants_or_stands_on_the_one_list(app: Framed) -> None:
    tenanted = {model.__tablename__ for model in Tenanted.__subclasses__()}
    everything = set(db.metadata.tables)
    assert everything - tenanted == ABOVE_THE_TENANTS
    for name in tenanted:
        table = db.metadata.tables[name]
        assert [column.name for column in table.primary_key] == ["tenant_id", "id"], name
        for constraint in table.foreign_key_constraints:
            target = constraint.elements[0].column.table.name
            if target in tenanted:
                assert [element.column.name for element in constraint.elements] == ["tenant_id", "id"], name
