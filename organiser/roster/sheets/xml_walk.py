"""Walk through a part of a workbook, element by element, without building a tree or following any entity."""

from collections.abc import Callable
from xml.parsers import expat

from organiser.roster.sheets.refusals import Refusal, Unreadable

_UTF16 = (b"\xff\xfe", b"\xfe\xff")

Start = Callable[[str, dict[str, str]], None]


def walker() -> expat.XMLParserType:
    """A parser that refuses a document type, and with it every entity: no workbook has one."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse
    return parser


def walk(parser: expat.XMLParserType, content: bytes) -> None:
    """Send the bytes of a part through a parser. Raises Unreadable when they are no XML."""
    if content.startswith(_UTF16):
        raise Unreadable(Refusal.DAMAGED)
    try:
        parser.Parse(content, True)  # noqa: FBT003  # expat's own flag: this is all there is
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise Unreadable(Refusal.DAMAGED) from error


def starts(content: bytes, start: Start) -> None:
    """Call `start` with the local name and attributes of every element."""
    parser = walker()
    parser.StartElementHandler = lambda name, attributes: start(name.rpartition(":")[2], attributes)
    walk(parser, content)


def _refuse(*_: object) -> None:
    raise Unreadable(Refusal.DAMAGED)
