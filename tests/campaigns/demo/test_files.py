"""The demo's files: the same bytes every time, messy like real lists, holding what they should."""

import csv
import io
import re
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from campaigns.demo import later
from campaigns.demo.bulk import HEADINGS, big_file
from campaigns.demo.files import write_files
from campaigns.demo.mess import BAD_DATES, BAD_MAILS, BAD_PHONES
from campaigns.demo.person import MAIL_DOMAINS
from campaigns.demo.phones import RESERVED, many_fictional
from campaigns.demo.places import DALARNA, DISTRICTS, VASTERNORRLAND, towns_of
from campaigns.demo.workbook import SHEET

TODAY = date(2026, 11, 21)
Row = dict[str, str]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return write_files(tmp_path_factory.mktemp("demo"), today=TODAY)


@pytest.fixture(scope="module")
def first(written: list[Path]) -> list[Row]:
    return read(written[0])


@pytest.fixture(scope="module")
def after(written: list[Path]) -> list[Row]:
    return read(written[2])


def read(path: Path) -> list[Row]:
    text = path.read_bytes().decode("cp1252")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def by_number(rows: list[Row]) -> dict[str, Row]:
    return {row["Medlemsnr"]: row for row in rows}


def national(text: str) -> str:
    digits = re.sub(r"\D", "", text.replace("(0)", ""))
    return f"0{digits.removeprefix('46')}" if text.startswith("+46") else digits


def test_the_same_day_and_seed_give_the_same_bytes(written: list[Path], tmp_path: Path) -> None:
    again = write_files(tmp_path, today=TODAY)
    assert [path.name for path in again] == ["dalarna.csv", "vasternorrland.xlsx", "dalarna_senare.csv"]
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in written]


def test_another_seed_gives_other_people(written: list[Path], tmp_path: Path) -> None:
    other = write_files(tmp_path, today=TODAY, seed=1)
    assert all(mine.read_bytes() != yours.read_bytes() for mine, yours in zip(written, other, strict=True))


@pytest.mark.parametrize("day", [date(2024, 2, 29), date(2025, 1, 1), date(2031, 3, 31)])
def test_the_files_can_be_written_on_any_day(day: date, tmp_path: Path) -> None:
    first, _, after = write_files(tmp_path, today=day)
    assert len(read(first)) == 1212
    assert all(row["Medlem sedan"] <= day.isoformat() for row in read(after))


def test_the_export_is_in_cp1252_with_semicolons_and_crlf(written: list[Path], first: list[Row]) -> None:
    raw = written[0].read_bytes()
    assert raw.startswith("Medlemsnr;Förnamn;Efternamn;Födelsedatum;".encode("cp1252"))
    assert raw.count(b"\r\n") == len(first) + 1
    with pytest.raises(UnicodeDecodeError):
        raw.decode("utf-8")


def test_the_export_holds_all_members_and_the_rows_entered_twice(first: list[Row]) -> None:
    members = Counter(row["Medlemsnr"] for row in first)
    assert len(first) == DALARNA.members + 10
    assert len(members) == DALARNA.members + 5
    doubles = [number for number, times in members.items() if times == 2]
    alike = [
        number
        for number in doubles
        if len({tuple(r.values()) for r in first if r["Medlemsnr"] == number}) == 1
    ]
    assert (len(doubles), len(alike)) == (5, 4)
    assert all(len(number) == 7 and number.startswith("0") for number in members)


def test_members_stand_at_their_association_but_for_three_without_and_one_at_two(first: list[Row]) -> None:
    places = Counter(row["Partiförening"] for row in by_number(first).values())
    assert places.pop("") == 3
    assert places.pop("Rättvik/Leksand") == 1
    assert set(places) == {f"Partiet {place.name}" for place in DALARNA.municipalities}
    assert places["Partiet Vansbro"] == 7


def test_every_phone_in_the_exports_is_reserved_or_a_damaged_text(first: list[Row], after: list[Row]) -> None:
    cells = [row["Mobiltelefon"] for row in first] + [row["Mobil"] for row in after]
    cells += [row["Telefon hem"] for row in (*first, *after)]
    good = [cell for cell in cells if cell and cell not in BAD_PHONES]
    assert len(good) > 2_000
    assert {national(cell) for cell in good} <= set(RESERVED)
    assert {row["Mobiltelefon"] for row in first} >= set(BAD_PHONES)


def test_every_mail_is_reserved_or_a_damaged_text(first: list[Row], after: list[Row]) -> None:
    cells = [row["E-post"] for row in first] + [row["E-postadress"] for row in after]
    good = {cell for cell in cells if cell and cell not in BAD_MAILS}
    assert {mail.partition("@")[2] for mail in good} <= set(MAIL_DOMAINS)
    assert {row["E-post"] for row in first} >= set(BAD_MAILS)


def test_the_postcodes_of_the_export_belong_to_the_association(first: list[Row]) -> None:
    of = {f"Partiet {p.name}": {code for code, _ in towns_of(p.code)} for p in DALARNA.municipalities}
    placed = [row for row in first if row["Partiförening"] in of]
    odd = [row["Postnr"] for row in placed if row["Postnr"].replace(" ", "") not in of[row["Partiförening"]]]
    assert len(placed) == len(first) - 4
    assert sorted(odd) == ["", "", "791 3"]


