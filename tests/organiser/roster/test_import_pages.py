"""An organiser reads a list in, step by step; nothing is saved before the yes, and all can be undone."""

import io
import re
import time
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from organiser.accounts.permissions import Role
from organiser.core import clock
from organiser.core.database import db
from organiser.core.tenancy import inside
from organiser.members.kinds import BlockScope, Channel, NumberState, Source
from organiser.members.models import Block, Contact, Member, PhoneNumber
from organiser.roster.models import ImportBatch, ImportDraft
from organiser.web.frame import Framed
from tests.builders import Builders, Tree
from tests.organiser.members.conftest import Open, Sights
from tests.organiser.roster.handbook import DATA, SAMPLES, hostile, needs_the_handbook
from tests.page import csrf_token, fields, get, post, words

HEADINGS = "Medlemsnr;Förnamn;Efternamn;Mobil;E-post;Förening;Spärr telefon\n"
ANNA = "0001;Anna;Berg;070-1740605;anna@example.org;Falun;Nej\n"
BO = "0002;Bo;Ek;070-1740606;bo@example.org;Borlänge;Ja\n"
LATER = "0001;Anna;Lind;070-1740607;anna@example.org;Borlänge;Ja\n"


def send(
    client: FlaskClient, unit: Any, text: str | bytes, name: str = "lista.csv", status: int = 303
) -> str:
    """Send a file; gives the address of the step after, or what the page says where it is refused."""
    content = text if isinstance(text, bytes) else text.encode()
    key = fields(get(client, "/imports"))["key"]
    data = {"key": key, "organisation_id": str(unit), "file": (io.BytesIO(content), name)}
    answer = post(client, "/imports", data, status, content_type="multipart/form-data")
    return answer.headers["Location"] if status == 303 else words(answer)


def choices(page: TestResponse) -> dict[str, str]:
    """The choices of the columns page as it stands."""
    chosen = {}
    for name, inner in re.findall(
        r'<select class="input" id="(column-\d+)"(.*?)</select>', page.text, re.DOTALL
    ):
        found = re.search(r'<option value="([^"]*)" selected>', inner)
        chosen[name] = found[1] if found else ""
    return chosen


def to_preview(client: FlaskClient, columns: str, **other: str) -> str:
    """Take the columns as they are guessed (or as ``other`` says); gives the preview's address."""
    check = post(client, columns, {**choices(get(client, columns)), **other}).headers["Location"]
    get(client, check)
    return check.replace("/check", "/preview")


def read_in(client: FlaskClient, unit: Any, text: str) -> str:
    """The whole way; gives the receipt's address."""
    preview = to_preview(client, send(client, unit, text))
    return post(client, preview, fields(get(client, preview))).headers["Location"]


def everybody(app: Framed, tree: Tree) -> dict[str, tuple[Any, ...]]:
    """Number to name, association, telephone numbers and standing blocks."""
    with app.app_context(), inside(tree.tenant_id):
        return {
            member.number or "": (
                member.name,
                member.organisation_id,
                sorted(number.e164 for number in member.numbers),
                sorted(block.scope for block in member.blocks if block.is_standing),
            )
            for member in db.session.scalars(select(Member))
        }


def rows_of(app: Framed, tree: Tree, model: Any) -> int:
    with app.app_context(), inside(tree.tenant_id):
        return db.session.scalar(select(func.count()).select_from(select(model).subquery())) or 0


def test_a_list_comes_in_step_by_step_and_nothing_is_saved_before_the_yes(
    app: Framed, tree: Tree, browser: Open
) -> None:
    client = browser()
    columns = send(client, tree.district, HEADINGS + ANNA + BO)
    page = get(client, columns)
    assert "anna@example.org" in words(page)
    assert choices(page)["column-3"] == "mobile"
    preview = to_preview(client, columns)
    shown = get(client, preview)
    assert "Nothing is saved yet. 2 people are added or changed" in words(shown)
    assert "Read in 2 members" in words(shown)
    assert "Not read in" not in words(shown)
    assert rows_of(app, tree, Member) == 0
    receipt = post(client, preview, fields(shown)).headers["Location"]
    assert "2 members were read in" in words(get(client, receipt))
    assert everybody(app, tree)["0002"] == ("Bo Ek", tree.borlange, ["+46701740606"], [BlockScope.CALLS])
    assert rows_of(app, tree, ImportDraft) == 0
    assert "lista.csv" in words(get(client, "/imports"))


def test_saying_yes_twice_reads_in_once(app: Framed, tree: Tree, browser: Open) -> None:
    client = browser()
    preview = to_preview(client, send(client, tree.district, HEADINGS + ANNA))
    form = fields(get(client, preview))
    first, second = (post(client, preview, form).headers["Location"] for _ in range(2))
    assert first == second
    assert (rows_of(app, tree, ImportBatch), rows_of(app, tree, Member)) == (1, 1)


