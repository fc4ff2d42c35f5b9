"""The spreadsheet a district keeps by hand: titles, merged cells, subtotals, numbers that lost their zero."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from random import Random

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from campaigns.demo.dice import dice
from campaigns.demo.person import Person
from campaigns.demo.phones import written

SHEET = "Medlemmar"
HEADINGS = (
    "Partiförening",
    "Medlemsnr",
    "Namn",
    "Född",
    "Adress",
    "Postnr",
    "Ort",
    "Telefon",
    "E-post",
    "Medlem sedan",
    "Betalt t.o.m.",
    "Får ringas",
    "Kommentar",
    "Kod",
)
_GROUPS = (("B4:D4", "Person"), ("E4:G4", "Adress"), ("H4:I4", "Kontakt"), ("J4:M4", "Medlemskap"))
_FIRST_ROW = 5
_EXCEL_DAY_ZERO = date(1899, 12, 30)
_CODE = len(HEADINGS) - 1
_POSTCODE_AS_FIGURES, _PHONE_AS_FIGURES, _TOWN_IN_CAPITALS = 0.8, 0.67, 0.3
_BARE_DAY, _SIX_DIGITS = 0.03, 0.05


@dataclass(frozen=True, slots=True)
class _Looks:
    bold: Format
    centred: Format
    day: Format
    long_day: Format


def write_workbook(path: Path, people: Iterable[Person], drawn_on: date, seed: int) -> None:
    """Writes the people to `path`, sorted, an association at a time; same input, same bytes."""
    rng = dice(seed, "workbook")
    book = xlsxwriter.Workbook(
        path, {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book.set_properties({"created": datetime.combine(drawn_on, time(), UTC)})
    looks = _Looks(
        bold=book.add_format({"bold": True}),
        centred=book.add_format({"bold": True, "align": "center"}),
        day=book.add_format({"num_format": "yyyy-mm-dd"}),
        long_day=book.add_format({"num_format": "d mmm yyyy"}),
    )
    book.add_worksheet("Läs mig").write(
        0, 0, "Medlemmarna står på nästa blad. Listan får inte lämnas vidare."
    )
    sheet = book.add_worksheet(SHEET)
    _titles(sheet, looks, drawn_on)
    _rows(sheet, looks, people, rng)
    book.close()


def _titles(sheet: Worksheet, looks: _Looks, drawn_on: date) -> None:
    sheet.merge_range("A1:M1", "Medlemslista Västernorrland", looks.bold)
    sheet.write(1, 0, "Utskriven")
    sheet.write_datetime(1, 2, drawn_on, looks.day)
    for cells, text in _GROUPS:
        sheet.merge_range(cells, text, looks.centred)
    sheet.write_row(_FIRST_ROW - 1, 0, HEADINGS, looks.bold)
    sheet.set_column(_CODE, _CODE, None, None, {"hidden": True})
    sheet.freeze_panes(_FIRST_ROW, 3)


def _rows(sheet: Worksheet, looks: _Looks, people: Iterable[Person], rng: Random) -> None:
    """Each association: its name in one merged cell, its members, a subtotal, an empty row; last a total."""
    row, total = _FIRST_ROW, 0
    for association, members in groupby(
        sorted(people, key=attrgetter("association", "last", "first")), attrgetter("association")
    ):
        start = row
        for person in members:
            _person(sheet, row, person, looks, rng)
            row += 1
        sheet.merge_range(start, 0, row - 1, 0, association)
        sheet.write(row, 0, f"Summa {association}", looks.bold)
        sheet.write(row, 2, row - start, looks.bold)
        total += row - start
        row += 2
    sheet.write(row, 0, "Totalt", looks.bold)
    sheet.write(row, 2, total, looks.bold)


def _person(sheet: Worksheet, row: int, person: Person, looks: _Looks, rng: Random) -> None:
    sheet.write_number(row, 1, int(person.number))
    sheet.write_string(row, 2, f"{person.last}, {person.first}")
    _born(sheet, row, person.born, looks, rng)
    sheet.write_string(row, 4, person.street)
    if person.postcode and rng.random() < _POSTCODE_AS_FIGURES:
        sheet.write_number(row, 5, int(person.postcode))
    else:
        sheet.write_string(row, 5, person.postcode)
    sheet.write_string(row, 6, person.town.upper() if rng.random() < _TOWN_IN_CAPITALS else person.town)
    _phone(sheet, row, person, rng)
    sheet.write_string(row, 8, person.email)
    sheet.write_datetime(row, 9, person.joined_on, looks.long_day)
    sheet.write_datetime(row, 10, person.paid_until, looks.day)
    sheet.write_string(row, 11, "nej" if person.do_not_call else rng.choice(("ja", "ja", "Ja", "")))
    sheet.write_string(row, 12, person.note)
    sheet.write_number(row, _CODE, rng.randint(100, 999))


def _born(sheet: Worksheet, row: int, born: date | None, looks: _Looks, rng: Random) -> None:
    """Mostly a date, now and then six digits of text or the bare number Excel keeps for a day."""
    luck = rng.random()
    if born is None:
        return
    if luck < _BARE_DAY:
        sheet.write_number(row, 3, (born - _EXCEL_DAY_ZERO).days)
    elif luck < _BARE_DAY + _SIX_DIGITS:
        sheet.write_string(row, 3, f"{born:%y%m%d}")
    else:
        sheet.write_datetime(row, 3, born, looks.day)


def _phone(sheet: Worksheet, row: int, person: Person, rng: Random) -> None:
    """Two in three numbers became figures in the spreadsheet, so that the zero they began with is gone."""
    number = person.mobile or person.home
    if number and rng.random() < _PHONE_AS_FIGURES:
        sheet.write_number(row, 7, int(number))
    elif number:
        sheet.write_string(row, 7, written(number, person.hand))
