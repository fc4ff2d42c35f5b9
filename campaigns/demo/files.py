"""The files an organiser would have: a register's export, a spreadsheet kept by hand, the export later on."""

import csv
import io
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from campaigns.demo.person import Person, bare_letters
from campaigns.demo.phones import written
from campaigns.demo.places import PARTY
from campaigns.demo.registers import SEED, draw
from campaigns.demo.workbook import write_workbook

Cell = Callable[[Person], str]


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _yes(answer: bool) -> str:  # noqa: FBT001 - a yes or a no is what it writes
    return "Ja" if answer else "Nej"


def _postcode(person: Person) -> str:
    return f"{person.postcode[:3]} {person.postcode[3:]}".strip()


def _phone(number: str, person: Person) -> str:
    return written(number, person.hand) if number else ""


def _or_scribble(field: str, truth: Cell) -> Cell:
    return lambda person: person.scribbles[field] if field in person.scribbles else truth(person)


_CELLS: dict[str, Cell] = {
    "number": lambda person: person.number,
    "first": _or_scribble("first", lambda person: person.first),
    "last": _or_scribble("last", lambda person: person.last),
    "born": _or_scribble("born", lambda person: _day(person.born)),
    "gender": lambda person: person.gender,
    "co": lambda person: person.co,
    "street": lambda person: person.street,
    "postcode": _or_scribble("postcode", _postcode),
    "town": lambda person: person.town,
    "home": lambda person: _phone(person.home, person),
    "mobile": _or_scribble("mobile", lambda person: _phone(person.mobile, person)),
    "email": _or_scribble("email", lambda person: person.email),
    "association": _or_scribble("association", lambda person: f"{PARTY} {person.association}"),
    "joined_on": lambda person: _day(person.joined_on),
    "paid_until": lambda person: _day(person.paid_until),
    "left_on": lambda person: _day(person.left_on),
    "status": lambda person: person.status,
    "do_not_call": lambda person: _yes(person.do_not_call),
    "protected": lambda person: "Ja" if person.protected else "",
    "note": lambda person: person.note,
}
_FIRST_EXPORT = {
    "Medlemsnr": "number",
    "Förnamn": "first",
    "Efternamn": "last",
    "Födelsedatum": "born",
    "Kön": "gender",
    "C/o": "co",
    "Gatuadress": "street",
    "Postnr": "postcode",
    "Postort": "town",
    "Telefon hem": "home",
    "Mobiltelefon": "mobile",
    "E-post": "email",
    "Partiförening": "association",
    "Medlem sedan": "joined_on",
    "Betalt t.o.m.": "paid_until",
    "Status": "status",
    "Spärr telefon": "do_not_call",
    "Skyddad identitet": "protected",
    "Anmärkning": "note",
}
_LATER_EXPORT = {
    "Medlemsnr": "number",
    "Efternamn": "last",
    "Förnamn": "first",
    "Födelsedatum": "born",
    "Kön": "gender",
    "Partiförening": "association",
    "Mobil": "mobile",
    "Telefon hem": "home",
    "E-postadress": "email",
    "C/o": "co",
    "Gatuadress": "street",
    "Postnummer": "postcode",
    "Postort": "town",
    "Medlem sedan": "joined_on",
    "Betald till": "paid_until",
    "Utträdesdatum": "left_on",
    "Status": "status",
    "Spärr telefon": "do_not_call",
    "Skyddad identitet": "protected",
    "Anmärkning": "note",
}


def write_files(folder: Path, *, today: date, seed: int = SEED) -> list[Path]:
    """Writes dalarna.csv, vasternorrland.xlsx (both a quarter old) and dalarna_senare.csv (as of `today`).

    Same day and seed, same bytes. The paths in `folder` come back in that order; files of these names are
    written over.
    """
    registers = draw(today, seed)
    folder.mkdir(parents=True, exist_ok=True)
    first, sheet, later = (
        folder / name for name in ("dalarna.csv", "vasternorrland.xlsx", "dalarna_senare.csv")
    )
    first.write_bytes(_export(_FIRST_EXPORT, registers.dalarna))
    write_workbook(sheet, registers.vasternorrland, registers.drawn_on, seed)
    later.write_bytes(_export(_LATER_EXPORT, registers.dalarna_later))
    return [first, sheet, later]


def _export(headings: dict[str, str], people: Iterable[Person]) -> bytes:
    """A semicolon file as an older Swedish register writes it: cp1252 and CRLF."""
    out = io.StringIO()
    table = csv.writer(out, delimiter=";", lineterminator="\r\n")
    table.writerow(headings)
    table.writerows([_CELLS[field](person) for field in headings.values()] for person in people)
    return "".join(map(_old_letter, out.getvalue())).encode("cp1252")


def _old_letter(letter: str) -> str:
    """The letter itself, or the nearest one that cp1252 has."""
    try:
        letter.encode("cp1252")
    except UnicodeEncodeError:
        return bare_letters(letter)
    return letter