def test_the_file_sent_twice_is_kept_once(app: Framed, tree: Tree, browser: Open) -> None:
    client = browser()
    key = fields(get(client, "/imports"))["key"]
    for _ in range(2):
        file = (io.BytesIO((HEADINGS + ANNA).encode()), "lista.csv")
        data = {"key": key, "organisation_id": str(tree.district), "file": file}
        post(client, "/imports", data, content_type="multipart/form-data")
    assert rows_of(app, tree, ImportDraft) == 1


def test_the_preview_shows_each_change_from_what_to_what(tree: Tree, browser: Open) -> None:
    client = browser()
    read_in(client, tree.district, HEADINGS + ANNA)
    preview = to_preview(client, send(client, tree.district, HEADINGS + LATER))
    said = words(get(client, preview))
    assert "Last name was Berg → becomes Lind" in said
    assert "Mobile" not in said
    assert "Telephone was 070-174 06 05 → becomes 070-174 06 07" in said
    assert "Association was Falun → becomes Borlänge" in said
    assert "May not be rung was no → becomes yes" in said


def test_a_register_that_changed_meanwhile_is_shown_once_more(
    app: Framed, make: Builders, tree: Tree, browser: Open
) -> None:
    client = browser()
    preview = to_preview(client, send(client, tree.district, HEADINGS + ANNA))
    form = fields(get(client, preview))
    make.member(tree.tenant_id, tree.falun, number="0001", first_name="Anna", last_name="Bergh")
    again = post(client, preview, form, 409)
    assert "The register has changed since you looked" in words(again)
    assert everybody(app, tree)["0001"][0] == "Anna Bergh"
    post(client, preview, fields(again))
    assert everybody(app, tree)["0001"][0] == "Anna Berg"


def test_new_and_changed_together_are_called_changes(tree: Tree, browser: Open) -> None:
    client = browser()
    read_in(client, tree.district, HEADINGS + ANNA)
    preview = to_preview(client, send(client, tree.district, HEADINGS + LATER + BO))
    assert "Read in 2 changes" in words(get(client, preview))


def test_who_comes_to_no_association_yet_is_said_to(tree: Tree, browser: Open) -> None:
    client = browser()
    nowhere = ANNA.replace("Falun", "Atlantis")
    said = words(get(client, to_preview(client, send(client, tree.district, HEADINGS + nowhere))))
    assert "No association yet" in said


def test_who_is_not_in_the_file_is_shown_and_stays(
    app: Framed, make: Builders, tree: Tree, browser: Open
) -> None:
    client = browser()
    make.member(tree.tenant_id, tree.falun, number="0009", first_name="Ulla", last_name="Ros")
    preview = to_preview(client, send(client, tree.district, HEADINGS + ANNA))
    page = get(client, f"{preview}?show=absent")
    said = words(page)
    assert "Ulla Ros" in said
    assert said.index("1 member of the register is not in the file") < said.index("Read in 1 member")
    post(client, preview, fields(page))
    assert "0009" in everybody(app, tree)


def test_a_column_may_be_read_as_something_else_or_left_out_and_it_is_remembered(
    app: Framed, tree: Tree, browser: Open
) -> None:
    client = browser()
    text = "Medlemsnr;Namn;Konstigt;Skostorlek\n0001;Anna Berg;070-1740605;38\n"
    columns = send(client, tree.district, text)
    said = {"column-2": "home_phone", "column-3": "leave_out"}
    preview = to_preview(client, columns, **said)
    post(client, preview, fields(get(client, preview)))
    with app.app_context(), inside(tree.tenant_id):
        anna = db.session.scalars(select(Member)).one()
        assert ([number.kind for number in anna.numbers], anna.extra) == (["home"], {})
    next_time = get(client, send(client, tree.district, text))
    assert {name: choices(next_time)[name] for name in said} == said
    assert "as they were when a list like this was read in" in words(next_time)


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ({"column-1": "last_name", "column-2": "last_name"}, "Two columns are read as this"),
        ({f"column-{n}": "keep" for n in range(7)}, "No column tells who a member is"),
    ],
)
def test_choices_that_cannot_be_are_told(
    tree: Tree, browser: Open, chosen: dict[str, str], sentence: str
) -> None:
    client = browser()
    columns = send(client, tree.district, HEADINGS + ANNA)
    answer = post(client, columns, {**choices(get(client, columns)), **chosen}, 422)
    assert sentence in words(answer)


