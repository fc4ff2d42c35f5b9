"""A long list is turned page by page, and keeps what was searched for."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import select

from organiser.core.database import db
from organiser.core.tenancy import inside
from organiser.members.models import Member
from organiser.web.frame import Framed
from organiser.web.paging import page_of
from tests.builders import Builders, Tree


@pytest.fixture
def seven(app: Framed, make: Builders, tree: Tree) -> Tree:
    for n in range(7):
        make.member(tree.tenant_id, tree.falun, last_name=f"Namn{n}", phone=None)
    return tree


@pytest.mark.parametrize(
    ("asked", "number", "first", "last"),
    [
        ("9" * 30, 3, 7, 7),
        ("1", 1, 1, 3),
        ("2", 2, 4, 6),
        ("3", 3, 7, 7),
        ("99", 3, 7, 7),
        ("0", 1, 1, 3),
        ("-4", 1, 1, 3),
        ("x", 1, 1, 3),
    ],
)
def test_a_page_says_which_rows_it_holds(
    app: Framed, seven: Tree, asked: str, number: int, first: int, last: int
) -> None:
    with app.test_request_context(f"/members?page={asked}"), inside(seven.tenant_id):
        page = page_of(select(Member).order_by(Member.sort_key), per_page=3)
        assert (page.number, page.first, page.last, page.total) == (number, first, last, 7)
        assert [member.last_name for member in page.rows] == [f"Namn{n}" for n in range(first - 1, last)]


def test_the_next_page_keeps_what_was_asked_for_and_nothing_else_can_be_smuggled_in(
    app: Framed, seven: Tree
) -> None:
    address = "/members?q=å+%26+ö&kind=a&kind=b&_external=1&_scheme=evil&endpoint=x&page=2"
    with app.test_request_context(address), inside(seven.tenant_id):
        page = page_of(select(Member).order_by(Member.sort_key), per_page=3)
        after, before = urlsplit(page.next_url or ""), urlsplit(page.previous_url or "")
    assert (after.scheme, after.netloc, after.path) == ("", "", "/members")
    asked = parse_qs(after.query)
    assert (asked["q"], asked["kind"], asked["page"]) == (["å & ö"], ["a", "b"], ["3"])
    assert parse_qs(before.query)["page"] == ["1"]


def test_an_empty_list_is_one_page_of_nothing(app: Framed, tree: Tree) -> None:
    with app.test_request_context("/members"), inside(tree.tenant_id):
        page = page_of(select(Member))
    assert (page.first, page.last, page.total, page.next_url, page.previous_url) == (0, 0, 0, None, None)


def test_several_columns_come_as_rows(app: Framed, seven: Tree) -> None:
    with app.test_request_context("/members"), inside(seven.tenant_id):
        two: Any = select(Member.last_name, Member.organisation_id).order_by(Member.last_name)
        page = page_of(two)
        assert page.rows[0] == ("Namn0", seven.falun)
        db.session.rollback()
