"""Tags on the member's page and in the list: put on, taken off, put back, told only where they may be."""

import re
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from organiser.accounts.permissions import Role
from organiser.core.database import db
from organiser.core.ids import uuid7
from organiser.core.tenancy import inside
from organiser.members.kinds import TagKind
from organiser.members.models import Member
from organiser.members.services import By
from organiser.members.tag_models import MemberTag, Tag
from organiser.members.tag_services import put_tags
from organiser.web.frame import Framed
from tests.builders import NOON, Builders, Tree
from tests.organiser.members.conftest import Counting, Open
from tests.organiser.roster.test_import_pages import read_in
from tests.page import get, links, post, words


@pytest.fixture
def anna(make: Builders, tree: Tree) -> Member:
    return make.member(tree.tenant_id, tree.falun, first_name="Anna", last_name="Berg")


def answered(make: Builders, tree: Tree, member: Member, *names: str) -> None:
    """A survey heard what somebody wants to help with."""
    with make.storing(tree.tenant_id):
        put_tags(member, TagKind.TASK, names, "survey:1:help", By(None, NOON))


def worn(app: Framed, tree: Tree) -> dict[str, UUID]:
    """Everybody's tags: name to the id of the member's tag."""
    with app.app_context(), inside(tree.tenant_id):
        rows = db.session.execute(select(Tag.name, MemberTag.id).join(MemberTag.tag)).all()
        return {row.name: row.id for row in rows}


def put_on(client: FlaskClient, member: Member, name: str, kind: str = "tag", status: int = 303) -> str:
    answer = post(client, f"/members/{member.id}/tags", {"name": name, "kind": kind}, status)
    return words(answer if status != 303 else get(client, f"/members/{member.id}"))


def test_the_page_tells_what_somebody_said_and_where_it_comes_from(
    browser: Open, make: Builders, tree: Tree, anna: Member
) -> None:
    client = browser(name="Eva Ek")
    answered(make, tree, anna, "Dela ut flygblad")
    said = put_on(client, anna, "Kan köra buss", "skill")
    assert "Wants to help with Dela ut flygblad answered in a survey · 1 March 2024" in said
    assert "Knows how to Kan köra buss written by hand" in said
    assert "“Kan köra buss” is put on." in said


def test_a_tag_put_on_twice_stands_once(browser: Open, app: Framed, tree: Tree, anna: Member) -> None:
    client = browser()
    put_on(client, anna, "Kan köra")
    put_on(client, anna, "  kan  KÖRA ")
    assert list(worn(app, tree)) == ["Kan köra"]


@pytest.mark.parametrize(
    ("name", "told"),
    [("", "Write what the tag says."), ("!!", "Write it with letters or figures."), ("x" * 61, "at most 60")],
)
def test_a_tag_that_says_nothing_or_too_much_is_refused_beside_the_field(
    browser: Open, app: Framed, tree: Tree, anna: Member, name: str, told: str
) -> None:
    assert told in put_on(browser(), anna, name, status=422)
    assert worn(app, tree) == {}


def test_a_kind_that_does_not_exist_is_refused(browser: Open, app: Framed, tree: Tree, anna: Member) -> None:
    put_on(browser(), anna, "Kan köra", "nonsense", status=422)
    assert worn(app, tree) == {}


def test_what_is_taken_off_can_be_put_back_and_the_history_tells_both(
    browser: Open, app: Framed, make: Builders, tree: Tree, anna: Member
) -> None:
    client = browser()
    answered(make, tree, anna, "Baka")
    before = worn(app, tree)
    address = f"/members/{anna.id}/tags/{before['Baka']}"
    for _tap in range(2):
        post(client, f"{address}/removal")
        assert worn(app, tree) == {}
    page = get(client, f"/members/{anna.id}")
    assert f'action="{address}/return"' in page.text
    assert "A tag was taken off: Baka" in words(page)
    for _tap in range(2):
        post(client, f"{address}/return")
        assert worn(app, tree) == before
    told = words(get(client, f"/members/{anna.id}"))
    assert "A tag was put on: Baka" in told
    assert "Baka answered in a survey · 1 March 2024" in told


