"""Workbooks: the sheet that holds the list, as its maker sees it, and nothing that a file can do to us."""

import time
from datetime import UTC, date, datetime
from datetime import time as time_of_day
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import load_workbook

from organiser.roster.sheets import CautionKind, Refusal, SkipReason, Unreadable, read_sheet
from organiser.roster.sheets.layout import Layout
from organiser.roster.sheets.places import column_letters, column_number
from organiser.roster.sheets.values import as_text
from tests.sheets.making import (
    ASA,
    HEADINGS,
    MARTA,
    OSTEN,
    PEOPLE,
    raw_workbook,
    row_xml,
    sheet_xml,
    workbook,
    workbook_of,
)

LIST = row_xml(1, HEADINGS) + row_xml(2, ASA)


def refusal(content: bytes, **options: str) -> Refusal:
    with pytest.raises(Unreadable) as caught:
        read_sheet(content, "lista.xlsx", **options)
    return caught.value.kind


def repacked(content: bytes, **changed: bytes) -> bytes:
    """The workbook with parts replaced, by the last word of their names."""
    buffer = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(buffer, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            word = name.rpartition("/")[2].partition(".")[0]
            target.writestr(name, changed.get(word, source.read(name)))
    return buffer.getvalue()


def test_a_workbook_reads_like_a_text_file_whatever_its_name() -> None:
    for name in ("lista.xlsx", "lista.XLSM", "lista.csv", ""):
        sheet = read_sheet(workbook_of((HEADINGS, *PEOPLE)), name)
        assert (sheet.encoding, sheet.delimiter, sheet.sheet_name) == (None, None, "Medlemmar")
        assert (sheet.headings, sheet.header_line) == (HEADINGS, 1)
        assert [(record.line, record.cells) for record in sheet.records] == list(enumerate(PEOPLE, start=2))
        assert not sheet.warnings


def test_the_sheet_with_most_headings_is_read_hidden_ones_are_not_and_others_are_told() -> None:
    def fill(book: Any, first: Any) -> None:
        first.write(0, 0, "Utdrag ur registret")
        for name, headings in (("Falun", HEADINGS[:3]), ("Alla", HEADINGS), ("Dold", (*HEADINGS, "Ort"))):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, headings)
            sheet.write_row(1, 0, [f"{name} {heading}" for heading in headings])
        sheet.hide()

    content = workbook(fill)
    sheet = read_sheet(content)
    assert (sheet.sheet_name, sheet.records[0].cells[0]) == ("Alla", "Alla Medlemsnummer")
    assert [(caution.kind, caution.text) for caution in sheet.warnings] == [
        (CautionKind.OTHER_SHEET, "Falun")
    ]
    assert read_sheet(content, sheet="Dold").sheet_name == "Dold"
    assert refusal(content, sheet="Mora") is Refusal.NO_SUCH_SHEET
    assert refusal(content, sheet="Medlemmar") is Refusal.NO_HEADINGS


def test_merged_cells_say_the_same_of_every_row_but_not_of_blank_rows_and_sums() -> None:
    def fill(_book: Any, sheet: Any) -> None:
        sheet.merge_range("A1:C1", "Medlemslista")
        sheet.merge_range("A2:A3", "Förening")
        sheet.merge_range("B2:C2", "Person")
        sheet.write_row("B3", ("Namn", "Telefon"))
        sheet.merge_range("A4:A8", "Falun")
        sheet.write_row("B4", ("Eva", "1"))
        sheet.write_row("B5", ("Bo", "2"))
        sheet.write_row("B7", ("Summa", 2))
        sheet.write_row("B8", ("Ida", "3"))

    sheet = read_sheet(workbook(fill))
    assert (sheet.header_line, sheet.headings) == (3, ("Förening", "Namn", "Telefon"))
    assert [(record.line, *record.cells) for record in sheet.records] == [
        (4, "Falun", "Eva", "1"),
        (5, "Falun", "Bo", "2"),
        (8, "Falun", "Ida", "3"),
    ]
    assert [(skipped.line, skipped.why) for skipped in sheet.skipped] == [
        (1, SkipReason.TITLE),
        (2, SkipReason.TITLE),
        (6, SkipReason.BLANK),
        (7, SkipReason.SUBTOTAL),
    ]


