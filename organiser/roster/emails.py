"""E-mail addresses: one per member, checked by their form and never by asking the network."""

import re
from functools import lru_cache
from typing import NamedTuple

from email_validator import EmailNotValidError, validate_email

from organiser.roster.problems import ProblemKind
from organiser.roster.words import NOTHING_SAID

LONGEST_EMAIL = 254
_LONGEST_CELL = 600
_LONGEST_LOCAL = 64

_PLAIN_LOCAL = re.compile(r"[A-Za-z0-9]+(?:[._+-][A-Za-z0-9]+)*")
_BETWEEN = re.compile(r"[;,|\s]+|/(?=\S{1,64}@)")
_IN_ANGLES = re.compile(r"<([^<>\s]{3,254})>")
_LABEL = re.compile(r"(?:mailto|e-?post|e-?mail|mail|mejl) ?[:=] ?", re.IGNORECASE)


class EmailRead(NamedTuple):
    """The first address of a cell that can be one, and what is to be told."""

    address: str = ""
    problem: ProblemKind | None = None


NOTHING = EmailRead()
NOT_VALID = EmailRead(problem=ProblemKind.EMAIL_NOT_VALID)


def read_email(text: str) -> EmailRead:
    """The address in a cell, its domain in small letters; of two the first that can be one, and told."""
    plain = text.strip()
    if address := valid_address(plain):
        return EmailRead(address)
    if not plain or plain.casefold() in NOTHING_SAID:
        return NOTHING
    return _mended(plain) if len(plain) <= _LONGEST_CELL else NOT_VALID


def valid_address(text: str) -> str:
    """The address as it is kept, or "" when it cannot be one."""
    if len(text) > LONGEST_EMAIL:
        return ""
    local, at, domain = text.partition("@")
    if len(local) > _LONGEST_LOCAL:
        return ""
    if at and _PLAIN_LOCAL.fullmatch(local):
        known = _domain(domain)
        return f"{local}@{known}" if known and len(local) + len(known) < LONGEST_EMAIL else ""
    return _checked(text) if at else ""


def _mended(plain: str) -> EmailRead:
    """Out of "mail: eva@example.com" or "Eva <eva@example.com>"; not by closing a gap inside an address."""
    if plain.count("@") == 1:
        angled = _IN_ANGLES.search(plain)
        candidate = angled[1] if angled else _LABEL.sub("", plain, count=1).strip("<>.,;:'\" ")
        address = valid_address(candidate)
        return EmailRead(address, ProblemKind.EMAIL_MENDED) if address else NOT_VALID
    parts = [part for part in _BETWEEN.split(plain) if part]
    found = [address for part in parts if (address := valid_address(part.strip("<>.'\"")))]
    return EmailRead(found[0], ProblemKind.EMAIL_SEVERAL) if found else NOT_VALID


@lru_cache(maxsize=4096)
def _domain(domain: str) -> str:
    """Members share few domains, so the library is asked once for each."""
    return _checked(f"a@{domain}")[2:]


def _checked(text: str) -> str:
    try:
        return validate_email(text, check_deliverability=False).normalized
    except EmailNotValidError:
        return ""
