"""Two districts' lists, imported, imported again a quarter later, and once more: the known counts."""

import csv
from datetime import date
from pathlib import Path

import pytest

from organiser.roster.columns import settle_columns
from organiser.roster.headings import match
from organiser.roster.places import Associations, Place
from organiser.roster.preview import Plan, plan_import
from organiser.roster.problems import ProblemKind
from organiser.roster.rows import Row, read_row
from organiser.roster.sheets import read_sheet
from tests.organiser.roster.register import applied

TODAY = date(2026, 11, 21)
SAMPLES = Path(__file__).parents[4] / "shared" / "data" / "samples"


def told(planned: Plan) -> list[ProblemKind]:
    return [problem.kind for problem in planned.problems]


def sample_rows(name: str) -> list[Row]:
    if not SAMPLES.exists():
        pytest.skip("the handbook is not beside this checkout")
    sheet = read_sheet((SAMPLES / name).read_bytes(), name)
    matches = match(sheet.headings, [record.cells for record in sheet.records[:50]])
    settled = settle_columns(matches, TODAY, header_line=sheet.header_line)
    return [read_row(r.line, r.cells, settled, beyond=r.extra, short=r.short) for r in sheet.records]


def district(slug: str) -> Associations[str]:
    if not SAMPLES.exists():
        pytest.skip("the handbook is not beside this checkout")
    with (SAMPLES / "organisations.csv").open(encoding="utf-8") as lines:
        units = [unit for unit in csv.DictReader(lines) if unit["parent"] == slug]
    return Associations([Place(unit["slug"], unit["name"], unit["code"], unit["slug"]) for unit in units])


COUNTS = ("rows", "created", "updated", "unchanged", "refused", "duplicates", "moved", "absent")


def numbers(planned: Plan) -> tuple[int, ...]:
    counts = planned.counts()
    return tuple(counts[name] for name in COUNTS)


def test_a_district_imported_again_a_quarter_later_and_once_more() -> None:
    first = plan_import(sample_rows("dalarna_2024.csv"), [], district("dalarna"), "dalarna")
    assert numbers(first) == (1213, 1208, 0, 0, 0, 5, 0, 0)
    assert 1129 <= first.counts()["phones_valid"] <= 1132

    members = applied(first)
    second = plan_import(sample_rows("dalarna_2024_q2.csv"), members, district("dalarna"), "dalarna")
    assert numbers(second) == (1228, 57, 378, 793, 0, 0, 18, 37)
    assert 1163 <= second.counts()["phones_valid"] <= 1166

    members = applied(second, members)
    again = plan_import(sample_rows("dalarna_2024_q2.csv"), members, district("dalarna"), "dalarna")
    assert numbers(again) == (1228, 0, 0, 1228, 0, 0, 0, 37)


def test_a_workbook_of_another_district() -> None:
    planned = plan_import(
        sample_rows("vasternorrland_2024.xlsx"), [], district("vasternorrland"), "vasternorrland"
    )
    assert numbers(planned) == (703, 703, 0, 0, 0, 0, 0, 0)
    assert planned.counts()["phones_valid"] == 671
    assert ProblemKind.NO_ASSOCIATION not in told(planned)
    assert sum(d.row.values.get("do_not_call", False) for d in planned.decisions) == 30
    assert sum("birth_date" in d.row.values for d in planned.decisions) == 703 - 33


def test_the_bad_phones_of_a_district_are_told_where_they_stand() -> None:
    planned = plan_import(sample_rows("dalarna_2024.csv"), [], district("dalarna"), "dalarna")
    phones = [problem for problem in planned.problems if problem.column == "Mobiltelefon"]
    assert [problem.line for problem in phones] == [112, 339, 443, 497, 584, 624, 743, 803, 821, 1028]
    assert [problem.line for problem in phones if problem.kind.mended] == [443, 624, 821]


def test_what_else_is_told_about_a_district() -> None:
    kinds = told(plan_import(sample_rows("dalarna_2024.csv"), [], district("dalarna"), "dalarna"))
    assert kinds.count(ProblemKind.PROBABLE_DUPLICATE) == 7
    assert kinds.count(ProblemKind.NO_ASSOCIATION) == 4
