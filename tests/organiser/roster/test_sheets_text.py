"""Text files: whatever their letters, signs and line ends, every row is a record or told."""

import csv
import time

import pytest

from organiser.roster.sheets import (
    ENCODINGS,
    SENTENCES,
    CautionKind,
    Refusal,
    SkipReason,
    Unreadable,
    read_sheet,
)
from organiser.roster.sheets.limits import MAX_BROKEN_QUOTES, MAX_BYTES
from tests.sheets.making import ASA, HEADINGS, MARTA, OSTEN, PEOPLE, text_of

LIST = text_of((HEADINGS, *PEOPLE))


def cells(content: bytes) -> list[tuple[str, ...]]:
    return [record.cells for record in read_sheet(content).records]


def refusal(content: bytes, name: str = "lista.csv") -> Refusal:
    with pytest.raises(Unreadable) as caught:
        read_sheet(content, name)
    return caught.value.kind


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_list_reads_the_same_in_every_encoding_delimiter_and_line_end(
    encoding: str, delimiter: str, end: str
) -> None:
    sheet = read_sheet(text_of((HEADINGS, *PEOPLE), delimiter, end).encode(encoding))
    assert (sheet.encoding, sheet.delimiter, sheet.sheet_name) == (encoding, delimiter, None)
    assert (sheet.headings, sheet.header_line) == (HEADINGS, 1)
    assert [(record.line, record.cells) for record in sheet.records] == list(enumerate(PEOPLE, start=2))
    assert not sheet.warnings
    assert not sheet.skipped


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf16_is_known_without_its_mark(codec: str) -> None:
    sheet = read_sheet(LIST.encode(codec))
    assert sheet.encoding == "utf-16"
    assert [record.cells for record in sheet.records] == list(PEOPLE)


def test_somebody_who_knows_the_encoding_better_is_believed() -> None:
    assert read_sheet(LIST.encode("cp1252"), encoding="mac_roman").records[0].cells[1] != "Åsa"
    with pytest.raises(ValueError, match="utf-7"):
        read_sheet(LIST.encode(), encoding="utf-7")


def test_utf7_stays_as_it_is_written() -> None:
    content = LIST.encode("utf-7")
    assert read_sheet(content).records[0].cells[1] == "+AMU-sa"


def test_a_few_damaged_bytes_do_not_turn_utf8_into_something_else() -> None:
    sheet = read_sheet(LIST.encode().replace("Märta".encode(), b"M\xffrta"))
    assert sheet.encoding == "utf-8"
    assert sheet.records[0].cells == ASA
    (caution,) = sheet.warnings
    assert (caution.kind, caution.line, caution.column, caution.text) == (
        CautionKind.UNDECODABLE,
        4,
        "Förnamn",
        "M\ufffdrta",
    )


def test_letters_damaged_before_the_file_came_to_us_are_told() -> None:
    sheet = read_sheet(LIST.encode().decode("cp1252", errors="ignore").encode())
    kinds = {(caution.kind, caution.line, caution.column) for caution in sheet.warnings}
    assert (CautionKind.DAMAGED_LETTERS, 4, "FÃ¶rnamn") in kinds
    assert len(sheet.records) == len(PEOPLE)


def test_letters_that_an_encoding_lost_are_told_in_names_only() -> None:
    rows = (
        ("Förnamn", "Efternamn", "Anmärkning"),
        ("Ma?gorzata", "?ahin", "ring när?Nu"),
        ("Eva", "Ek?", "?"),
    )
    sheet = read_sheet(text_of(rows).encode("cp1252"))
    assert [(caution.kind.value, caution.line, caution.text) for caution in sheet.warnings] == [
        ("lost_letters", 2, "Ma?gorzata"),
        ("lost_letters", 2, "?ahin"),
        ("lost_letters", 3, "Ek?"),
    ]


def test_decimal_commas_do_not_decide_the_delimiter() -> None:
    rows = [(*HEADINGS, "Avgift"), *((*person, "12,50") for person in PEOPLE)]
    sheet = read_sheet("\r\n".join(";".join(row) for row in rows).encode())
    assert sheet.delimiter == ";"
    assert sheet.records[0].cells[-1] == "12,50"


