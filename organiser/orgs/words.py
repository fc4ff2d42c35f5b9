"""The words for the levels and their people: the organisation's own, else the language's."""

from enum import StrEnum

from flask import g

from organiser.core.i18n import ngettext


class Word(StrEnum):
    """What an organisation may call by its own name."""

    PARTY = "party"
    DISTRICT = "district"
    ASSOCIATION = "association"
    MEMBER = "member"


def plural_key(key: Word) -> str:
    """Under which key an organisation's own plural is kept."""
    return f"{key.value}_plural"


def word(key: str, number: int = 1) -> str:
    """The word for one of them, or for ``number``: ``word("association", 2)``; small letters, no article."""
    chosen = Word(key)
    own: dict[str, str] = g.get("words") or {}
    return own.get(chosen.value if number == 1 else plural_key(chosen)) or usual(chosen, number)


def usual(key: Word, number: int = 1) -> str:
    """The reader's language's own word."""
    if key is Word.PARTY:
        return str(ngettext("party", "parties", number))
    if key is Word.DISTRICT:
        return str(ngettext("district", "districts", number))
    if key is Word.ASSOCIATION:
        return str(ngettext("association", "associations", number))
    return str(ngettext("member", "members", number))
