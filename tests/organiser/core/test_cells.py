"""What is put into a file to open in a spreadsheet is text and numbers, never something to run."""

import io

import pytest
from openpyxl import load_workbook

from organiser.core.cells import as_csv, as_xlsx, harmless


@pytest.mark.parametrize("cell", ["=1+1", "+46", "-1", "@SUM", "\tx", "\rx", "\nx"])
def test_what_a_spreadsheet_would_run_is_text(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize(("cell", "text"), [(None, ""), (0, "0"), ("Åsa", "Åsa"), ("a=b", "a=b")])
def test_other_cells_stay_as_they_are(cell: object, text: str) -> None:
    assert harmless(cell) == text


def test_a_csv_opens_in_a_swedish_spreadsheet() -> None:
    assert as_csv([["Å", "n"], ["b;c", 2.5], [None, 3]]) == '\ufeffÅ;n\r\n"b;c";2,5\r\n;3\r\n'.encode()


def test_a_workbook_keeps_numbers_as_numbers_and_formulas_as_text() -> None:
    content = as_xlsx(
        [("A/B: en flik med ett namn som är för långt", [["=1+1", "n"], ["x", 2.5], [None, 3]]), ("", [])]
    )
    first, second = load_workbook(io.BytesIO(content)).worksheets
    assert (first.title, second.title) == ("AB en flik med ett namn som är ", "1")
    assert [[cell.value for cell in row] for row in first.iter_rows()] == [
        ["=1+1", "n"],
        ["x", 2.5],
        [None, 3],
    ]
    assert first["A1"].data_type == "s"
