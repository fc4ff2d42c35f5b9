"""Files made to break a reader of rows: every row comes out as a member or with what is odd about it."""

from datetime import date
from pathlib import Path
from time import perf_counter

import pytest

from organiser.roster.columns import settle_columns
from organiser.roster.headings import match
from organiser.roster.rows import Row, read_row
from organiser.roster.sheets import read_sheet

TODAY = date(2026, 11, 21)
HOSTILE = Path(__file__).parents[4] / "shared" / "data" / "hostile"


def hostile_rows(name: str) -> list[Row]:
    if not HOSTILE.exists():
        pytest.skip("the handbook is not beside this checkout")
    sheet = read_sheet((HOSTILE / name).read_bytes(), name)
    settled = settle_columns(match(sheet.headings, [record.cells for record in sheet.records]), TODAY)
    return [read_row(r.line, r.cells, settled, beyond=r.extra, short=r.short) for r in sheet.records]


@pytest.mark.parametrize(
    ("name", "rows", "told"),
    [
        ("dom_no_id.csv", 3, 1),
        ("dom_emails.csv", 18, 6),
        ("dom_same_name.csv", 2, 0),
        ("inj_formula.csv", 15, 0),
        ("inj_formula_phone.csv", 2, 1),
        ("shape_short_rows.csv", 6, 1),
        ("x_phone_numeric.xlsx", 5, 5),
        ("uni_zalgo.csv", 5, 0),
    ],
)
def test_hostile_files_are_read_row_by_row(name: str, rows: int, told: int) -> None:
    found = hostile_rows(name)
    assert len(found) == rows
    assert sum(bool(row.problems) for row in found) >= told


def test_a_row_of_bait_for_slow_patterns_is_told_in_no_time() -> None:
    began = perf_counter()
    (row,) = hostile_rows("inj_redos.csv")
    assert row.problems
    assert perf_counter() - began < 1