def test_another_encoding_is_one_choice_away(tree: Tree, browser: Open) -> None:
    client = browser()
    spoilt = (HEADINGS + "0001;Åsa;Öberg;070-1740605;;Borlänge;Nej\n").encode("cp850")
    columns = send(client, tree.district, spoilt)
    post(client, columns.replace("/columns", "/reading"), {"encoding": "cp1252", "sheet": ""})
    assert "Åsa" not in words(get(client, columns))
    post(client, columns.replace("/columns", "/reading"), {"encoding": "cp850", "sheet": ""})
    assert "Åsa" in words(get(client, columns))


def test_problems_are_gathered_and_rows_that_are_no_people_told(tree: Tree, browser: Open) -> None:
    client = browser()
    bad = "".join(f"00{n};Anna;Berg {n};12;;Falun;Nej\n" for n in range(10, 40))
    columns = send(client, tree.district, f"Medlemmar i Dalarna\n\n{HEADINGS}{bad}")
    said = words(get(client, columns.replace("/columns", "/check")))
    assert "The list has 30 rows. 30 are read in" in said
    assert "30 Telephone numbers that are too short" in said
    assert "Rows 4, 5, 6" in said
    assert "and 10 more" in said
    assert "titles above the list Row 1" in said


def test_undo_puts_back_what_the_list_changed(app: Framed, tree: Tree, browser: Open) -> None:
    client = browser()
    read_in(client, tree.district, HEADINGS + ANNA)
    before = everybody(app, tree)
    receipt = read_in(client, tree.district, HEADINGS + LATER + BO)
    assert everybody(app, tree) != before
    post(client, f"{receipt}/undo")
    assert everybody(app, tree) == before
    said = words(get(client, receipt))
    assert "1 member got back what the list had changed. 1 new member was removed." in said
    post(client, f"{receipt}/undo")
    assert everybody(app, tree) == before


def test_undo_leaves_what_somebody_changed_since_and_says_so(app: Framed, tree: Tree, browser: Open) -> None:
    client = browser()
    read_in(client, tree.district, HEADINGS + ANNA)
    receipt = read_in(client, tree.district, HEADINGS + LATER)
    with app.app_context(), inside(tree.tenant_id):
        anna = db.session.scalars(select(Member)).one()
        anna.last_name, anna.numbers[0].state = "Rask", NumberState.WORKS
        db.session.commit()
    post(client, f"{receipt}/undo")
    assert everybody(app, tree)["0001"] == (
        "Anna Rask",
        tree.falun,
        ["+46701740605", "+46701740607"],
        [],
    )
    assert "Anna Rask Last name Telephone" in re.sub(r"\W+", " ", words(get(client, receipt)))


def test_undo_keeps_a_member_somebody_has_met_and_a_block_a_person_set(
    app: Framed, tree: Tree, browser: Open
) -> None:
    client = browser()
    receipt = read_in(client, tree.district, HEADINGS + ANNA + BO)
    with app.app_context(), inside(tree.tenant_id):
        met = db.session.scalars(select(Member).where(Member.number == "0001")).one()
        db.session.add(Contact(member_id=met.id, channel=Channel.VISIT, on=clock.now().date()))
        db.session.commit()
    post(client, f"{receipt}/undo")
    assert list(everybody(app, tree)) == ["0001"]
    assert "Anna Berg" in words(get(client, receipt))


def test_a_lifted_block_stands_again_after_an_undo(app: Framed, tree: Tree, browser: Open) -> None:
    client = browser()
    read_in(client, tree.district, HEADINGS + BO)
    receipt = read_in(client, tree.district, HEADINGS + BO.replace("Ja", "Nej"))
    assert everybody(app, tree)["0002"][3] == []
    post(client, f"{receipt}/undo")
    assert everybody(app, tree)["0002"][3] == [BlockScope.CALLS]
    with app.app_context(), inside(tree.tenant_id):
        assert db.session.scalars(select(Block)).one().source is Source.FILE


def test_after_thirty_days_it_is_too_late(app: Framed, tree: Tree, browser: Open) -> None:
    client = browser()
    receipt = read_in(client, tree.district, HEADINGS + ANNA)
    with app.app_context(), inside(tree.tenant_id):
        batch = db.session.scalars(select(ImportBatch)).one()
        batch.created_at -= timedelta(days=31)
        db.session.commit()
    assert "Undo the import" not in words(get(client, receipt))
    post(client, f"{receipt}/undo")
    assert "too long ago" in words(get(client, receipt))
    assert rows_of(app, tree, PhoneNumber) == 1


def test_every_page_that_shows_a_member_writes_it_down(
    app: Framed, make: Builders, tree: Tree, browser: Open, sights: Sights
) -> None:
    client = browser()
    anna = make.member(tree.tenant_id, tree.falun, number="0001", first_name="Anna", last_name="Berg")
    columns = send(client, tree.district, HEADINGS + LATER)
    get(client, columns)
    assert sights() == {(anna.id, "import")}
    preview = to_preview(client, columns)
    with app.app_context(), inside(tree.tenant_id):
        seen = rows_of(app, tree, Member)
    receipt = post(client, preview, fields(get(client, preview))).headers["Location"]
    get(client, receipt)
    assert (seen, sights()) == (1, {(anna.id, "import")})


