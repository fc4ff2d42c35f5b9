"""The register as Selects: whose members one sees, how they are found, who may be rung."""

import itertools
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Select, select

from organiser.accounts.models import Account
from organiser.accounts.permissions import Permission, Role
from organiser.core.database import db
from organiser.core.tenancy import inside
from organiser.members.kinds import BlockScope, MemberStatus, NumberState, Source
from organiser.members.models import Block, Member, PhoneNumber
from organiser.members.queries import (
    callable_in,
    callable_on,
    details_open_to,
    in_order,
    in_unit,
    matching,
    members_open_to,
    obstacles,
)
from organiser.members.rules import why_not_callable
from organiser.web.frame import Framed
from tests.builders import NOON, Builders, Tree

DAY = date(2024, 3, 1)
Names = Callable[[Select[Member]], list[str]]


@pytest.fixture
def names(app: Framed, tree: Tree) -> Names:
    """Runs a Select inside the party; gives the first names in the order of the list."""

    def run(query: Select[Member]) -> list[str]:
        with app.app_context(), inside(tree.tenant_id):
            return [member.first_name for member in db.session.scalars(in_order(query))]

    return run


def test_one_sees_the_members_of_ones_units_and_below_and_nobody_elses(
    make: Builders, tree: Tree, names: Names
) -> None:
    for unit, first in ((tree.falun, "Falu"), (tree.sundsvall, "Sund"), (tree.district, "Distrikt")):
        make.member(tree.tenant_id, unit, first_name=first)
    make.member(tree.other_tenant_id, tree.other_association, first_name="Deras")

    def seen(*grants: tuple[Role, Any], permission: Permission = Permission.SEE_MEMBERS) -> set[str]:
        return set(names(members_open_to(make.account(tree.tenant_id, *grants), permission)))

    assert seen((Role.ORGANISER, tree.root)) == {"Falu", "Sund", "Distrikt"}
    assert seen((Role.ORGANISER, tree.district)) == {"Falu", "Distrikt"}
    assert seen((Role.ORGANISER, tree.falun)) == {"Falu"}
    assert seen((Role.CALLER, tree.root), (Role.VIEWER, tree.root)) == set()
    assert seen() == set()


def test_the_list_is_in_swedish_order(make: Builders, tree: Tree, names: Names) -> None:
    for last in ("Ölund", "Zetterberg", "Åberg", "Ängman", "ahlm", "Ek"):
        make.member(tree.tenant_id, tree.falun, first_name=last, last_name=last)
    assert names(select(Member)) == ["ahlm", "Ek", "Zetterberg", "Åberg", "Ängman", "Ölund"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ange", ["Åsa"]),
        ("ånge", ["Åsa"]),
        ("Ånge", ["Åsa"]),
        ("ÅNGE åsa", ["Åsa"]),
        ("åsa ÅNGE", ["Åsa"]),
        ("anna-lena", ["Anna-Lena"]),
        ("lena anna", ["Anna-Lena"]),
        ("0030001", ["Åsa"]),
        ("30001", ["Åsa"]),
        ("m-77b", ["Anna-Lena"]),
        ("070-174 06 05", ["Åsa"]),
        ("0701740605", ["Åsa"]),
        ("+46 70 174 06 05", ["Åsa"]),
        ("174 06 05", ["Åsa"]),
        ("031-39", ["Anna-Lena"]),
        ("anna 031-3900600", ["Anna-Lena"]),
        ("LENA_EK@example.org", ["Anna-Lena"]),
        ("%", []),
        ("e_a", []),
        ("lena_", ["Anna-Lena"]),
        ("a%a", []),
        ("_nge", []),
        ("ingen", []),
        ("", ["Anna-Lena", "Åsa"]),
        ("--", []),
    ],
)
def test_somebody_is_found_by_what_one_knows_of_them(
    make: Builders, tree: Tree, names: Names, typed: str, found: list[str]
) -> None:
    make.member(
        tree.tenant_id,
        tree.falun,
        first_name="Åsa",
        last_name="Ånge",
        number="0030001",
        phone="+46701740605",
        email="asa@example.org",
    )
    make.member(
        tree.tenant_id,
        tree.falun,
        first_name="Anna-Lena",
        last_name="Ek",
        number="M-77B",
        phone="+46313900600",
        email="lena_ek@example.org",
    )
    assert names(matching(select(Member), typed)) == found