def test_names_with_commas_stand_in_a_list_with_one_column_too() -> None:
    sheet = read_sheet("Namn\nÖberg, Åsa\nvon Essen, Östen\n".encode())
    assert [record.cells for record in sheet.records] == [("Öberg, Åsa",), ("von Essen, Östen",)]


def test_a_file_name_decides_only_where_nothing_else_does() -> None:
    assert read_sheet(b"Namn\nEva\n", "lista.tsv").delimiter == "\t"
    assert read_sheet(LIST.encode(), "lista.tsv").delimiter == ";"


@pytest.mark.parametrize("first", ["sep=|\r\n", "SEP=|\n", '"sep=|"\r\n'])
def test_a_first_line_that_names_the_delimiter_is_obeyed_and_has_no_row_number(first: str) -> None:
    sheet = read_sheet((first + text_of((HEADINGS, *PEOPLE), "|")).encode())
    assert (sheet.delimiter, sheet.header_line, sheet.records[0].line) == ("|", 1, 2)


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85", "\v", "\f"])
def test_no_other_sign_ends_a_line(sign: str) -> None:
    rows = (HEADINGS, (*ASA[:5], f"Falun{sign}norra"), OSTEN)
    assert cells(text_of(rows, end="\n").encode())[0][5] == f"Falun{sign}norra"


def test_lines_are_counted_as_the_spreadsheet_counts_them() -> None:
    text = (
        text_of((HEADINGS, (*ASA[:5], "Falun\nnorra\r\nsidan")))
        + "\r\n;;;;;\r\n"
        + text_of((OSTEN,))
        + "\r\n\r\n"
    )
    sheet = read_sheet(text.encode())
    assert [record.line for record in sheet.records] == [2, 5]
    assert [(skipped.line, skipped.why) for skipped in sheet.skipped] == [
        (3, SkipReason.BLANK),
        (4, SkipReason.BLANK),
    ]


def test_the_old_end_of_file_sign_is_no_row() -> None:
    assert cells(LIST.encode() + b"\x1a") == list(PEOPLE)


def test_nul_is_removed_and_told() -> None:
    sheet = read_sheet(LIST.replace("Öberg", "Ö\0berg").encode())
    assert sheet.records[0].cells == ASA
    assert [(caution.kind, caution.line, caution.column) for caution in sheet.warnings] == [
        (CautionKind.NUL_REMOVED, 2, "Efternamn")
    ]


def test_headings_are_found_under_titles_comments_and_group_headings() -> None:
    above = "# uttag;2024\nMedlemslista Exempel\n\n;Person;;Kontakt;;\n"
    sheet = read_sheet((above + text_of((HEADINGS, *PEOPLE))).encode())
    assert (sheet.header_line, sheet.headings) == (5, HEADINGS)
    assert [skipped.why.value for skipped in sheet.skipped] == ["comment", "title", "blank", "title"]


def test_headings_nobody_knows_are_still_headings() -> None:
    sheet = read_sheet(b"Flurb;Blarg\n1;2\n3;4\n")
    assert sheet.headings == ("Flurb", "Blarg")
    assert [record.cells for record in sheet.records] == [("1", "2"), ("3", "4")]


def test_a_status_that_is_also_a_heading_makes_no_headings_of_a_member() -> None:
    sheet = read_sheet("Nr;Kallas;Läge\n0022314;Åsa;Medlem\n0022315;Bo;Medlem\n".encode())
    assert sheet.headings == ("Nr", "Kallas", "Läge")


def test_a_list_without_headings_is_refused() -> None:
    assert refusal(text_of(PEOPLE).encode()) is Refusal.NO_HEADINGS
    assert refusal(b"hej\nhopp\n") is Refusal.NO_HEADINGS


