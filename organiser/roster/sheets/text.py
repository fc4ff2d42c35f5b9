"""Bytes to letters: the mark at the start, else strict UTF-8, else a guess among three encodings."""

import re
from dataclasses import dataclass

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "mac_roman", "cp850")
"""The encodings we read. UTF-7 is none of them: it hides markup from everybody who looks for it."""

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_GUESSES = ["cp1252", "mac_roman", "cp850"]
_NORDIC = "åäöÅÄÖæøÆØ"
_TELLING_LINES = re.compile(rb"[^\r\n]{0,400}[\x80-\xff][^\r\n]{0,400}")
_SAMPLE = 16_384
_HALVES = 8_192
_MOSTLY = 0.3
_SELDOM = 0.02
_REPLACED = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True, slots=True)
class Decoded:
    """Letters, the encoding they were written in, and whether some bytes were no letters in it."""

    text: str
    encoding: str
    damaged: bool


def decode(content: bytes, encoding: str | None = None) -> Decoded:
    """The letters of a text file. `encoding` is somebody's better knowledge: one of ENCODINGS, else
    ValueError.
    """
    if encoding is not None:
        if encoding not in ENCODINGS:
            raise ValueError(f"not an encoding we read: {encoding!r}")
        return _decoded(content, encoding, encoding)
    for mark, marked in _MARKS:
        if content.startswith(mark):
            return _decoded(content, marked, marked)
    if codec := _unmarked_utf16(content):
        return _decoded(content, codec, "utf-16")
    try:
        return Decoded(content.decode("utf-8"), "utf-8", damaged=False)
    except UnicodeDecodeError as error:
        codec = "utf-8" if _is_mostly_utf8(content, error.start) else _guess(content)
        return _decoded(content, codec, codec)


def _decoded(content: bytes, codec: str, encoding: str) -> Decoded:
    try:
        return Decoded(content.decode(codec).removeprefix("\ufeff"), encoding, damaged=False)
    except UnicodeDecodeError:
        return Decoded(content.decode(codec, errors="replace").removeprefix("\ufeff"), encoding, damaged=True)


def _unmarked_utf16(content: bytes) -> str | None:
    """Every other byte of Swedish text in UTF-16 is nought; which half they are in tells the order."""
    even, odd = content[:_HALVES:2], content[1:_HALVES:2]
    if not odd:
        return None
    even_share, odd_share = even.count(0) / len(even), odd.count(0) / len(odd)
    if odd_share > _MOSTLY and even_share < _SELDOM:
        return "utf-16-le"
    return "utf-16-be" if even_share > _MOSTLY and odd_share < _SELDOM else None


def _is_mostly_utf8(content: bytes, wrong_at: int) -> bool:
    """UTF-8 with a few damaged bytes is still UTF-8: other encodings seldom make a letter of it by chance."""
    around = content[max(0, wrong_at - _SAMPLE) : wrong_at + _SAMPLE].decode("utf-8", errors="replace")
    wrong = around.count(_REPLACED)
    right = sum(1 for letter in around if letter > "\x7f") - wrong
    return right > 2 * wrong


def _guess(content: bytes) -> str:
    """The encoding in which the text holds most Nordic letters, else what the library thinks: it
    would take a short Mac list for one from DOS.
    """
    sample = b"\n".join(match.group() for match in _some(_TELLING_LINES, content))
    votes = {codec: _nordic(sample.decode(codec, errors="replace")) for codec in _GUESSES}
    first, second, _ = sorted(votes, key=votes.__getitem__, reverse=True)
    return first if votes[first] > votes[second] else _library_guess(sample)


def _nordic(text: str) -> int:
    return sum(map(text.count, _NORDIC))


def _library_guess(sample: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=_GUESSES, enable_fallback=False).best()
    return best.encoding if best is not None and best.encoding in _GUESSES else "cp1252"


def _some(pattern: re.Pattern[bytes], content: bytes) -> list[re.Match[bytes]]:
    found, size = [], 0
    for match in pattern.finditer(content):
        found.append(match)
        size += len(match.group())
        if size > _SAMPLE:
            break
    return found
