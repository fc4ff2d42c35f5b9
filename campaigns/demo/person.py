"""One invented member: what a register knows, and what someone scribbled in its place."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

MAIL_DOMAINS = ("example.com", "example.org", "example.net", "epost.example", "medlem.example")
MEMBER, UNPAID, LEFT, DECEASED = "Medlem", "Obetald", "Utträdd", "Avliden"

_LETTERS = str.maketrans({"ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i"})


@dataclass(frozen=True, slots=True)
class Person:
    """One invented member of one association. Phones are national digits; `hand` is how they are written.

    `scribbles` holds what stands in the list instead of the truth: {field: text}.
    """

    number: str
    first: str
    last: str
    gender: str
    born: date | None
    association: str
    street: str
    postcode: str
    town: str
    joined_on: date
    paid_until: date
    co: str = ""
    mobile: str = ""
    home: str = ""
    hand: int = 0
    email: str = ""
    status: str = MEMBER
    left_on: date | None = None
    do_not_call: bool = False
    protected: bool = False
    note: str = ""
    scribbles: Mapping[str, str] = field(default_factory=dict)

    @property
    def plain(self) -> bool:
        """Nothing out of the ordinary: one that the demo may still make something of."""
        return not (self.scribbles or self.protected or self.do_not_call or self.note or self.co)


def bare_letters(text: str) -> str:
    """The text in ASCII: each letter without its accents, and what has no such letter left out."""
    return unicodedata.normalize("NFKD", text.translate(_LETTERS)).encode("ascii", "ignore").decode()


def ascii_name(name: str) -> str:
    """A name as it stands in a mail address: small letters and hyphens only."""
    return "".join(letter for letter in bare_letters(name).casefold() if letter.isalnum() or letter == "-")