def test_sums_comments_and_headings_printed_again_are_passed_over() -> None:
    rows = (
        HEADINGS,
        ASA,
        ("Summa Falun", "", "1", "", "", ""),
        HEADINGS,
        OSTEN,
        ("Antal: 1", "", "", "", "", ""),
        ("# Ludvika", "", "", "", "", ""),
        MARTA,
        ("", "Totalt", "3", "1 250,00", "", ""),
    )
    sheet = read_sheet(text_of(rows).encode())
    assert [record.line for record in sheet.records] == [2, 5, 8]
    assert [(skipped.line, skipped.why.value) for skipped in sheet.skipped] == [
        (3, "subtotal"),
        (4, "repeated_heading"),
        (6, "subtotal"),
        (7, "comment"),
        (9, "subtotal"),
    ]


@pytest.mark.parametrize(
    "person", [("Summa", "0701740605"), ("Total", "anna@example.org"), ("Antal", "Anna"), ("Totaltsson", "3")]
)
def test_a_member_whose_name_means_a_sum_stays_a_member(person: tuple[str, str]) -> None:
    assert cells(text_of((("Efternamn", "Telefon"), person)).encode()) == [person]


def test_rows_too_short_and_too_long_are_told_and_a_sign_at_the_end_shifts_nothing() -> None:
    text = "Namn;Telefon;Ort\nEva\nBo;1;Falun;\nIda;2;Mora;;ring kvällstid\n"
    short, plain, long = read_sheet(text.encode()).records
    assert (short.cells, short.short, short.extra) == (("Eva", "", ""), True, ())
    assert (plain.cells, plain.short, plain.extra) == (("Bo", "1", "Falun"), False, ())
    assert (long.cells, long.extra) == (("Ida", "2", "Mora"), ("ring kvällstid",))


def test_empty_columns_without_a_name_are_dropped_and_filled_ones_kept() -> None:
    sheet = read_sheet(b";Namn;;Telefon;;\n;Eva;x;1;;\n;Bo;;2;;\n")
    assert sheet.headings == ("Namn", "", "Telefon")
    assert [record.cells for record in sheet.records] == [("Eva", "x", "1"), ("Bo", "", "2")]


@pytest.mark.parametrize("place", [1, 2, 3])
def test_a_quotation_mark_that_is_never_closed_swallows_no_row(place: int) -> None:
    lines = LIST.splitlines()
    lines[place] = lines[place].rpartition(";")[0] + ';"Säter'
    sheet = read_sheet("\r\n".join(lines).encode())
    assert [record.line for record in sheet.records] == [2, 3, 4]
    assert sheet.records[place - 1].cells[5] == '"Säter'
    assert [(caution.kind, caution.line) for caution in sheet.warnings] == [
        (CautionKind.BROKEN_QUOTE, place + 1)
    ]


def test_a_quotation_mark_closed_rows_later_swallows_no_row_either() -> None:
    lines = [";".join(HEADINGS), *(";".join(person) for person in PEOPLE)]
    lines[1] = lines[1].replace("Falun", '"Falun')
    lines[3] = lines[3].replace("Ludvika", 'Ludvika"')
    sheet = read_sheet("\n".join(lines).encode())
    assert [record.line for record in sheet.records] == [2, 3, 4]
    assert sheet.records[1].cells == OSTEN
    assert [caution.line for caution in sheet.warnings] == [2]


def test_marks_escaped_with_a_backslash_are_understood() -> None:
    text = text_of((HEADINGS, OSTEN)) + 'M1;"Åsa \\"Å\\" B";Öberg;070-1740605;asa@example.org;Falun\r\n'
    sheet = read_sheet(text.encode())
    assert sheet.records[1].cells[1] == 'Åsa "Å" B'
    assert not sheet.warnings


def test_marks_inside_a_name_are_letters() -> None:
    sheet = read_sheet(b'Namn;Telefon\nEva "Evis" Ek;1\n"Bo ""Bosse"" Ek";2\n')
    assert [record.cells[0] for record in sheet.records] == ['Eva "Evis" Ek', 'Bo "Bosse" Ek']