def test_hidden_columns_are_left_out_and_told_and_hidden_rows_are_read_and_told() -> None:
    def fill(_book: Any, sheet: Any) -> None:
        for number, row in enumerate((HEADINGS, *PEOPLE)):
            sheet.write_row(number, 0, row)
        sheet.set_column("D:D", 10, None, {"hidden": True})
        sheet.set_column("H:XFD", 10, None, {"hidden": True})
        sheet.set_row(2, None, None, {"hidden": True})

    sheet = read_sheet(workbook(fill))
    assert sheet.headings == (*HEADINGS[:3], *HEADINGS[4:])
    assert sheet.records[1].cells == (*OSTEN[:3], *OSTEN[4:])
    assert [(caution.kind, caution.line, caution.column, caution.text) for caution in sheet.warnings] == [
        (CautionKind.HIDDEN_COLUMN, 1, "Telefon", ""),
        (CautionKind.HIDDEN_ROWS, 3, "", "1"),
    ]


def test_numbers_dates_and_truths_become_the_text_a_person_would_write() -> None:
    def fill(book: Any, sheet: Any) -> None:
        day = book.add_format({"num_format": "d mmm yyyy"})
        hour = book.add_format({"num_format": "hh:mm"})
        sheet.write_row(0, 0, (*HEADINGS, "Inträde", "Sedd", "Tid"))
        sheet.write_row(1, 0, (196001011234, True, "007", 701740605, 12.5, 0.1 + 0.2))
        sheet.write_datetime(1, 6, datetime(2024, 1, 31, tzinfo=UTC).replace(tzinfo=None), day)
        sheet.write_datetime(1, 7, datetime(2024, 1, 31, 13, 5, tzinfo=UTC).replace(tzinfo=None), day)
        sheet.write_datetime(1, 8, time_of_day(18, 30), hour)

    sheet = read_sheet(workbook(fill))
    assert sheet.records[0].cells == (
        "196001011234",
        "TRUE",
        "007",
        "701740605",
        "12.5",
        "0.3",
        "2024-01-31",
        "2024-01-31 13:05:00",
        "18:30:00",
    )
    assert [(caution.kind, caution.line, caution.column, caution.text) for caution in sheet.warnings] == [
        (CautionKind.LOST_ZERO, 2, "Telefon", "701740605")
    ]


def test_no_number_is_ever_written_with_an_exponent() -> None:
    assert [as_text(value) for value in (1e22, 1.5e-7, -3.0, 10**15, 1e15 + 0.5, None)] == [
        "10000000000000000000000",
        "0.00000015",
        "-3",
        "1000000000000000",
        "1000000000000000",
        "",
    ]


def test_dates_of_the_1904_system_are_the_same_days() -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ("Namn", "Inträde"))
        sheet.write(1, 0, "Eva")
        sheet.write_datetime(1, 1, date(2024, 1, 31), book.add_format({"num_format": "yyyy-mm-dd"}))

    for since_1904 in (False, True):
        content = workbook(fill, since_1904=since_1904)
        assert read_sheet(content).records[0].cells == ("Eva", "2024-01-31")


def test_formulas_count_by_the_value_they_were_saved_with_and_are_never_worked_out() -> None:
    def fill(_book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, HEADINGS)
        sheet.write_row(1, 0, ASA)
        sheet.write_formula(1, 1, '=UPPER("x")', None, "Åsa")
        sheet.write_formula(1, 2, '=HYPERLINK("http://127.0.0.1/")', None, "")
        sheet.write_formula(1, 5, "=NA()", None, "#N/A")

    sheet = read_sheet(workbook(fill))
    assert sheet.records[0].cells == ("M1", "Åsa", "", ASA[3], ASA[4], "")
    assert (CautionKind.ERROR_VALUE, 2, "Förening") in {
        (caution.kind, caution.line, caution.column) for caution in sheet.warnings
    }
    without = raw_workbook(
        sheet_xml(LIST.replace("<is><t>Åsa</t></is>", "<f>1+1</f><v></v>").replace("Öberg", "=1+1"))
    )
    sheet = read_sheet(without)
    assert sheet.records[0].cells[1:3] == ("", "=1+1")
    assert [(caution.kind, caution.line, caution.column) for caution in sheet.warnings] == [
        (CautionKind.FORMULA_WITHOUT_VALUE, 2, "Förnamn")
    ]


