"""What a file really is, told by its first bytes and never by its name."""

import re

from organiser.roster.sheets.refusals import Refusal, Unreadable

_SIGNATURES = (
    (b"\x89PNG", Refusal.PICTURE),
    (b"\xff\xd8\xff", Refusal.PICTURE),
    (b"GIF8", Refusal.PICTURE),
    (b"II*\0", Refusal.PICTURE),
    (b"MM\0*", Refusal.PICTURE),
    (b"%PDF-", Refusal.PDF),
    (b"\x7fELF", Refusal.PROGRAM),
    (b"\xcf\xfa\xed\xfe", Refusal.PROGRAM),
    (b"\xca\xfe\xba\xbe", Refusal.PROGRAM),
    (b"\x1f\x8b", Refusal.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", Refusal.ARCHIVE),
    (b"Rar!\x1a\x07", Refusal.ARCHIVE),
    (b"BZh91AY", Refusal.ARCHIVE),
    (b"\xfd7zXZ\0", Refusal.ARCHIVE),
    (b"SQLite format 3\0", Refusal.NOT_TEXT),
    (b"{\\rtf", Refusal.NOT_TEXT),
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD_EXCEL = tuple(name.encode("utf-16-le") for name in ("Workbook", "Book"))
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

_OPENING = 4096
_JSON = re.compile(r'\{\s*(["}]|$)|\[\s*[\[{"\]\d-]')
_HTML = re.compile(r"<(!doctype\s+html|html|head|body|meta|table|tr|div|style)\b", re.IGNORECASE)
_XML = re.compile(r"<\?xml|<!DOCTYPE|<[A-Za-z][\w.-]*(:[A-Za-z][\w.-]*)?\s+xmlns", re.IGNORECASE)
_XML_2003 = "urn:schemas-microsoft-com:office:spreadsheet"

_CONTROLS = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")
_FEW_CONTROLS = 4
_CONTROL_SHARE = 0.02


def is_workbook(content: bytes) -> bool:
    """Whether the bytes are a zip, as every workbook of today is; refuses what is neither that nor text."""
    if content.startswith(_ZIP):
        return True
    for signature, kind in _SIGNATURES:
        if content.startswith(signature):
            raise Unreadable(kind)
    if content.startswith(b"MZ") and b"\0" in content[:64]:
        raise Unreadable(Refusal.PROGRAM)
    if content.startswith(_OLE):
        raise Unreadable(_inside_ole(content))
    return False


def refuse_other_text(text: str) -> None:
    """Refuse text that is no table: JSON, a web page, XML, or bytes that only pretend to be letters."""
    opening = text[:_OPENING].lstrip("\ufeff \t\r\n\0")
    if not opening and not text.strip("\ufeff \t\r\n\0\x1a"):
        raise Unreadable(Refusal.EMPTY)
    if _JSON.match(opening):
        raise Unreadable(Refusal.JSON)
    if _XML_2003 in opening and opening.startswith("<"):
        raise Unreadable(Refusal.XML_2003)
    if _HTML.match(opening):
        raise Unreadable(Refusal.HTML)
    if _XML.match(opening):
        raise Unreadable(Refusal.HTML if "<html" in opening.lower() else Refusal.XML)
    sample = text[:65_536]
    controls = len(_CONTROLS.findall(sample))
    if controls > _FEW_CONTROLS and controls > _CONTROL_SHARE * len(sample):
        raise Unreadable(Refusal.NOT_TEXT)


def _inside_ole(content: bytes) -> Refusal:
    if _ENCRYPTED in content:
        return Refusal.PASSWORD
    return Refusal.OLD_EXCEL if any(name in content for name in _OLD_EXCEL) else Refusal.NOT_TEXT
