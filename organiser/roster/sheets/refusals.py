"""Why a file cannot be read, and what to tell the one who sent it."""

from enum import StrEnum
from types import MappingProxyType


class Refusal(StrEnum):
    """The reason a file is sent back."""

    EMPTY = "empty"
    NOT_TEXT = "not_text"
    PICTURE = "picture"
    PDF = "pdf"
    JSON = "json"
    HTML = "html"
    XML = "xml"
    XML_2003 = "xml_2003"
    PROGRAM = "program"
    ARCHIVE = "archive"
    OPEN_DOCUMENT = "open_document"
    OLD_EXCEL = "old_excel"
    PASSWORD = "password"  # noqa: S105  # a kind of file, no secret
    DAMAGED = "damaged"
    BOMB = "bomb"
    TOO_LARGE = "too_large"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"
    CELL_TOO_LONG = "cell_too_long"
    NO_HEADINGS = "no_headings"
    NO_SUCH_SHEET = "no_such_sheet"
    BROKEN_QUOTES = "broken_quotes"


def N_(sentence: str) -> str:  # noqa: N802  # the name by which pybabel finds sentences that are translated later
    """The sentence itself, marked for translation."""
    return sentence


SENTENCES = MappingProxyType(
    {
        Refusal.EMPTY: N_("The file is empty."),
        Refusal.NOT_TEXT: N_(
            "This is not a list we can read. Save it as an Excel workbook (.xlsx) or as CSV."
        ),
        Refusal.PICTURE: N_(
            "This is a picture, not a list. Save the list as an Excel workbook (.xlsx) or as CSV."
        ),
        Refusal.PDF: N_(
            "This is a PDF, and rows cannot be read from it safely."
            " Ask for the list as an Excel workbook (.xlsx) or as CSV."
        ),
        Refusal.JSON: N_(
            "This is a JSON file, not a list. Save the list as an Excel workbook (.xlsx) or as CSV."
        ),
        Refusal.HTML: N_(
            "This is a web page, even if its name says otherwise."
            " Open it in your spreadsheet program and save it as an Excel workbook (.xlsx)."
        ),
        Refusal.XML: N_(
            "This is an XML file, not a list. Save the list as an Excel workbook (.xlsx) or as CSV."
        ),
        Refusal.XML_2003: N_(
            "This workbook is saved in an old format (XML 2003)."
            " Open it in your spreadsheet program and save it as an Excel workbook (.xlsx)."
        ),
        Refusal.PROGRAM: N_("This is a program, not a list. Do not open it, and ask where it came from."),
        Refusal.ARCHIVE: N_(
            "This is a packed file without a workbook in it. Unpack it and send the list itself."
        ),
        Refusal.OPEN_DOCUMENT: N_(
            "This is an OpenDocument file."
            " Open it in your spreadsheet program and save it as an Excel workbook (.xlsx) or as CSV."
        ),
        Refusal.OLD_EXCEL: N_(
            "This workbook is saved in an old Excel format (.xls)."
            " Open it in your spreadsheet program and save it as an Excel workbook (.xlsx)."
        ),
        Refusal.PASSWORD: N_(
            "The workbook is protected by a password. Save a copy without one, and send that."
        ),
        Refusal.DAMAGED: N_("The file is damaged and cannot be read. Save it again and send the new copy."),
        Refusal.BOMB: N_(
            "The workbook becomes far too large when it is unpacked. Save the list as CSV instead."
        ),
        Refusal.TOO_LARGE: N_("The file is too large. At most 20 MB can be read at a time."),
        Refusal.TOO_MANY_ROWS: N_("The list is too long. At most 200,000 rows can be read at a time."),
        Refusal.TOO_MANY_COLUMNS: N_("The list has too many columns. At most 256 can be read."),
        Refusal.CELL_TOO_LONG: N_(
            "A cell of the list is too long. At most 131,072 characters can be read in one."
        ),
        Refusal.NO_HEADINGS: N_(
            "No row with headings was found. A list needs a row that names its columns, like Name and Phone."
        ),
        Refusal.NO_SUCH_SHEET: N_("There is no sheet of that name in the workbook."),
        Refusal.BROKEN_QUOTES: N_(
            "Too many rows have a quotation mark that is opened and never closed."
            " Save the list as an Excel workbook (.xlsx) instead."
        ),
    }
)
"""What to say for each refusal, in English; the key of its translation."""


class Unreadable(Exception):
    """The file cannot be read as a list; `kind` says why and `sentence` what to do."""

    def __init__(self, kind: Refusal) -> None:
        super().__init__(kind.value)
        self.kind = kind

    @property
    def sentence(self) -> str:
        """One English sentence or two, to be translated by the caller."""
        return SENTENCES[self.kind]
