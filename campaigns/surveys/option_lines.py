"""Answers to choose among as they are pasted from a list or a spreadsheet: one a line, English beside."""

from collections.abc import Iterable, Sequence

from campaigns.surveys.kinds import Mark, Option
from organiser.core.text import search_key, squeeze

LONGEST_KEY = 40
BESIDE = ("\t", "|")
"""What stands between the Swedish text and the English: a spreadsheet's tab, or a bar typed by hand."""


def pasted(text: str, mark: Mark, known: Sequence[Option] = ()) -> list[Option]:
    """An option for each line of ``text``: "Köra bil | Drive a car". One that says what an option of
    ``known`` has said is that one, brought back.
    """
    found: list[Option] = []
    by_text = {(option.sv or option.en).casefold(): option.key for option in known if option.gone}
    for line in text.splitlines():
        sv, en = _halves(line)
        if sv or en:
            taken = {option.key for option in (*known, *found)}
            key = by_text.get((sv or en).casefold()) or free_key(sv or en, taken)
            found.append(Option(key, sv, en, mark))
    return found


def _halves(line: str) -> tuple[str, str]:
    for sign in BESIDE:
        if sign in line:
            sv, _, en = line.partition(sign)
            return squeeze(sv), squeeze(en.replace(sign, " "))
    return squeeze(line), ""


def free_key(text: str, taken: Iterable[str]) -> str:
    """A short name made of the text that is none of ``taken``: kora_bil, kora_bil_2."""
    plain = "_".join(search_key(text).split())
    stem = "".join(sign for sign in plain if sign.isascii() and (sign.isalnum() or sign == "_"))
    stem = stem[:LONGEST_KEY].strip("_") or "x"
    known, key, n = set(taken), stem, 2
    while key in known:
        key, n = f"{stem}_{n}", n + 1
    return key
