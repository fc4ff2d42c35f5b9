"""Passwords: kept as argon2id, compared the same way however å, ä and ö were typed, the commonest refused."""

import re
import unicodedata
from enum import StrEnum

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

SHORTEST = 8
LONGEST = 256
FEW_SIGNS = 3  # aaaabbbb, 12121212
LONG_NUMBER = 12  # shorter ones are birthdays and telephone numbers
ROOTS = frozenset(
    """
    abc abcd abcdef admin administrator apple asdf asdfgh asdfghjk asdfghjkl baseball batman
    changeme charlie choklad computer dator demo dragon fotboll football freedom fredag gast guest
    hacker hejsan hejhej hemlig hemligt hockey host iloveyou jordgubbe karlek katten killen kontakt
    letmein login losen losenord lovely mandag master medlem michael midsommar monkey mormor morfar
    mustang news october oktober organisation parti partiet passw pass password passwd pokemon
    princess qazwsx qwer qwert qwerty qwertyui qwertyuiop ringlista secret shadow sommar sommaren
    starwars stockholm sunshine superman sverige sweden test testing trustno user valaret valet
    valkommen vinter vintern var varen hosten welcome winter summer spring autumn zaqwsx zxcv zxcvbn
    zxcvbnm goteborg malmo uppsala dalarna
    """.split()  # noqa: SIM905  # eighty words read better than eighty quotes
)
ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiopasdfghjklzxcvbnm")
_hasher = PasswordHasher()  # argon2id, the library's own costs (RFC 9106, low memory)
_nobody = _hasher.hash("nobody has this password")


class Weakness(StrEnum):
    """Why a password is refused."""

    SHORT = "short"
    LONG = "long"
    COMMON = "common"
    OWN = "own"


def hashed(password: str) -> str:
    """What is stored."""
    return _hasher.hash(_plain(password))


def matches(stored: str | None, password: str) -> bool:
    """Whether this is the password; takes as long where there is none to compare with."""
    try:
        _hasher.verify(stored or _nobody, _plain(password))
    except (VerifyMismatchError, InvalidHashError):
        return False
    return stored is not None


def is_dated(stored: str) -> bool:
    """Whether it was hashed with other costs than we use now."""
    return _hasher.check_needs_rehash(stored)


def weakness(password: str, *about: str) -> Weakness | None:
    """Why it would be guessed, if it would: short, a common word with figures, one's own name or address."""
    plain = _plain(password)
    if len(plain) < SHORTEST:
        return Weakness.SHORT
    if len(password) > LONGEST:
        return Weakness.LONG
    low = _letters(plain)
    if _is_common(low):
        return Weakness.COMMON
    own = {_letters(part) for words in about for part in (words, *re.split(r"[\s@]+", words)) if part}
    return Weakness.OWN if _core(low) in {_core(word) for word in own} else None


def _plain(password: str) -> str:
    return unicodedata.normalize("NFKD", password)


def _letters(text: str) -> str:
    spelt = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in spelt if not unicodedata.combining(sign))


def _core(low: str) -> str:
    """Without the figures and signs people put before and after a word, and with @ and 0 read as letters."""
    word = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", low)
    return re.sub(r"[\W_]", "", word.translate(str.maketrans("@013$5", "aoiess")))


def _is_common(low: str) -> bool:
    core = _core(low)
    doubled = core[: len(core) // 2]
    known = core in ROOTS or (doubled in ROOTS and core == doubled * 2)
    runs = any(part in row + "|" + row[::-1] for row in ROWS for part in (low, core) if part)
    few = len(set(low)) <= FEW_SIGNS or (low.isdigit() and len(low) <= LONG_NUMBER)
    return known or runs or few
