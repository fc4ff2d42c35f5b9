"""Look into the zip of a workbook before anybody unpacks it; hand out its parts one by one."""

import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from organiser.roster.sheets.limits import MAX_PARTS, MAX_RATIO, MAX_UNPACKED
from organiser.roster.sheets.refusals import Refusal, Unreadable

WORKBOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
SHARED_TEXTS = "xl/sharedstrings.xml"
_KEPT = frozenset({"[content_types].xml", "_rels/.rels", WORKBOOK, RELATIONS, "xl/styles.xml", SHARED_TEXTS})
_BROKEN = (
    *(BadZipFile, zlib.error, struct.error, EOFError, OSError),
    *(KeyError, ValueError, OverflowError, NotImplementedError, RuntimeError),
)
_LARGE = 1024 * 1024
_ENCRYPTED = 0x1


class Parts:
    """The parts of a workbook by name, whatever its case. Refuses what is none or would grow too large."""

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = ZipFile(BytesIO(content))
        except _BROKEN as error:
            raise Unreadable(Refusal.DAMAGED) from error
        entries = self._zip.infolist()
        if len(entries) > MAX_PARTS or any(map(_grows, entries)) or _unpacked(entries) > MAX_UNPACKED:
            raise Unreadable(Refusal.BOMB)
        self._entries = {entry.filename.lower().lstrip("/"): entry for entry in entries}
        if WORKBOOK not in self._entries:
            raise Unreadable(self._other_kind())
        if any(entry.flag_bits & _ENCRYPTED for entry in entries):
            raise Unreadable(Refusal.PASSWORD)
        if any(entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for entry in entries):
            raise Unreadable(Refusal.DAMAGED)

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._entries

    def read(self, name: str) -> bytes:
        """The bytes of a part, as many as the zip said it has and no more."""
        try:
            return self._zip.read(self._entries[name.lower()])
        except _BROKEN as error:
            raise Unreadable(Refusal.DAMAGED) from error

    def copy(self, sheets: dict[str, bytes]) -> BytesIO:
        """A workbook of these sheets and what their values need: no macro, no link, no picture."""
        clean = BytesIO()
        with ZipFile(clean, "w", ZIP_STORED) as target:
            for name in _KEPT & self._entries.keys():
                target.writestr(self._entries[name].filename.lstrip("/"), self.read(name))
            for name, content in sheets.items():
                target.writestr(name, content)
        clean.seek(0)
        return clean

    def _other_kind(self) -> Refusal:
        if "mimetype" in self._entries and "content.xml" in self._entries:
            return Refusal.OPEN_DOCUMENT
        return Refusal.ARCHIVE


def _grows(entry: ZipInfo) -> bool:
    return entry.file_size > _LARGE and entry.file_size > MAX_RATIO * max(entry.compress_size, 1)


def _unpacked(entries: list[ZipInfo]) -> int:
    return sum(entry.file_size for entry in entries)