def test_a_stray_cell_in_the_last_column_or_far_below_costs_no_time_and_is_told() -> None:
    def fill(_book: Any, sheet: Any) -> None:
        for number, row in enumerate((HEADINGS, *(PEOPLE[n % 3] for n in range(2_000)))):
            sheet.write_row(number, 0, row)
            sheet.write(number, 16_383, "x") if number < 900 else None
        sheet.write(250_000, 0, "hej")

    content = workbook(fill)
    before = time.perf_counter()
    sheet = read_sheet(content)
    assert time.perf_counter() - before < 2
    assert (len(sheet.records), sheet.headings) == (2_000, HEADINGS)
    strays = [caution.text for caution in sheet.warnings if caution.kind is CautionKind.STRAY_CELL]
    assert len(strays) == 901
    assert {"XFD1", "XFD900", "A250001"} <= set(strays)


def test_a_list_further_out_than_any_list_is_refused() -> None:
    far = "".join(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(3, 1_100))
    assert refusal(raw_workbook(sheet_xml(LIST + far))) is Refusal.TOO_MANY_COLUMNS
    down = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(300_000, 301_100))
    assert refusal(raw_workbook(sheet_xml(LIST + down))) is Refusal.TOO_MANY_ROWS
    corner = '<row r="200000"><c r="IV200000"><v>1</v></c></row>'
    assert refusal(raw_workbook(sheet_xml(LIST + corner))) is Refusal.TOO_MANY_ROWS


def test_a_hundred_thousand_empty_rows_are_no_rows() -> None:
    empty = "".join(f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(3, 100_000))
    assert len(read_sheet(raw_workbook(sheet_xml(LIST + empty))).records) == 1


def test_rows_and_cells_without_their_places_follow_each_other() -> None:
    texts = ['</t></is></c><c t="inlineStr"><is><t>'.join(row) for row in (HEADINGS, *PEOPLE)]
    rows = "".join(f'<row><c t="inlineStr"><is><t>{text}</t></is></c></row>' for text in texts)
    sheet = read_sheet(raw_workbook(sheet_xml(rows)))
    assert [(record.line, record.cells) for record in sheet.records] == list(enumerate(PEOPLE, start=2))


def test_merged_ranges_that_cover_each_other_cost_no_time() -> None:
    merges = '<mergeCell ref="A2:A1048576"/>' * 50_000
    rows = row_xml(1, HEADINGS) + "".join(row_xml(n, ASA) for n in range(2, 1_000))
    before = time.perf_counter()
    read_sheet(raw_workbook(sheet_xml(rows, after=f"<mergeCells>{merges}</mergeCells>")))
    assert time.perf_counter() - before < 5


def test_only_what_the_values_need_is_handed_on() -> None:
    more = {
        "xl/vbaProject.bin": "macro",
        "xl/externalLinks/externalLink1.xml": "<externalLink",
        "xl/drawings/drawing1.xml": "not even XML <",
    }
    assert len(read_sheet(raw_workbook(sheet_xml(LIST), more=more)).records) == 1


@pytest.mark.parametrize(
    "sheet",
    [
        sheet_xml(LIST)[:-40],
        f'<!DOCTYPE x [<!ENTITY a "aaaa">]>{sheet_xml(LIST)}',
        sheet_xml(LIST).replace('r="A2"', 'r="ZZZ2"'),
        sheet_xml(LIST).replace('r="A2"', 'r="A0"'),
        sheet_xml(LIST).replace('row r="2"', 'row r="många"'),
        sheet_xml(LIST, before='<cols><col min="-1" max="2" hidden="1"/></cols>'),
        sheet_xml(f'{LIST}<row r="3"><c r="A3" t="s"><v>9999</v></c></row>'),
        f'<?xml version="1.0" encoding="rotvälska"?>{sheet_xml(LIST)}',
        "",
    ],
)
def test_a_damaged_sheet_is_refused_in_words(sheet: str) -> None:
    assert refusal(raw_workbook(sheet)) is Refusal.DAMAGED


