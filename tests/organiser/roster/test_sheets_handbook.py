"""The handbook's lists and its hostile files, read as their facts and their manifest say."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from organiser.roster.sheets import CautionKind, Refusal, Sheet, SkipReason, Unreadable, read_sheet

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
needs_the_handbook = pytest.mark.skipif(not DATA.is_dir(), reason="the handbook is not beside this checkout")

REFUSED_AS = {
    "empty file": Refusal.EMPTY,
    "not text": Refusal.NOT_TEXT,
    "not a table": Refusal.PICTURE,
    "PDF": Refusal.PDF,
    "json": Refusal.JSON,
    "xml 2003": Refusal.XML_2003,
    "binary": Refusal.PROGRAM,
    "password protected": Refusal.PASSWORD,
    "damaged file": Refusal.DAMAGED,
    "damaged": Refusal.DAMAGED,
}
NOT_THIS_FLOOR = {"dom_emails.csv", "dom_no_id.csv", "inj_formula_phone.csv", "inj_redos.csv"}
"""Files whose warnings are about what the cells mean."""


def hostile() -> list[dict[str, Any]]:
    manifest = DATA / "hostile" / "manifest.json"
    files: list[dict[str, Any]] = (
        json.loads(manifest.read_text("utf-8"))["files"] if manifest.is_file() else []
    )
    return files


def facts(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((DATA / "samples" / f"{name}.facts.json").read_text("utf-8"))
    return found


def sample(name: str) -> Sheet:
    return read_sheet((DATA / "samples" / name).read_bytes(), name)


def read_or_refuse(content: bytes, name: str) -> Sheet | Refusal:
    try:
        return read_sheet(content, name)
    except Unreadable as refused:
        return refused.kind


def column(sheet: Sheet, heading: str) -> list[str]:
    place = sheet.headings.index(heading)
    return [record.cells[place] for record in sheet.records]


@needs_the_handbook
@pytest.mark.parametrize("name", ["dalarna_2024", "dalarna_2024_q2"])
def test_dalarna_reads_as_its_facts_say(name: str) -> None:
    known, sheet = facts(name), sample(f"{name}.csv")
    assert (sheet.encoding, sheet.delimiter, sheet.header_line) == (known["encoding"], known["delimiter"], 1)
    assert len(sheet.records) == known["data_rows"]
    assert len(set(column(sheet, "Medlemsnr"))) == known["distinct_member_numbers"]
    assert [record.line for record in sheet.records] == list(range(2, known["data_rows"] + 2))
    assert not sheet.skipped
    assert not any(record.short or record.extra for record in sheet.records)


@needs_the_handbook
def test_the_odd_cells_of_dalarna_stand_on_their_lines() -> None:
    known, sheet = facts("dalarna_2024"), sample("dalarna_2024.csv")
    lines = {record.line: record.cells for record in sheet.records}
    phones = sheet.headings.index("Telefon hem"), sheet.headings.index("Mobiltelefon")
    odd = (112, 339, 443, 497, 584, 624, 743, 803, 821, 1028)
    found = {lines[line][place] for line in odd for place in phones} & {
        invalid["text"] for invalid in known["phones"]["invalid"]
    }
    assert len(found) == len(odd)
    assert sum("\n" in note for note in column(sheet, "Anmärkning")) == known["notes_with_newline"]
    told = {c.line for c in sheet.warnings if c.kind is CautionKind.LOST_LETTERS}
    assert {lines[line][0] for line in told} == set(known["names_damaged_by_cp1252"])


@needs_the_handbook
def test_vasternorrland_reads_as_its_facts_say() -> None:
    known, sheet = facts("vasternorrland_2024"), sample("vasternorrland_2024.xlsx")
    assert (sheet.sheet_name, sheet.header_line) == (known["data_sheet"], known["header_row"])
    assert (sheet.encoding, sheet.delimiter) == (None, None)
    assert len(sheet.records) == known["data_rows"]
    assert sheet.records[0].line == known["first_data_row"]
    assert Counter(column(sheet, "Partiförening")) == known["members_by_association"]
    why = Counter(skipped.why for skipped in sheet.skipped)
    assert why == {
        SkipReason.SUBTOTAL: known["subtotal_rows_to_skip"],
        SkipReason.TITLE: 3,
        SkipReason.BLANK: 8,
    }
    told = Counter(caution.kind for caution in sheet.warnings)
    assert told[CautionKind.LOST_ZERO] == known["phone_cells_that_are_numbers_without_leading_zero"]
    assert [f"M ({c.column})" for c in sheet.warnings if c.kind is CautionKind.HIDDEN_COLUMN] == known[
        "hidden_columns_to_ignore"
    ]
    assert not any("." in phone for phone in column(sheet, "Telefon"))
    assert sum(not phone for phone in column(sheet, "Telefon")) == known["missing_phones"]
    assert sum(not born for born in column(sheet, "Född")) == known["born_missing"]


@needs_the_handbook
@pytest.mark.parametrize("entry", hostile(), ids=lambda entry: entry["file"])
def test_a_hostile_file_comes_out_as_its_manifest_says(entry: dict[str, Any]) -> None:
    name, expect = entry["file"], entry["expect"]
    content = (DATA / "hostile" / name).read_bytes()
    sheet = read_or_refuse(content, name)
    if isinstance(sheet, Refusal):
        assert expect["outcome"] != "accept"
        assert sheet is REFUSED_AS.get(expect.get("reason"), sheet)
        return
    assert expect["outcome"] != "reject"
    assert len(sheet.records) == expect.get("rows", len(sheet.records))
    assert len(sheet.records) <= expect.get("rows_max", len(sheet.records))
    for row, heading, text in expect.get("cells", ()):
        assert sheet.records[row].cells[sheet.headings.index(heading)] == text
    least = expect.get("warn_rows_min", expect.get("warn_rows", 0))
    if name not in NOT_THIS_FLOOR:
        lines = {caution.line for caution in sheet.warnings} | {
            r.line for r in sheet.records if r.short or r.extra
        }
        assert len(lines) >= least