def test_of_a_protected_member_an_organiser_reads_only_that_something_changed(
    make: Builders, tree: Tree, browser: Open
) -> None:
    make.member(
        tree.tenant_id, tree.falun, number="0001", first_name="Anna", last_name="Berg", protected=True,
        email="hemlig@example.org",
    )  # fmt: skip
    for role, secret in ((Role.ORGANISER, False), (Role.ADMINISTRATOR, True)):
        client = browser(role)
        preview = to_preview(client, send(client, tree.district, HEADINGS + LATER))
        said = words(get(client, preview))
        assert ("hemlig@example.org" in said) is secret
        assert ("hidden: protected identity" in said) is not secret


def test_one_association_s_organiser_reads_in_for_no_other(
    app: Framed, make: Builders, tree: Tree, browser: Open
) -> None:
    make.member(tree.tenant_id, tree.borlange, number="0002", first_name="Ulla", last_name="Ros")
    client = browser(Role.ORGANISER, tree.falun)
    assert "Borlänge" not in words(get(client, "/imports"))
    send(client, tree.borlange, HEADINGS + ANNA, status=422)
    read_in(client, tree.falun, HEADINGS + ANNA + BO)
    assert everybody(app, tree)["0002"][0] == "Ulla Ros"
    assert everybody(app, tree)["0001"][1] == tree.falun


def test_a_draft_and_a_receipt_are_not_for_others(tree: Tree, browser: Open) -> None:
    client, sister = browser(), browser(Role.ORGANISER, tree.sister_district)
    columns = send(client, tree.district, HEADINGS + ANNA)
    colleague = browser()
    for other in (sister, colleague):
        for step in ("columns", "check", "preview"):
            get(other, columns.replace("columns", step), 404)
    receipt = read_in(client, tree.district, HEADINGS + ANNA)
    get(colleague, receipt)
    get(sister, receipt, 404)
    post(sister, f"{receipt}/undo", status=404)


def test_a_file_may_be_forgotten(app: Framed, tree: Tree, browser: Open) -> None:
    client = browser()
    columns = send(client, tree.district, HEADINGS + ANNA)
    post(client, columns.replace("columns", "discard"))
    assert rows_of(app, tree, ImportDraft) == 0
    get(client, columns, 404)


def test_a_file_nobody_confirms_is_forgotten_after_a_week_whatever_anybody_does(
    app: Framed, tree: Tree, browser: Open
) -> None:
    client = browser()
    columns = send(client, tree.district, HEADINGS + ANNA)
    send(client, tree.district, HEADINGS + BO)
    with app.app_context(), inside(tree.tenant_id):
        draft = db.session.scalars(select(ImportDraft).order_by(ImportDraft.created_at)).first()
        assert draft is not None
        draft.expires_at = clock.now() - timedelta(seconds=1)
        db.session.commit()
    get(client, columns, 404)
    app.extensions.pop("drafts_swept_at", None)
    send(browser(Role.ORGANISER, tree.sundsvall), tree.sundsvall, HEADINGS + BO)
    assert rows_of(app, tree, ImportDraft) == 2


@needs_the_handbook
def test_a_district_s_list_is_previewed_within_two_seconds(tree: Tree, browser: Open) -> None:
    client = browser()
    columns = send(client, tree.district, (SAMPLES / "dalarna_2024.csv").read_bytes())
    began = time.process_time()
    get(client, columns.replace("columns", "preview"))
    assert time.process_time() - began < 2


@needs_the_handbook
def test_a_hostile_file_ends_in_words_or_in_a_preview(app: Framed, tree: Tree, browser: Open) -> None:
    client = browser()
    for entry in hostile():
        file, expected = entry["file"], entry["expect"]["outcome"]
        kept = rows_of(app, tree, ImportDraft)
        answer = send_anything(client, tree, file)
        assert answer.status_code in {303, 422}, file
        if answer.status_code == 422:
            assert expected != "accept", file
            assert rows_of(app, tree, ImportDraft) == kept, file
            continue
        assert expected != "reject", file
        for step in ("columns", "check", "preview"):
            get(client, answer.headers["Location"].replace("columns", step))
    assert rows_of(app, tree, Member) == 0


def send_anything(client: FlaskClient, tree: Tree, name: str) -> TestResponse:
    file = (io.BytesIO((DATA / "hostile" / name).read_bytes()), name)
    data = {"csrf_token": csrf_token(client), "organisation_id": str(tree.district), "file": file}
    return client.post("/imports", data=data, content_type="multipart/form-data")