def test_a_file_full_of_broken_marks_is_refused_before_it_costs_time() -> None:
    text = "Namn;Telefon\n" + 'x";"z\n' * 200_000
    before = time.perf_counter()
    assert refusal(text.encode()) is Refusal.BROKEN_QUOTES
    assert time.perf_counter() - before < 5
    few = "Namn;Telefon\n" + 'Eva;"1\n' * MAX_BROKEN_QUOTES
    assert len(read_sheet(few.encode()).records) == MAX_BROKEN_QUOTES


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", Refusal.EMPTY),
        (b"\xef\xbb\xbf\r\n\r\n  \n", Refusal.EMPTY),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), Refusal.PICTURE),
        (b"\xff\xd8\xff\xe0" + bytes(50), Refusal.PICTURE),
        (b"%PDF-1.7\n%\xe2\xe3", Refusal.PDF),
        (b"\x7fELF" + bytes(50), Refusal.PROGRAM),
        (b"MZ\x90\0\3" + bytes(50), Refusal.PROGRAM),
        (b"\x1f\x8b\x08" + bytes(50), Refusal.ARCHIVE),
        (b'[{"namn": "Eva"}]', Refusal.JSON),
        (b'\xef\xbb\xbf {\n "namn": "Eva"}', Refusal.JSON),
        (b"<!DOCTYPE html><html><table>", Refusal.HTML),
        ("\ufeff<table><tr><td>Namn".encode("utf-16-le"), Refusal.HTML),
        (b'<?xml version="1.0"?><html xmlns="x">', Refusal.HTML),
        (b'<?xml version="1.0"?><medlemmar/>', Refusal.XML),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
            Refusal.XML_2003,
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(50), Refusal.NOT_TEXT),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), Refusal.OLD_EXCEL),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), Refusal.PASSWORD),
        (bytes(range(256)) * 8, Refusal.NOT_TEXT),
        (b"Namn;Telefon\n" + b"x" * MAX_BYTES, Refusal.TOO_LARGE),
        (b"Namn;Telefon\nEva;" + b"1" * 131_073, Refusal.CELL_TOO_LONG),
        (b"Namn;Telefon\n" + b"a;1\n" * 200_001, Refusal.TOO_MANY_ROWS),
        (b"Namn;Telefon\n" + b"\n" * 1_048_577 + b"a;1", Refusal.TOO_MANY_ROWS),
        (b";".join(b"Namn%d" % number for number in range(300)) + b"\n", Refusal.NO_HEADINGS),
        (b"Namn;" + b";".join(b"kol%d" % number for number in range(300)) + b"\n", Refusal.TOO_MANY_COLUMNS),
    ],
    ids=lambda value: value.value if isinstance(value, Refusal) else "",
)
def test_what_is_no_list_is_refused_by_its_content_whatever_its_name(content: bytes, kind: Refusal) -> None:
    assert refusal(content) is kind


def test_every_refusal_has_a_sentence() -> None:
    assert set(SENTENCES) == set(Refusal)
    assert all(sentence.endswith(".") for sentence in SENTENCES.values())
    assert Unreadable(Refusal.PDF).sentence == SENTENCES[Refusal.PDF]


def test_a_cell_that_begins_like_another_kind_of_file_does_not_make_it_one() -> None:
    assert cells(text_of((("Namn", "<table>", "[1]"), ("{", "MZ", "%PDF-"))).encode()) == [
        ("{", "MZ", "%PDF-")
    ]


def test_one_line_of_two_megabytes_costs_no_time() -> None:
    before = time.perf_counter()
    assert refusal(b"a" * 2_000_000) is Refusal.CELL_TOO_LONG
    assert refusal(b"a;" * 1_000_000) is Refusal.NO_HEADINGS
    assert time.perf_counter() - before < 2


def test_a_district_reads_in_a_blink() -> None:
    rows = (HEADINGS, *(PEOPLE[number % 3] for number in range(1_200)))
    content = text_of(rows, quoting=csv.QUOTE_ALL).encode("cp1252")
    read_sheet(content)
    before = time.perf_counter()
    assert len(read_sheet(content).records) == 1_200
    assert time.perf_counter() - before < 0.3
