"""Lists read in and taken back are told of exactly the members they touched, by page and by command."""

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest
from click.testing import Result
from sqlalchemy import select

from organiser.core.database import db
from organiser.core.tenancy import inside
from organiser.members.models import Member
from organiser.web.frame import Framed
from tests.builders import Builders, Tree
from tests.organiser.members.conftest import Open
from tests.organiser.members.listening import Heard, hearing
from tests.organiser.roster.test_import_pages import read_in
from tests.page import get, post

HEADINGS = "Medlemsnr;Förnamn;Efternamn;Mobil;E-post;Förening;Spärr telefon\n"
ANNA = "0001;Anna;Berg;070-1740605;anna@example.org;Falun;Nej\n"
BO = "0002;Bo;Ek;070-1740606;bo@example.org;Borlänge;Ja\n"
CILLA = "0003;Cilla;Ros;070-1740607;cilla@example.org;Falun;Nej\n"
MOVED = "0001;Anna;Berg;070-1740605;anna@example.org;Borlänge;Nej\n"
NEW_NUMBER = "0002;Bo;Ek;070-1740608;bo@example.org;Borlänge;Ja\n"
UNBLOCKED = "0002;Bo;Ek;070-1740606;bo@example.org;Borlänge;Nej\n"


@pytest.fixture
def heard(app: Framed) -> Iterator[Heard]:
    with hearing(app) as heard:
        yield heard


@pytest.fixture
def told(app: Framed, tree: Tree, heard: Heard) -> Callable[[], list[list[str]]]:
    """The member numbers of each time something was told, since one last asked; gone members as "gone"."""

    def since() -> list[list[str]]:
        with app.app_context(), inside(tree.tenant_id):
            numbers: dict[UUID, str | None] = {
                member.id: member.number for member in db.session.scalars(select(Member))
            }
        said = [sorted(numbers.get(id) or "gone" for id in ids) for _tenant, ids in heard]
        assert {tenant for tenant, _ids in heard} <= {tree.tenant_id}
        heard.clear()
        return said

    return since


Told = Callable[[], list[list[str]]]


def test_new_members_are_told(browser: Open, tree: Tree, told: Told) -> None:
    read_in(browser(), tree.district, HEADINGS + ANNA + BO)
    assert told() == [["0001", "0002"]]


@pytest.mark.parametrize(
    ("line", "number"),
    [(MOVED, "0001"), (NEW_NUMBER, "0002"), (UNBLOCKED, "0002")],
    ids=["move", "number", "block"],
)
def test_only_those_a_list_changes_are_told_and_again_when_it_is_undone(
    browser: Open, tree: Tree, told: Told, line: str, number: str
) -> None:
    client = browser()
    read_in(client, tree.district, HEADINGS + ANNA + BO + CILLA)
    told()
    rest = [row for row in (ANNA, BO, CILLA) if not row.startswith(number)]
    receipt = read_in(client, tree.district, HEADINGS + line + "".join(rest))
    assert told() == [[number]]
    for _tap in range(2):
        post(client, f"{receipt}/undo")
    assert told() == [[number]]


def test_members_who_go_with_an_undone_list_are_told(browser: Open, tree: Tree, told: Told) -> None:
    client = browser()
    receipt = read_in(client, tree.district, HEADINGS + ANNA + BO)
    told()
    post(client, f"{receipt}/undo")
    assert told() == [["gone", "gone"]]


def test_the_command_tells_once_though_it_left_the_tenant_before_the_commit(
    ringlista: Callable[..., Result], tree: Tree, told: Told, tmp_path: Path
) -> None:
    file = tmp_path / "lista.csv"
    file.write_text(HEADINGS + ANNA + BO, encoding="utf-8")
    words = ("import", file, "--organisation", "dalarna", "--tenant", "partiet")
    assert ringlista(*words, "--dry-run").exit_code == 0
    assert told() == []
    assert ringlista(*words).exit_code == 0
    assert told() == [["0001", "0002"]]
    assert ringlista(*words).exit_code == 0
    assert told() == []


def test_two_requests_after_each_other_are_told_apart_and_reading_tells_nothing(
    browser: Open, make: Builders, tree: Tree, heard: Heard
) -> None:
    anna, bo = (make.member(tree.tenant_id, tree.falun) for _ in range(2))
    client = browser()
    heard.clear()
    for member in (anna, bo):
        get(client, f"/members/{member.id}")
        post(client, f"/members/{member.id}/blocks", {"scope": "calls", "reason": "said so"})
        get(client, f"/members/{member.id}")
    assert heard == [(tree.tenant_id, [anna.id]), (tree.tenant_id, [bo.id])]


def test_a_page_that_refuses_tells_nothing(browser: Open, make: Builders, tree: Tree, heard: Heard) -> None:
    anna = make.member(tree.tenant_id, tree.falun)
    client = browser()
    heard.clear()
    post(client, f"/members/{anna.id}/blocks", {"scope": "calls", "reason": ""}, 422)
    assert heard == []
