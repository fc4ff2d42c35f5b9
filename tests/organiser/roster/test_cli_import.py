"""``ringlista import`` reads a list in from the command line, all of it or nothing."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from organiser.core.database import Model, db
from organiser.core.tenancy import inside
from organiser.members.kinds import BlockScope, Source
from organiser.members.models import Block, Member, PhoneNumber
from organiser.roster.models import ImportBatch, ImportChange
from organiser.web.frame import Framed
from tests.builders import Builders, Tree
from tests.organiser.roster.handbook import DATA, SAMPLES, Ringlista, hostile, needs_the_handbook, told

COUNTS = ("rows", "created", "updated", "unchanged", "refused", "duplicates", "moved", "absent")
KEYS = ["batch", "encoding", "delimiter", "header_line", "columns", *COUNTS]
KEYS += ["phones_valid", "skipped", "problems"]
LIST = "Medlemsnr;Förnamn;Efternamn;Mobil;Förening;Medlemskort\n"
ANNA = "0001;Anna;Berg;070-1740605;Falun;A7\n"


@pytest.fixture
def party(ringlista: Ringlista) -> None:
    result = ringlista("org", "load", SAMPLES / "organisations.csv")
    assert result.exit_code == 0, result.stderr


def read_in(ringlista: Ringlista, file: Path, unit: str = "dalarna", *more: str) -> dict[str, Any]:
    return told(ringlista("import", file, "--organisation", unit, "--json", *more))


def numbers(answer: dict[str, Any]) -> tuple[int, ...]:
    return tuple(answer[name] for name in COUNTS)


def everything(app: Framed) -> dict[str, int]:
    """How many rows each table of the tenants holds."""
    with app.app_context():
        return {
            mapper.class_.__tablename__: db.session.scalar(
                select(func.count()).select_from(mapper.class_).execution_options(every_tenant=True)
            )
            or 0
            for mapper in Model.registry.mappers
        }


@needs_the_handbook
@pytest.mark.usefixtures("party")
def test_two_districts_come_in_with_the_counts_that_are_known(ringlista: Ringlista) -> None:
    first = read_in(ringlista, SAMPLES / "dalarna_2024.csv")
    assert list(first) == KEYS
    assert numbers(first) == (1213, 1208, 0, 0, 0, 5, 0, 0)
    assert 1129 <= first["phones_valid"] <= 1132
    assert (first["encoding"], first["delimiter"], first["header_line"]) == ("cp1252", ";", 1)

    second = read_in(ringlista, SAMPLES / "dalarna_2024_q2.csv")
    assert numbers(second) == (1228, 57, 378, 793, 0, 0, 18, 37)
    assert 1163 <= second["phones_valid"] <= 1166

    again = read_in(ringlista, SAMPLES / "dalarna_2024_q2.csv")
    assert numbers(again) == (1228, 0, 0, 1228, 0, 0, 0, 37)

    workbook = read_in(ringlista, SAMPLES / "vasternorrland_2024.xlsx", "vasternorrland")
    assert numbers(workbook) == (703, 703, 0, 0, 0, 0, 0, 0)
    assert (workbook["phones_valid"], workbook["encoding"], workbook["delimiter"]) == (671, None, None)


@needs_the_handbook
@pytest.mark.usefixtures("party")
def test_a_dry_run_says_the_same_and_writes_nothing(app: Framed, ringlista: Ringlista) -> None:
    before = everything(app)
    looked = read_in(ringlista, SAMPLES / "dalarna_2024.csv", "dalarna", "--dry-run")
    assert everything(app) == before
    done = read_in(ringlista, SAMPLES / "dalarna_2024.csv")
    assert looked == {**done, "batch": None}


@needs_the_handbook
@pytest.mark.usefixtures("party")
def test_the_bad_phones_of_a_district_are_told_by_line(ringlista: Ringlista) -> None:
    answer = read_in(ringlista, SAMPLES / "dalarna_2024.csv", "dalarna", "--dry-run")
    phones = [one["line"] for one in answer["problems"] if one["column"] == "Mobiltelefon"]
    assert phones == [112, 339, 443, 497, 584, 624, 743, 803, 821, 1028]


@needs_the_handbook
@pytest.mark.usefixtures("party")
@pytest.mark.parametrize("entry", hostile(), ids=lambda entry: entry["file"])
def test_a_hostile_file_comes_out_as_its_manifest_says(
    app: Framed, ringlista: Ringlista, entry: dict[str, Any]
) -> None:
    expect, before = entry["expect"], everything(app)
    file = DATA / "hostile" / entry["file"]
    result = ringlista("import", file, "--organisation", "dalarna", "--json")
    assert result.exit_code in {0, 2}, result.output
    if result.exit_code == 2:
        assert expect["outcome"] != "accept"
        assert (result.stdout, len(result.stderr.splitlines())) == ("", 1)
        assert everything(app) == before
        return
    assert expect["outcome"] != "reject"
    answer = told(result)
    taken = ("created", "updated", "unchanged", "refused", "duplicates")
    assert answer["rows"] == sum(answer[name] for name in taken)
    assert answer["rows"] == expect.get("rows", answer["rows"])
    lines = {one["line"] for one in answer["problems"]}
    assert len(lines) >= expect.get("warn_rows_min", expect.get("warn_rows", 0))


@pytest.fixture
def listed(tmp_path: Path, tree: Tree) -> Path:
    assert tree
    file = tmp_path / "lista.csv"
    file.write_text(LIST + ANNA, encoding="utf-8")
    return file


def member(app: Framed, tree: Tree) -> Member:
    with app.app_context(), inside(tree.tenant_id):
        found = db.session.scalars(select(Member)).one()
        assert [number.e164 for number in found.numbers] == ["+46701740605"]
        return found


def test_somebody_new_can_be_found_and_rung(
    app: Framed, ringlista: Ringlista, tree: Tree, listed: Path
) -> None:
    answer = read_in(ringlista, listed)
    anna = member(app, tree)
    assert (anna.name, anna.organisation_id, anna.search_key) == ("Anna Berg", tree.falun, "anna berg")
    assert (anna.sort_key, anna.extra) == ("berg anna", {"Medlemskort": "A7"})
    assert answer["columns"]["Medlemskort"] is None
    with app.app_context(), inside(tree.tenant_id):
        batch = db.session.scalars(select(ImportBatch)).one()
        assert (str(batch.id), batch.counts["created"]) == (answer["batch"], 1)
        assert db.session.scalars(select(ImportChange)).one().member_id == anna.id


def test_a_column_is_left_out_on_request(app: Framed, ringlista: Ringlista, tree: Tree, listed: Path) -> None:
    read_in(ringlista, listed, "dalarna", "--leave-out", "medlemskort")
    assert member(app, tree).extra == {}


def test_a_block_is_set_and_lifted_by_a_file_but_never_one_that_a_person_set(
    app: Framed, ringlista: Ringlista, make: Builders, tree: Tree, tmp_path: Path
) -> None:
    person = make.member(
        tree.tenant_id, tree.falun, number="0002", first_name="Bo", last_name="Ek", phone=None
    )
    with make.storing(tree.tenant_id):
        block = {"scope": BlockScope.CALLS, "source": Source.PERSON, "set_at": person.created_at}
        db.session.add(Block(member_id=person.id, **block))
    file = tmp_path / "lista.csv"
    standing: list[int] = []
    for answer in ("Ja", "Nej"):
        rows = f"0001;Anna;Berg;{answer}\n0002;Bo;Ek;{answer}\n"
        file.write_text(f"Medlemsnr;Förnamn;Efternamn;Spärr telefon\n{rows}", encoding="utf-8")
        told_of = read_in(ringlista, file)["problems"]
        with app.app_context(), inside(tree.tenant_id):
            blocks = db.session.scalars(select(Block).where(Block.lifted_at.is_(None))).all()
            standing.append(len(blocks))
    assert standing == [2, 1]
    assert [one["kind"] for one in told_of] == ["block_kept"]


def test_a_new_number_stands_where_the_old_one_stood(
    app: Framed, ringlista: Ringlista, tree: Tree, tmp_path: Path
) -> None:
    file = tmp_path / "lista.csv"
    for mobile in ("070-1740605", "070-1740606"):
        row = f"0001;Anna;Berg;{mobile};08-46500400\n"
        file.write_text(f"Medlemsnr;Förnamn;Efternamn;Mobil;Telefon hem\n{row}", encoding="utf-8")
        read_in(ringlista, file)
    with app.app_context(), inside(tree.tenant_id):
        numbers = db.session.scalars(select(PhoneNumber).order_by(PhoneNumber.position)).all()
        assert [number.e164 for number in numbers] == ["+46701740606", "+46846500400"]


def test_a_list_for_one_association_touches_no_other(
    app: Framed, ringlista: Ringlista, make: Builders, tree: Tree, listed: Path
) -> None:
    other = make.member(tree.tenant_id, tree.borlange, number="0001", first_name="Ulla", last_name="Ros")
    answer = read_in(ringlista, listed, "dalarna-falun")
    assert (answer["refused"], answer["absent"]) == (1, 0)
    assert [one["kind"] for one in answer["problems"]] == ["number_elsewhere"]
    with app.app_context(), inside(tree.tenant_id):
        assert db.session.scalars(select(Member.first_name)).all() == [other.first_name]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--organisation", "nowhere"), "There is no organisation called nowhere."),
        (
            ("--organisation", "dalarna", "--leave-out", "Skostorlek"),
            "The file has no column called Skostorlek.",
        ),
    ],
)
@pytest.mark.usefixtures("tree")
def test_what_cannot_be_done_is_one_sentence(
    ringlista: Ringlista, listed: Path, words: tuple[str, ...], sentence: str
) -> None:
    result = ringlista("import", listed, *words)
    assert (result.exit_code, result.stderr) == (2, f"Error: {sentence}\n")


@pytest.mark.usefixtures("tree")
def test_a_file_that_is_not_there_or_no_file_is_one_sentence(ringlista: Ringlista, tmp_path: Path) -> None:
    for place in (tmp_path / "no.csv", tmp_path):
        result = ringlista("import", place, "--organisation", "dalarna")
        assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)


@needs_the_handbook
def test_an_import_that_is_killed_leaves_nothing_half(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "from campaigns.cli import main; main()"]
    surroundings = {**os.environ, "RINGLISTA_DATA_DIR": str(tmp_path)}
    subprocess.run(
        [*command, "org", "load", str(SAMPLES / "organisations.csv")], env=surroundings, check=True
    )
    dying = (
        "import os, signal; from organiser.roster import writing; from campaigns.cli import main;"
        "add = writing.add_rows;"
        "writing.add_rows = lambda s, m, r: os.kill(os.getpid(), signal.SIGKILL)"
        " if m.__tablename__ == 'import_change' else add(s, m, r);"
        "main()"
    )
    words = ["import", str(SAMPLES / "dalarna_2024.csv"), "--organisation", "dalarna", "--json"]
    died = subprocess.run([sys.executable, "-c", dying, *words], env=surroundings, check=False)
    assert died.returncode == -signal.SIGKILL
    with sqlite3.connect(tmp_path / "ringlista.db") as store:
        left = [store.execute(count).fetchone()[0] for count in COUNT_ROWS]
    assert left == [0] * len(COUNT_ROWS)
    after = subprocess.run([*command, *words], env=surroundings, check=True, capture_output=True)
    assert json.loads(after.stdout)["created"] == 1208


COUNT_ROWS = (
    "SELECT count(*) FROM member",
    "SELECT count(*) FROM phone_number",
    "SELECT count(*) FROM block",
    "SELECT count(*) FROM import_batch",
    "SELECT count(*) FROM import_change",
)
