"""Words as people write them: kept in their form, found without their accents, sorted the Swedish way."""

import re
import unicodedata
from functools import lru_cache

LONGEST_SORT_KEY = 200
"""Characters; an index of PostgreSQL refuses keys of some thousand bytes."""

_JOINERS = "\u200c\u200d"  # Persian and Hindi names need them
_HEADING_NOISE = re.compile(r"[\"'“”„»«‘’´`*:\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_HEADING_GAPS = re.compile(r"[\s._/–—-]+")
_LIKE_LETTERS = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ß": "ss"}
    | {"Ø": "O", "Æ": "AE", "Œ": "OE", "Ł": "L", "Đ": "D", "Ð": "D", "Þ": "TH"},
)
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼʻ`´′"))
_SORTED_AS = {
    "å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}", "ő": "}", "œ": "}",
    "ü": "y", "ű": "y", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ß": "ss",
}  # fmt: skip


def squeeze(text: str) -> str:
    """One line as it should be kept: composed letters (NFC), single blanks, no direction marks or other
    invisible signs. What cannot be stored (half characters) shows as U+FFFD instead of vanishing.
    """
    plain = " ".join(text.split())
    if not plain.isprintable():
        plain = " ".join("".join(map(_visible, plain)).split())
    return plain if plain.isascii() else unicodedata.normalize("NFC", plain)


def squeeze_lines(text: str) -> str:
    """The same for a text of several lines, which keeps its line breaks; blank lines at the ends go."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(map(squeeze, lines)).strip("\n")


def search_key(*parts: str) -> str:
    """What a search compares: one line without case, accents, hyphens or apostrophes; "ange" finds "Ånge"."""
    return _folded(" ".join(part for part in parts if part))


def sort_key(last: str, first: str = "") -> str:
    """An ASCII key whose plain byte order is the Swedish order of names: ... z å ä ö, blind to case, é as e
    and ü as y. A short family name comes before a longer one that begins the same.
    """
    return f"{_ordered(last)} {_ordered(first)}"[:LONGEST_SORT_KEY]


def fold_heading(text: str) -> str:
    """A column heading as it is compared: no case, quotes, stars, colons; one blank a gap; å ä ö stay."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return _HEADING_GAPS.sub(" ", _HEADING_NOISE.sub("", plain)).strip()


def without_accents(text: str) -> str:
    """The same letters without their marks: å and ä become a, ø becomes o; case stays."""
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFKD", text.translate(_LIKE_LETTERS))
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


@lru_cache(maxsize=8192)
def _folded(text: str) -> str:
    plain = without_accents(unicodedata.normalize("NFKC", text).casefold()).translate(_APOSTROPHES)
    return " ".join("".join(map(_gap_or_letter, plain)).split())


def _gap_or_letter(letter: str) -> str:
    kind = unicodedata.category(letter)
    if kind == "Pd":
        return " "
    return "" if kind in ("Cf", "Mn") else letter


@lru_cache(maxsize=8192)
def _ordered(text: str) -> str:
    composed = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).casefold())
    return "".join(map(_place, composed.translate(_APOSTROPHES))).strip("!")


@lru_cache(maxsize=4096)
def _place(letter: str) -> str:
    """Where one letter stands: gaps before digits before letters, other alphabets after ö."""
    known = _SORTED_AS.get(letter)
    if known is not None:
        return known
    base = without_accents(letter)
    if base.isascii():
        return "".join(sign if sign.isalnum() else "!" for sign in base)
    return f"~{ord(letter):05x}" if letter.isalnum() else "!"


def _visible(letter: str) -> str:
    kind = unicodedata.category(letter)
    if kind in ("Cc", "Zs", "Zl", "Zp"):
        return " "
    if kind == "Cf":
        return letter if letter in _JOINERS else ""
    return "\N{REPLACEMENT CHARACTER}" if kind in ("Cs", "Cn") else letter