def test_a_protected_number_finds_nobody_but_the_name_does(
    app: Framed, make: Builders, tree: Tree, names: Names
) -> None:
    make.member(tree.tenant_id, tree.falun, phone="+46701740605", email="a@example.org", protected=True)
    assert names(matching(select(Member), "öberg")) == ["Åsa"]
    assert names(matching(select(Member), "0701740605")) == []
    assert names(matching(select(Member), "a@example.org")) == []
    administrator = make.account(tree.tenant_id, (Role.ADMINISTRATOR, tree.district))
    elsewhere = make.account(tree.tenant_id, (Role.ADMINISTRATOR, tree.sister_district))

    def readable(account: Account) -> list[str]:
        return names(matching(select(Member), "0701740605", details_open_to(account)))

    assert readable(administrator) == ["Åsa"]
    assert readable(elsewhere) == []


def test_a_unit_counts_its_own_members_and_those_below(make: Builders, tree: Tree, names: Names) -> None:
    for unit, first in ((tree.falun, "Falu"), (tree.borlange, "Borl"), (tree.sundsvall, "Sund")):
        make.member(tree.tenant_id, unit, first_name=first)
    assert set(names(in_unit(select(Member), tree.district))) == {"Falu", "Borl"}
    assert names(in_unit(select(Member), tree.falun)) == ["Falu"]
    assert names(in_unit(select(Member), tree.other_association)) == []


def test_the_rule_and_the_database_give_the_same_reasons(within: Tree) -> None:
    every = itertools.product(
        ((MemberStatus.ACTIVE, None), (MemberStatus.LEFT, None), (MemberStatus.UNPAID, DAY)),
        (False, True),
        ((None, None), (date(2006, 3, 1), 2006), (date(2006, 3, 2), 2006), (None, 2006), (None, 2005)),
        ((), (NumberState.UNTRIED,), (NumberState.DEAD,), (NumberState.WRONG, NumberState.WORKS)),
        ((), ((BlockScope.CALLS, None),), ((BlockScope.EMAIL, None),), ((BlockScope.CONTACT, NOON),)),
    )
    for (status, left_on), protected, (birth_date, birth_year), states, blocks in every:
        member = Member(
            organisation_id=within.falun,
            status=status,
            left_on=left_on,
            protected=protected,
            birth_date=birth_date,
            birth_year=birth_year,
        )
        member.numbers = [PhoneNumber(e164=f"+4670174060{n}", state=state) for n, state in enumerate(states)]
        member.blocks = [
            Block(scope=scope, source=Source.PERSON, set_at=NOON, lifted_at=lifted)
            for scope, lifted in blocks
        ]
        db.session.add(member)
    db.session.flush()
    members = db.session.scalars(select(Member)).all()
    assert len(members) == 3 * 2 * 5 * 4 * 4
    in_sql = {
        reason: set(db.session.scalars(select(Member.id).where(holds)))
        for reason, holds in obstacles(DAY).items()
    }
    may_be_rung = set(db.session.scalars(select(Member.id).where(callable_on(DAY))))
    for member in members:
        reasons = why_not_callable(member, DAY)
        assert [reason for reason, ids in in_sql.items() if member.id in ids] == reasons
        assert (member.id in may_be_rung) == (not reasons)


def test_those_who_may_be_rung_in_a_unit(make: Builders, tree: Tree, names: Names) -> None:
    make.member(tree.tenant_id, tree.falun, first_name="Får")
    make.member(tree.tenant_id, tree.falun, first_name="Ung", birth_date=date(2010, 1, 1))
    make.member(tree.tenant_id, tree.falun, first_name="Utan", phone=None)
    make.member(tree.tenant_id, tree.sundsvall, first_name="Annan")
    assert names(callable_in(tree.district, DAY)) == ["Får"]
    assert set(names(callable_in(tree.district, DAY, with_minors=True))) == {"Får", "Ung"}
