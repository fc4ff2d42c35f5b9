"""The whole way, in Swedish: a member list, a campaign, an evening on the telephone, the board's number."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Page
from sqlalchemy import func, select

from campaigns.cli import cli
from campaigns.queue.models import Target
from organiser.core.database import db
from organiser.core.tenancy import inside
from organiser.orgs.queries import tenant_called
from organiser.web.frame import Framed
from tests.chromium import COMPUTER, faults_seen_by, visit
from tests.journeys.organiser import EMAIL, PASSWORD, Organiser
from tests.journeys.volunteer import Volunteer

pytestmark = pytest.mark.browser
UNITS = """\
slug,name,kind,parent,code
partiet,Partiet,party,,
dalarna,Dalarna,district,partiet,20
dalarna-falun,Falun,association,dalarna,2080
dalarna-borlange,Borlänge,association,dalarna,2081
"""
HEADINGS = "Medl.nr;Förnamn;Efternamn;Mobil;E-post;Ort;Förening;Tröja"
FIRST = [
    "Åsa",
    "Örjan",
    "Bengt",
    "Siv",
    "Ali",
    "Märta",
    "Nils",
    "Ebba",
    "Per",
    "Inga",
    "Omar",
    "Lena",
    "Jens",
    "Vera",
    "Max",
]
LAST = ["Ängström", "Öberg"]


def member_list() -> bytes:
    """Thirty invented people as an old register writes them; one has no number, one an unknown place."""
    rows = [
        [
            f"{1000 + n}",
            FIRST[n % 15],
            LAST[n // 15],
            f"070-174{605 + n:04}",
            f"m{n}@example.net",
            "Falun",
            "Falun",
            "M",
        ]
        for n in range(30)
    ]
    for row in rows[20:]:
        row[5:7] = ["Borlänge", "Borlänge"]
    rows[3][3] = "ring på kvällen"
    rows[25][6] = "Atlantis"
    return "\r\n".join([HEADINGS, *(";".join(row) for row in rows), ""]).encode("cp1252")


@dataclass(frozen=True, slots=True)
class Board:
    """Somebody with thirty seconds."""

    page: Page
    site: str

    def sign_in(self) -> None:
        self.page.goto(self.site)
        self.page.get_by_label("E-post").fill("stina@example.org")
        self.page.get_by_label("Lösenord").fill(PASSWORD)
        self.page.get_by_role("button", name="Logga in").click()
        self.page.get_by_role("heading", level=1).wait_for()

    def reads(self) -> str:
        """The one sentence, on a page that names no member."""
        self.page.goto(f"{self.site}/district")
        assert faults_seen_by(self.page) == []
        text = self.page.locator("body").inner_text()
        assert [name for name in [*LAST, "070-174", "example.net"] if name in text] == []
        return self.page.get_by_role("heading", level=1).inner_text().replace("\N{NO-BREAK SPACE}", " ")


def installation(app: Framed, folder: Path) -> None:
    """Units and the first two people, as whoever looks after the computer makes them."""
    (folder / "units.csv").write_text(UNITS, encoding="utf-8")
    ringlista(app, "org", "load", str(folder / "units.csv"))
    for email, name, role in ((EMAIL, "Olle Ask", "organiser"), ("stina@example.org", "Stina Alm", "viewer")):
        words = ["account", "add", email, "--name", name, "--role", role, "--organisation", "dalarna"]
        ringlista(app, *words, "--password-stdin", said=PASSWORD)


def ringlista(app: Framed, *words: str, said: str = "") -> None:
    done = CliRunner().invoke(cli, words, obj=app, input=said)
    assert done.exit_code == 0, done.output


def on_lists(app: Framed) -> int:
    with app.app_context(), inside(db.session.scalars(tenant_called("partiet")).one().id):
        return db.session.scalar(select(func.count(Target.id))) or 0


def test_from_a_member_list_to_the_boards_number(
    app: Framed, site: str, browser: Browser, tmp_path: Path, evening: object
) -> None:
    installation(app, tmp_path)
    (tmp_path / "medlemmar.csv").write_bytes(member_list())
    with visit(browser, COMPUTER) as desk, visit(browser) as phone, visit(browser, COMPUTER) as board:
        olle = Organiser(desk.page, site)
        assert len(set(olle.sign_in_the_first_time())) == 10
        olle.send_list(tmp_path / "medlemmar.csv")
        olle.match("Tröja", "Ta inte med den")
        olle.read_in(30)
        olle.make_campaign()
        assert on_lists(app) == 29  # one stands in no association
        code = olle.start_evening("Falun")
        link = olle.make_link("Bo")

        stina = Board(board.page, site)
        stina.sign_in()
        assert stina.reads() == "0 av 30 medlemmar kontaktade (0 %)"

        bo = Volunteer(phone.page)
        bo.come_in(link, code)
        bo.rings_five()
        bo.stops()
        assert len(set(bo.rung)) == 5
        assert stina.reads() == "3 av 30 medlemmar kontaktade (10 %)"