def test_xml_in_another_encoding_than_utf8_is_refused_in_words() -> None:
    content = repacked(raw_workbook(sheet_xml(LIST)), sheet1=sheet_xml(LIST).encode("utf-16"))
    assert refusal(content) is Refusal.DAMAGED


def test_a_cut_zip_a_foreign_zip_and_a_locked_zip_are_refused_each_in_its_words() -> None:
    content = workbook_of((HEADINGS, ASA))
    assert refusal(content[: len(content) // 2]) is Refusal.DAMAGED
    foreign = BytesIO()
    with ZipFile(foreign, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        assert refusal(_closed(foreign)) is Refusal.ARCHIVE
        archive.writestr("content.xml", "<x/>")
    assert refusal(foreign.getvalue()) is Refusal.OPEN_DOCUMENT
    marked = bytearray(content)
    marked[content.index(b"PK\x01\x02") + 8] |= 1
    assert refusal(bytes(marked)) is Refusal.PASSWORD


def _closed(buffer: BytesIO) -> bytes:
    copy = BytesIO(buffer.getvalue())
    with ZipFile(copy, "a"):
        pass
    with ZipFile(copy, "a") as archive:
        archive.writestr("readme.txt", "hej")
    return copy.getvalue()


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    blanks = raw_workbook(sheet_xml(LIST, after=" " * 100_000_000))
    assert len(blanks) < 200_000
    before = time.perf_counter()
    assert refusal(blanks) is Refusal.BOMB
    many = raw_workbook(sheet_xml(LIST), more={f"xl/{number}.xml": "" for number in range(2_100)})
    assert refusal(many) is Refusal.BOMB
    assert time.perf_counter() - before < 1


def test_one_long_text_in_every_cell_is_a_bomb_too() -> None:
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(3, 30_000))
    texts = f"<sst><si><t>{''.join(map(str, range(20_000)))}</t></si></sst>"
    assert (
        refusal(raw_workbook(sheet_xml(LIST + cells), more={"xl/sharedStrings.xml": texts})) is Refusal.BOMB
    )


def test_columns_are_numbered_as_spreadsheets_name_them() -> None:
    assert [column_letters(number) for number in (0, 25, 26, 701, 702, 16_383)] == [
        "A",
        "Z",
        "AA",
        "ZZ",
        "AAA",
        "XFD",
    ]
    assert all(column_number(column_letters(number)) == number for number in range(16_384))


def test_cutting_stray_cells_leaves_every_other_byte() -> None:
    stray = '<c r="XFD2" t="inlineStr"><is><t>x</t></is></c>'
    plain = sheet_xml(LIST)
    with_stray = plain.replace("</row></sheetData>", f"{stray}</row></sheetData>")
    layout = Layout(with_stray.encode())
    assert layout.strays == [(2, "XFD2")]
    assert layout.without_strays() == plain.encode()


def test_another_library_reads_the_same_cells() -> None:
    rows = [HEADINGS, *(PEOPLE[number % 3] for number in range(50)), ("", MARTA[0], 12, 1.25, "å\nä", " ö ")]
    content = workbook_of(rows)
    theirs = [
        ["" if cell is None else str(cell) for cell in row]
        for row in load_workbook(BytesIO(content)).active.iter_rows(values_only=True)
    ]
    ours = read_sheet(content)
    assert [list(record.cells) for record in ours.records] == theirs[1:]


def test_a_district_reads_in_a_blink() -> None:
    content = workbook_of((HEADINGS, *(PEOPLE[number % 3] for number in range(1_200))))
    read_sheet(content)
    before = time.perf_counter()
    assert len(read_sheet(content).records) == 1_200
    assert time.perf_counter() - before < 0.3
