"""The list: found, narrowed, leafed through, and never more shown than may be."""

from datetime import date

import pytest

from organiser.accounts.permissions import Role
from organiser.core.database import db
from organiser.members.kinds import BlockScope, MemberStatus, NumberState, Source
from organiser.members.models import Block, PhoneNumber
from tests.builders import NOON, Builders, Tree
from tests.organiser.members.conftest import Counting, Open, Sights
from tests.page import get, links, words


def test_the_list_is_in_swedish_order_and_every_row_is_logged(
    browser: Open, make: Builders, tree: Tree, sights: Sights
) -> None:
    made = [make.member(tree.tenant_id, tree.falun, last_name=last) for last in ("Ånge", "Zetter", "Ek")]
    make.member(tree.tenant_id, tree.sundsvall, last_name="Annat")
    page = get(browser(), "/members")
    shown = words(page)
    assert shown.index("Åsa Ek") < shown.index("Åsa Zetter") < shown.index("Åsa Ånge")
    assert "3 members" in shown
    assert "Annat" not in shown
    assert sights() == {(member.id, "list") for member in made}


@pytest.mark.parametrize("typed", ["ange", "ånge", "Ånge", "åsa ange"])
def test_ange_finds_ange(browser: Open, make: Builders, tree: Tree, typed: str, sights: Sights) -> None:
    found = make.member(tree.tenant_id, tree.falun, last_name="Ånge")
    make.member(tree.tenant_id, tree.falun, last_name="Ek")
    shown = words(get(browser(), "/members", query_string={"q": typed}))
    assert "1 member" in shown
    assert "Åsa Ek" not in shown
    assert sights() == {(found.id, "list")}


def test_the_chips_narrow_the_list(browser: Open, make: Builders, tree: Tree) -> None:
    falun = tree.falun
    make.member(tree.tenant_id, falun, first_name="Nåbar")
    blocked = make.member(tree.tenant_id, falun, first_name="Spärrad")
    wrong = make.member(tree.tenant_id, falun, first_name="Felnummer", phone=None)
    make.member(tree.tenant_id, falun, first_name="Gick", status=MemberStatus.LEFT)
    make.member(tree.tenant_id, falun, first_name="Obetald", status=MemberStatus.UNPAID)
    make.member(tree.tenant_id, falun, first_name="Barnet", birth_date=date(2020, 1, 1))
    with make.storing(tree.tenant_id):
        db.session.add(Block(member_id=blocked.id, scope=BlockScope.CALLS, source=Source.PERSON, set_at=NOON))
        db.session.add(PhoneNumber(member_id=wrong.id, e164="+46701740699", state=NumberState.WRONG))
    everybody = {"Nåbar", "Spärrad", "Felnummer", "Gick", "Obetald", "Barnet"}
    client = browser()

    def shown(chip: str) -> set[str]:
        text = words(get(client, "/members", query_string={"show": chip}))
        return {name for name in everybody if name in text}

    assert shown("") == shown("nonsense") == everybody
    assert shown("callable") == {"Nåbar", "Obetald"}
    assert shown("blocked") == {"Spärrad"}
    assert shown("without_number") == {"Felnummer"}
    assert shown("unpaid") == {"Obetald"}
    assert shown("over") == {"Gick"}


def test_a_unit_is_chosen_among_ones_own(browser: Open, make: Builders, tree: Tree) -> None:
    make.member(tree.tenant_id, tree.falun, first_name="Falubo")
    make.member(tree.tenant_id, tree.borlange, first_name="Borlbo")
    make.member(tree.tenant_id, tree.sundsvall, first_name="Sundbo")
    client = browser()
    page = get(client, "/members", query_string={"unit": tree.falun})
    assert "Falubo" in words(page)
    assert "Borlbo" not in words(page)
    assert "Sundsvall" not in words(page)
    elsewhere = get(client, "/members", query_string={"unit": tree.sundsvall})
    assert "Sundbo" not in words(elsewhere)


def test_a_long_list_has_pages_that_keep_the_search(browser: Open, make: Builders, tree: Tree) -> None:
    for number in range(52):
        make.member(tree.tenant_id, tree.falun, last_name=f"Ek{number:02}")
    client = browser()
    first = get(client, "/members", query_string={"q": "ek"})
    assert "52 members" in words(first)
    onward = next(link for link in links(first) if "page=2" in link)
    second = words(get(client, onward))
    assert "Ek51" in second
    assert "Ek49" not in second
    assert "51–52 of 52" in second


def test_an_empty_register_names_the_next_step_and_an_empty_search_the_way_back(
    browser: Open, make: Builders, tree: Tree
) -> None:
    client = browser()
    assert "Nobody is here yet" in words(get(client, "/members"))
    nobody = get(client, "/members?q=finnsinte")
    assert "Nobody found" in words(nobody)
    assert "/members" in links(nobody)


def test_the_found_part_alone_is_sent_to_a_page_that_has_the_rest(
    browser: Open, make: Builders, tree: Tree, sights: Sights
) -> None:
    member = make.member(tree.tenant_id, tree.falun)
    part = get(browser(), "/members?q=asa", headers={"HX-Request": "true"})
    assert "<html" not in part.text
    assert "Åsa Öberg" in words(part)
    assert sights() == {(member.id, "list")}


def test_a_protected_member_is_named_but_not_placed(browser: Open, make: Builders, tree: Tree) -> None:
    make.member(tree.tenant_id, tree.falun, protected=True, phone="+46701740690")
    shown = words(get(browser(), "/members"))
    assert "Åsa Öberg" in shown
    assert "Protected identity" in shown
    assert "070-174 06 90" not in shown
    assert "Nobody found" in words(get(browser(), "/members?q=0701740690"))
    administrator = words(get(browser(Role.ADMINISTRATOR), "/members?q=0701740690"))
    assert "070-174 06 90" in administrator


@pytest.mark.parametrize("role", [Role.VIEWER, Role.CALLER])
def test_who_may_not_see_members_gets_no_list(browser: Open, make: Builders, tree: Tree, role: Role) -> None:
    member = make.member(tree.tenant_id, tree.falun)
    client = browser(role)
    for url in ("/members", f"/members/{member.id}", f"/members/{member.id}/edit", "/members/new"):
        refused = get(client, url, 403)
        assert "Öberg" not in refused.text


def test_a_list_of_fifty_asks_no_more_than_a_list_of_two(
    browser: Open, make: Builders, tree: Tree, counting: Counting
) -> None:
    client = browser()

    def asked() -> int:
        with counting() as said:
            get(client, "/members?q=a")
        return len(said)

    for _ in range(2):
        make.member(tree.tenant_id, tree.falun, protected=True)
    few = asked()
    for number in range(48):
        make.member(tree.tenant_id, tree.borlange, protected=bool(number % 2))
    assert asked() == few
    assert few <= 18
