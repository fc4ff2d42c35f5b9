"""Whatever is written into a list, every row of it is accounted for, or the file is refused in words."""

import csv
from collections.abc import Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from organiser.roster.sheets import ENCODINGS, CautionKind, Sheet, Unreadable, read_sheet
from tests.sheets.making import HEADINGS, PEOPLE, row_xml, sheet_xml, text_of, workbook_of

NASTY = st.sampled_from(
    [
        "",
        " ",
        "\n",
        "\r\n",
        '"',
        '""',
        ";",
        ",",
        "\t",
        "|",
        "=1+1",
        "Summa",
        "#",
        "\x00",
        "Åsa",
        "Ã…sa",
        "12",
        "\ufeff",
    ]
)
CELLS = st.one_of(NASTY, st.text(max_size=12), st.lists(NASTY, max_size=4).map("".join))
WIDTH = len(HEADINGS)
ROWS = st.lists(st.lists(CELLS, min_size=WIDTH, max_size=WIDTH), max_size=12)
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read(content: bytes, encoding: str | None = None) -> Sheet | None:
    try:
        return read_sheet(content, encoding=encoding)
    except Unreadable:
        return None


def lines_of(sheet: Sheet) -> list[int]:
    return sorted([record.line for record in sheet.records] + [skipped.line for skipped in sheet.skipped])


def is_accounted_for(sheet: Sheet, rows: Sequence[Sequence[str]]) -> bool:
    """Each line is a record or passed over exactly once; only blank lines at the end may be left out."""
    last = max(
        (line for line, row in enumerate(rows, start=2) if any(cell.strip() for cell in row)), default=1
    )
    return lines_of(sheet) == list(range(2, max(last, max(lines_of(sheet), default=1)) + 1)) and (
        max(lines_of(sheet), default=1) >= last
    )


@PATIENT
@given(
    rows=ROWS,
    encoding=st.sampled_from(ENCODINGS),
    delimiter=st.sampled_from(";,\t|"),
    dress=st.sampled_from([("\r\n", csv.QUOTE_MINIMAL), ("\n", csv.QUOTE_ALL), ("\r", csv.QUOTE_ALL)]),
)
def test_every_row_of_a_text_file_is_a_record_or_passed_over(
    rows: list[list[str]], encoding: str, delimiter: str, dress: tuple[str, int]
) -> None:
    marked = encoding.startswith("utf")
    if not marked:
        rows = [[cell.encode(encoding, errors="replace").decode(encoding) for cell in row] for row in rows]
    content = text_of([HEADINGS, *rows], delimiter, *dress).encode(encoding)
    sheet = read(content, None if marked else encoding)
    if sheet is None:
        return
    assert (sheet.delimiter, sheet.headings, sheet.header_line) == (delimiter, HEADINGS, 1)
    if any(caution.kind is CautionKind.BROKEN_QUOTE for caution in sheet.warnings):
        return
    assert is_accounted_for(sheet, rows)
    for record in sheet.records:
        told = [cell.replace("\0", "") for cell in rows[record.line - 2]]
        assert list(record.cells) == told or record.line == len(rows) + 1  # an end-of-file sign may go


@PATIENT
@given(rows=ROWS)
def test_every_row_of_a_workbook_is_a_record_or_passed_over(rows: list[list[str]]) -> None:
    printable = [["".join(sign for sign in cell if sign.isprintable()) for cell in row] for row in rows]
    sheet = read(workbook_of([HEADINGS, *printable]))
    assert sheet is not None
    assert sheet.headings == HEADINGS
    assert is_accounted_for(sheet, printable)


@PATIENT
@given(
    content=st.one_of(
        st.binary(max_size=400), st.text(max_size=200).map(lambda text: f"Namn;Ort\n{text}".encode())
    )
)
def test_no_bytes_raise_anything_but_unreadable(content: bytes) -> None:
    sheet = read(content)
    assert sheet is None or len(set(lines_of(sheet))) == len(lines_of(sheet))


WORKBOOK = workbook_of((HEADINGS, *PEOPLE))
PARTS = {
    entry.filename: ZipFile(BytesIO(WORKBOOK)).read(entry) for entry in ZipFile(BytesIO(WORKBOOK)).infolist()
}


@PATIENT
@given(place=st.integers(0, len(WORKBOOK) - 1), byte=st.integers(0, 255), cut=st.integers(0, 40))
def test_no_damage_to_a_workbook_raises_anything_but_unreadable(place: int, byte: int, cut: int) -> None:
    damaged = bytearray(WORKBOOK)
    damaged[place] = byte
    del damaged[place + 1 : place + 1 + cut]
    read(bytes(damaged))


@PATIENT
@given(
    name=st.sampled_from(sorted(PARTS)),
    place=st.floats(0, 1, exclude_max=True),
    text=st.one_of(
        st.binary(max_size=6), st.sampled_from([b"<", b">", b'"', b"9" * 30, b"-1", b'r="XFD1048576"'])
    ),
    cut=st.integers(0, 30),
)
def test_no_damage_inside_a_workbook_raises_anything_but_unreadable(
    name: str, place: float, text: bytes, cut: int
) -> None:
    whole = PARTS[name]
    at = int(place * len(whole))
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for part, content in (PARTS | {name: whole[:at] + text + whole[at + cut :]}).items():
            archive.writestr(part, content)
    read(buffer.getvalue())


@PATIENT
@given(
    marks=st.lists(st.tuples(st.integers(2, 9), st.integers(2, 9), st.sampled_from("ABC")), max_size=6),
    kind=st.sampled_from(["s", "b", "e", "d", "n", "str", "x"]),
    value=st.sampled_from(["", "0", "-1", "1e400", "NaN", "99999999999", "2024-01-31", "på"]),
)
def test_no_cell_or_merge_a_program_could_write_raises_anything_but_unreadable(
    marks: list[tuple[int, int, str]], kind: str, value: str
) -> None:
    merges = "".join(f'<mergeCell ref="{column}{first}:{column}{last}"/>' for first, last, column in marks)
    rows = "".join(row_xml(number, HEADINGS if number == 1 else PEOPLE[number % 3]) for number in range(1, 9))
    odd = f'<row r="9"><c r="A9" t="{kind}" s="3"><v>{value}</v></c></row>'
    content = _around(sheet_xml(rows + odd, after=f"<mergeCells>{merges}</mergeCells>"))
    sheet = read(content)
    assert sheet is None or len(sheet.records) >= 7


def _around(sheet: str) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for part, content in (PARTS | {"xl/worksheets/sheet1.xml": sheet.encode()}).items():
            archive.writestr(part, content)
    return buffer.getvalue()


@pytest.mark.parametrize("row", [["\n;;;;;;", "", "", "", "", ""], ['";', "x\n", '"', "", "", ""]])
def test_a_cell_that_looks_like_a_row_is_told_when_it_is_taken_for_one(row: list[str]) -> None:
    sheet = read_sheet(text_of([HEADINGS, row, *PEOPLE]).encode())
    assert [record.cells for record in sheet.records][-3:] == list(PEOPLE)
    broken = [caution for caution in sheet.warnings if caution.kind is CautionKind.BROKEN_QUOTE]
    assert len(sheet.records) == 4 or broken
