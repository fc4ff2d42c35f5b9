"""Make the bytes of member lists: text in any dress, workbooks by a library, workbooks by hand."""

import csv
from collections.abc import Callable, Sequence
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter

HEADINGS = ("Medlemsnummer", "Förnamn", "Efternamn", "Telefon", "E-post", "Förening")
ASA = ("M1", "Åsa", "Öberg", "070-1740605", "asa@example.org", "Falun")
OSTEN = ("M2", "Östen", "von Essen", "070-1740606", "osten@example.org", "Borlänge")
MARTA = ("M3", "Märta", "Ahmed", "070-1740607", "marta@example.org", "Ludvika")
PEOPLE = (ASA, OSTEN, MARTA)

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def text_of(
    rows: Sequence[Sequence[str]], delimiter: str = ";", end: str = "\r\n", quoting: int = csv.QUOTE_MINIMAL
) -> str:
    """Rows as the csv library writes them."""
    buffer = StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows(rows)  # type: ignore[arg-type]
    return buffer.getvalue()


def workbook(fill: Callable[[Any, Any], None], *, since_1904: bool = False) -> bytes:
    """A workbook whose sheets `fill(book, first_sheet)` writes."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"strings_to_formulas": False, "strings_to_urls": False, "date_1904": since_1904}
    )
    fill(book, book.add_worksheet("Medlemmar"))
    book.close()
    return buffer.getvalue()


def workbook_of(rows: Sequence[Sequence[object]]) -> bytes:
    """A workbook with these rows from A1."""

    def fill(_book: Any, sheet: Any) -> None:
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)

    return workbook(fill)


def raw_workbook(sheet: str, *, more: dict[str, str] | None = None) -> bytes:
    """A workbook around the XML of one sheet, for what no library would write."""
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1"'
        f' Type="{RELATION}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATION}"><sheets>'
        '<sheet name="Medlemmar" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1"'
        f' Type="{RELATION}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": sheet,
        **(more or {}),
    }
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def sheet_xml(cells: str, before: str = "", after: str = "") -> str:
    """The XML of a sheet: rows, and what stands before and after them."""
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{cells}</sheetData>{after}</worksheet>'


def row_xml(number: int, texts: Sequence[str]) -> str:
    """One row of texts, from column A."""
    cells = "".join(
        f'<c r="{chr(ord("A") + place)}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
        for place, text in enumerate(texts)
    )
    return f'<row r="{number}">{cells}</row>'