@pytest.mark.parametrize("deed", ["removal", "return"])
def test_another_members_tag_is_not_found(
    browser: Open, app: Framed, make: Builders, tree: Tree, anna: Member, deed: str
) -> None:
    bo = make.member(tree.tenant_id, tree.falun)
    client = browser()
    put_on(client, bo, "Baka")
    (of_bo,) = worn(app, tree).values()
    post(client, f"/members/{anna.id}/tags/{of_bo}/{deed}", status=404)
    post(client, f"/members/{bo.id}/tags/{of_bo}/removal")
    post(client, f"/members/{anna.id}/tags/{of_bo}/{deed}", status=404)
    post(client, f"/members/{anna.id}/tags/{uuid7()}/{deed}", status=404)


def test_the_list_is_narrowed_by_a_tag(
    browser: Open, app: Framed, make: Builders, tree: Tree, anna: Member
) -> None:
    make.member(tree.tenant_id, tree.falun, first_name="Bo", last_name="Ek")
    answered(make, tree, anna, "Baka")
    client = browser()
    offered = dict(re.findall(r'<option value="([0-9a-f-]{36})">([^<]*)', get(client, "/members").text))
    (tag_id,) = (id for id, name in offered.items() if name == "Baka")
    page = get(client, f"/members?tag={tag_id}")
    assert "1 member" in words(page)
    assert f"/members/{anna.id}" in links(page)
    assert f"tag={tag_id}" in next(link for link in links(page) if "show=callable" in link)
    assert "2 members" in words(get(client, "/members?tag=nonsense"))
    assert "2 members" in words(get(client, f"/members?tag={uuid7()}"))


def test_tags_of_members_out_of_reach_are_offered_nowhere(
    browser: Open, make: Builders, tree: Tree, anna: Member
) -> None:
    far = make.member(tree.tenant_id, tree.sundsvall)
    answered(make, tree, far, "Norrut")
    client = browser()
    assert "Norrut" not in get(client, "/members").text
    assert "Norrut" not in get(client, f"/members/{anna.id}").text


def test_tags_of_a_protected_member_are_told_only_to_those_entrusted(
    browser: Open, app: Framed, make: Builders, tree: Tree
) -> None:
    hidden = make.member(tree.tenant_id, tree.falun, first_name="Dolda", protected=True)
    answered(make, tree, hidden, "Baka")
    with app.app_context(), inside(tree.tenant_id):
        tag_id = db.session.scalars(select(Tag.id)).one()
    organiser, administrator = browser(), browser(Role.ADMINISTRATOR, tree.root)
    assert "Baka" not in get(organiser, f"/members/{hidden.id}").text
    assert "Baka" not in get(organiser, "/members").text
    assert "1 member" in words(get(organiser, f"/members?tag={tag_id}"))
    assert "Baka" in words(get(administrator, f"/members/{hidden.id}"))
    assert "Baka" in get(administrator, "/members").text


def test_the_log_of_changes_names_the_tag(browser: Open, make: Builders, tree: Tree, anna: Member) -> None:
    answered(make, tree, anna, "Baka")
    told = words(get(browser(Role.ADMINISTRATOR, tree.root), "/logs/changes"))
    assert "Anna Berg · A member’s tag, added Member: becomes Anna Berg Tag: becomes Baka" in told
    assert "Baka · Tag, added Kind: becomes Wants to help with" in told


def test_a_page_with_many_tags_asks_no_more_than_one_with_few(
    browser: Open, make: Builders, tree: Tree, anna: Member, counting: Counting
) -> None:
    client = browser()

    def asked() -> int:
        with counting() as said:
            get(client, f"/members/{anna.id}")
        return len(said)

    answered(make, tree, anna, "Baka")
    asked()
    few = asked()
    answered(make, tree, anna, *(f"Uppgift {number}" for number in range(20)))
    assert asked() <= few


def test_a_member_somebody_has_tagged_stays_when_the_list_they_came_with_is_undone(
    browser: Open, app: Framed, make: Builders, tree: Tree
) -> None:
    client = browser()
    list_of_two = "Medlemsnr;Förnamn;Efternamn\n0001;Anna;Berg\n0002;Bo;Ek\n"
    receipt = read_in(client, tree.falun, list_of_two)
    with app.app_context(), inside(tree.tenant_id):
        anna = db.session.scalars(select(Member).where(Member.number == "0001")).one()
    put_on(client, anna, "Kan köra")
    post(client, f"{receipt}/undo")
    with app.app_context(), inside(tree.tenant_id):
        assert db.session.scalars(select(Member.number)).all() == ["0001"]