def test_a_few_cells_are_damaged_and_a_few_notes_are_awkward(first: list[Row]) -> None:
    assert {row["Födelsedatum"] for row in first} >= set(BAD_DATES)
    assert {row["Efternamn"] for row in first} >= {"LINDSTRÖM", "Wi?niewska", "LindstrÃ¶m"}
    notes = [row["Anmärkning"] for row in first]
    assert any("\n" in note for note in notes)
    assert any(";" in note for note in notes)
    assert any('"' in note for note in notes)
    assert sum(note.startswith("=") for note in notes) == 1
    assert sum(row["Skyddad identitet"] == "Ja" for row in first) == 2
    assert sum(row["Spärr telefon"] == "Ja" for row in first) == 30


def test_three_months_on_some_are_new_and_some_are_gone(first: list[Row], after: list[Row]) -> None:
    old, new = by_number(first), by_number(after)
    assert len(new) == len(after)
    assert len(new.keys() - old.keys()) == later.NEW
    assert len(old.keys() - new.keys()) == later.ABSENT + 5
    assert Counter(row["Status"] for row in after)["Utträdd"] == later.RESIGNED
    assert Counter(row["Status"] for row in after)["Avliden"] == later.DIED
    assert sum(bool(row["Utträdesdatum"]) for row in after) == later.RESIGNED + later.DIED


def test_three_months_on_some_have_moved_and_some_have_changed(first: list[Row], after: list[Row]) -> None:
    old, new = by_number(first), by_number(after)
    both = old.keys() & new.keys()
    placed = [n for n in both if old[n]["Partiförening"].startswith("Partiet ")]
    assert sum(old[n]["Partiförening"] != new[n]["Partiförening"] for n in placed) == later.MOVED
    mails = sum(old[n]["E-post"] != new[n]["E-postadress"] for n in both if old[n]["E-post"] not in BAD_MAILS)
    assert mails == later.NEW_MAIL
    blocks = Counter((old[n]["Spärr telefon"], new[n]["Spärr telefon"]) for n in both)
    assert (blocks["Nej", "Ja"], blocks["Ja", "Nej"]) == (later.NEW_BLOCKS, later.LIFTED_BLOCKS)
    rewritten = [n for n in both if old[n]["Mobiltelefon"] != new[n]["Mobil"]]
    same = [n for n in rewritten if national(old[n]["Mobiltelefon"]) == national(new[n]["Mobil"])]
    assert 0 < len(same) <= later.REWRITTEN_PHONE < len(rewritten)


@pytest.fixture(scope="module")
def sheet_rows(written: list[Path]) -> Iterator[list[tuple[object, ...]]]:
    book = openpyxl.load_workbook(written[1])
    yield list(book[SHEET].iter_rows(values_only=True))
    book.close()


def test_the_spreadsheet_has_titles_groups_headings_and_subtotals(
    sheet_rows: list[tuple[object, ...]],
) -> None:
    assert sheet_rows[0][0] == "Medlemslista Västernorrland"
    assert sheet_rows[1][2] == datetime(2026, 8, 22)  # noqa: DTZ001 - a spreadsheet's day has no zone
    assert sheet_rows[3][1] == "Person"
    assert sheet_rows[4][:3] == ("Partiförening", "Medlemsnr", "Namn")
    sums = {str(row[0]): row[2] for row in sheet_rows[5:] if row[0] and row[1] is None}
    expected = {f"Summa {place.name}": place.members for place in VASTERNORRLAND.municipalities}
    assert sums == {**expected, "Totalt": VASTERNORRLAND.members}


def test_the_spreadsheet_names_an_association_once_for_all_its_members(written: list[Path]) -> None:
    book = openpyxl.load_workbook(written[1])
    merged = [cells for cells in book[SHEET].merged_cells.ranges if cells.min_col == cells.max_col == 1]
    sizes = {book[SHEET].cell(c.min_row, 1).value: c.max_row - c.min_row + 1 for c in merged}
    assert sizes == {place.name: place.members for place in VASTERNORRLAND.municipalities}
    book.close()


def test_the_spreadsheet_has_lost_zeros_and_holds_names_in_one_cell(
    sheet_rows: list[tuple[object, ...]],
) -> None:
    members = [row for row in sheet_rows[5:] if isinstance(row[1], int)]
    assert len({row[1] for row in members}) == len(members) == VASTERNORRLAND.members
    assert all(", " in str(row[2]) for row in members)
    figures = [row[7] for row in members if isinstance(row[7], int)]
    texts = [row[7] for row in members if isinstance(row[7], str)]
    assert {f"0{figure}" for figure in figures} | {national(text) for text in texts} <= set(RESERVED)
    assert len(figures) > len(texts) > 100
    assert Counter(type(row[3]) for row in members).keys() == {datetime, str, int, type(None)}
    assert sum(row[11] == "nej" for row in members) == 14
    assert any("ł" in str(row[2]) for row in members)


def test_a_big_file_has_the_rows_asked_for_each_sound_and_the_same_every_time(tmp_path: Path) -> None:
    big_file(tmp_path / "one.csv", 25_000)
    big_file(tmp_path / "two.csv", 25_000)
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()
    with (tmp_path / "one.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert tuple(rows[0]) == HEADINGS
    assert len(rows) == 25_000
    for column in ("Medlemsnummer", "Telefon", "E-post"):
        assert len({row[column] for row in rows}) == 25_000
    assert {row["Telefon"] for row in rows} <= set(many_fictional())
    assert {row["Partiförening"] for row in rows} == {p.name for d in DISTRICTS for p in d.municipalities}
    assert all(
        date.fromisoformat(row["Födelsedatum"]) < date.fromisoformat(row["Medlem sedan"]) for row in rows
    )


def test_a_big_file_comes_at_more_than_50_000_rows_a_second(tmp_path: Path) -> None:
    many_fictional()
    start = time.process_time()
    big_file(tmp_path / "big.csv", 60_000)
    assert 60_000 / (time.process_time() - start) > 50_000
