"""What people write in a phone column: one number or two, and words such as "hem" or "ring efter 17"."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from organiser.core.phone import (
    NotAPhoneNumber,
    PhoneFault,
    PhoneNumber,
    clean_number,
    quick_mobile,
    read_number,
)

LONGEST_CELL = 200
"""Characters; a longer cell is told and not looked into."""
MOST_NUMBERS = 5

_SAYS_NONE = frozenset({
    "-", "--", "–", "—", ".", "?", "x", "0", "nej", "ej", "ingen", "inget", "inga", "saknas", "okänd",
    "okänt", "uppgift saknas", "vet ej", "har ingen", "ej telefon", "ingen telefon", "none", "null", "n/a",
    "#n/a", "#saknas!",
})  # fmt: skip
_BETWEEN = re.compile(r"[,;/|&]|\b(?:eller|och|el|or|and|alt)\b", re.IGNORECASE)
_RUN = re.compile(r"[+(]*\d(?:[\d\s()./–—-]*\d)?")
_WORDS = re.compile(r"[\w\s().,:;!?'’&/–-]+")
_A_NUMBER, _PART_OF_ONE, _TWO_NUMBERS = 7, 5, 14  # digits


class PhonesRead(NamedTuple):
    """The numbers of a cell, the words beside them, and what is to be told about it."""

    numbers: tuple[PhoneNumber, ...] = ()
    note: str = ""
    problem: PhoneFault | None = None

    @property
    def mended(self) -> bool:
        """Something is told, but it cost no number."""
        return bool(self.numbers) and self.problem not in (None, PhoneFault.PARTLY)


NOTHING = PhonesRead()


def read_phones(cell: str) -> PhonesRead:
    """Every number of one cell, as E.164, Swedish unless it says otherwise; nothing here ever raises."""
    if quick := quick_mobile(cell):
        return PhonesRead((quick,))
    if not cell or cell.isspace():
        return NOTHING
    if len(cell) > LONGEST_CELL:
        return PhonesRead(problem=PhoneFault.TOO_LONG)
    plain = clean_number(cell)
    if plain.casefold() in _SAYS_NONE:
        return PhonesRead(problem=PhoneFault.SAYS_NONE)
    parts = _BETWEEN.split(plain)
    if sum(_digits(part) >= _A_NUMBER for part in parts) > 1:
        return _several(parts)
    read = _one(plain) if plain else NOTHING
    halves = sum(_digits(part) >= _PART_OF_ONE for part in parts) > 1
    return _several(parts) if halves and not read.numbers else read


def _one(text: str) -> PhonesRead:
    try:
        number, mended = read_number(text)
    except NotAPhoneNumber as refusal:
        return _beside_words(text) or _two_in_a_row(text) or PhonesRead(problem=refusal.fault)
    return PhonesRead((number,), "", mended)


def _several(parts: Sequence[str]) -> PhonesRead:
    reads = [_one(part.strip()) for part in parts if _digits(part) >= _PART_OF_ONE]
    words = [part.strip(" ()[]") for part in parts if _digits(part) < _PART_OF_ONE]
    numbers = tuple(dict.fromkeys(number for read in reads for number in read.numbers))[:MOST_NUMBERS]
    if not numbers:
        return PhonesRead(problem=reads[0].problem)
    note = ", ".join(filter(None, [*(read.note for read in reads), *words]))
    complete = all(read.numbers for read in reads)
    return PhonesRead(numbers, note, PhoneFault.SEVERAL if complete else PhoneFault.PARTLY)


def _beside_words(text: str) -> PhonesRead | None:
    """The words in "070-174 06 05 (hem)" are kept; letters grown together with the digits are no words."""
    run = max(_RUN.finditer(text), key=lambda found: _digits(found[0]), default=None)
    if run is None:
        return None
    before, after = text[: run.start()], text[run.end() :]
    note = f"{before.strip()} {after.strip()}".strip(" ()[].,:;/–-")
    if before[-1:].isalpha() or after[:1].isalpha() or not _WORDS.fullmatch(note):
        return None
    try:
        number, _ = read_number(run[0])
    except NotAPhoneNumber:
        return None
    return PhonesRead((number,), note, PhoneFault.WITH_WORDS)


def _two_in_a_row(text: str) -> PhonesRead | None:
    """Two numbers with only a blank between them, if there is one way to part them."""
    if _digits(text) < _TWO_NUMBERS:
        return None
    pairs = {
        pair for gap in re.finditer(" ", text) if (pair := _pair(text[: gap.start()], text[gap.end() :]))
    }
    return PhonesRead(pairs.pop(), "", PhoneFault.SEVERAL) if len(pairs) == 1 else None


def _pair(left: str, right: str) -> tuple[PhoneNumber, PhoneNumber] | None:
    try:
        return read_number(left)[0], read_number(right)[0]
    except NotAPhoneNumber:
        return None


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text))
