"""Many rows at once come out as they went in, in our tenant, all of them or none."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from organiser.core import clock
from organiser.core.bulk import MANY, add_missing, add_rows, add_to_row, change_rows, remove_rows
from organiser.core.database import db
from organiser.core.ids import uuid7
from organiser.core.tenancy import OutsideTenant, inside
from organiser.members.kinds import Gender, MemberStatus
from organiser.members.models import Member
from organiser.web.frame import Framed
from tests.builders import Tree

ODD = "Tab\there, line\nbreak, back\\slash, \\N, \\., quote\" 'n, é Å 🙂"


def people(tree: Tree, how_many: int, **more: Any) -> list[dict[str, Any]]:
    return [
        {
            "organisation_id": tree.falun,
            "number": f"{n:05}",
            "first_name": ODD,
            "birth_date": date(1956, 4, 12) if n % 2 else None,
            "gender": Gender.FEMALE,
            "extra": {"Kod\t": ODD},
            "created_at": clock.now(),
            **more,
        }
        for n in range(how_many)
    ]


@pytest.mark.parametrize("how_many", [MANY - 1, MANY])
def test_every_value_comes_back_as_it_went_in_and_defaults_are_filled(within: Tree, how_many: int) -> None:
    rows = people(within, how_many)
    add_rows(db.session(), Member, rows)
    kept = db.session.scalars(select(Member).order_by(Member.number)).all()
    assert [one.number for one in kept] == [row["number"] for row in rows]
    assert {one.first_name for one in kept} == {ODD}
    assert [one.birth_date for one in kept] == [row["birth_date"] for row in rows]
    assert [one.created_at for one in kept] == [row["created_at"] for row in rows]
    assert (kept[0].gender, kept[0].extra, kept[0].status) == (
        Gender.FEMALE,
        {"Kod\t": ODD},
        MemberStatus.ACTIVE,
    )
    assert (kept[0].tenant_id, kept[0].version, kept[0].protected, kept[0].email) == (
        within.tenant_id,
        1,
        False,
        "",
    )
    assert len({one.id for one in kept}) == how_many


@pytest.mark.parametrize("how_many", [MANY - 1, MANY])
def test_what_the_database_refuses_is_said_alike_however_many_rows(within: Tree, how_many: int) -> None:
    with pytest.raises(IntegrityError):
        add_rows(db.session(), Member, people(within, how_many, number="same"))


@pytest.mark.parametrize("how_many", [MANY - 1, MANY])
def test_no_row_goes_into_another_tenant(within: Tree, how_many: int) -> None:
    add_rows(db.session(), Member, people(within, how_many, tenant_id=within.other_tenant_id))
    with inside(within.other_tenant_id):
        assert db.session.scalars(select(Member)).all() == []


def test_without_a_tenant_nothing_is_written(app: Framed, tree: Tree) -> None:
    with app.app_context(), pytest.raises(OutsideTenant):
        add_rows(db.session(), Member, people(tree, MANY))


def test_a_change_counts_the_version_up_and_touches_only_the_rows_it_names(within: Tree) -> None:
    add_rows(db.session(), Member, people(within, 2))
    first, second = db.session.scalars(select(Member).order_by(Member.number)).all()
    change_rows(db.session(), Member, [{"id": first.id, "last_name": "Berg"}])
    db.session.expire_all()
    assert (first.last_name, first.version) == ("Berg", 2)
    assert (second.last_name, second.version) == ("", 1)


def test_rows_are_removed_by_name(within: Tree) -> None:
    add_rows(db.session(), Member, people(within, 2))
    first, second = db.session.scalars(select(Member).order_by(Member.number)).all()
    remove_rows(db.session(), Member, [first.id])
    db.session.expire_all()
    assert db.session.scalars(select(Member.id)).all() == [second.id]


def test_only_what_is_missing_is_added_and_named(within: Tree) -> None:
    rows = [{"id": uuid7(), **row} for row in people(within, 3)]
    assert add_missing(db.session(), Member, rows[:1]) == {rows[0]["id"]}
    assert add_missing(db.session(), Member, [{**row, "last_name": "Ny"} for row in rows]) == {
        row["id"] for row in rows[1:]
    }
    names = dict(db.session.execute(select(Member.number, Member.last_name)).all())
    assert names == {"00000": "", "00001": "Ny", "00002": "Ny"}
    assert add_missing(db.session(), Member, []) == set()


def test_what_is_missing_is_added_to_our_tenant_alone(within: Tree) -> None:
    row = {"id": uuid7(), **people(within, 1)[0], "tenant_id": within.other_tenant_id}
    add_missing(db.session(), Member, [row])
    with inside(within.other_tenant_id):
        assert db.session.scalars(select(Member)).all() == []


def test_a_row_is_added_to_where_it_has_come_far_enough(within: Tree) -> None:
    add_rows(db.session(), Member, people(within, 1, birth_year=1956))
    kept = db.session.scalars(select(Member)).one()
    assert add_to_row(db.session(), Member, kept.id, {"birth_year": 2}, version=1)
    assert not add_to_row(db.session(), Member, kept.id, {"birth_year": 2}, version=2)
    with inside(within.other_tenant_id):
        assert not add_to_row(db.session(), Member, kept.id, {"birth_year": 2})
    db.session.expire_all()
    assert kept.birth_year == 1958
