"""The bytes of a member list in, a clean table out: whatever it is called, wherever it was made.

Nothing here knows the web or the database, and a file that cannot be read ends in `Unreadable`.
"""

from organiser.roster.sheets.reader import read_sheet
from organiser.roster.sheets.refusals import SENTENCES, Refusal, Unreadable
from organiser.roster.sheets.table import Caution, CautionKind, Record, Sheet, Skipped, SkipReason
from organiser.roster.sheets.text import ENCODINGS

__all__ = [
    "ENCODINGS",
    "SENTENCES",
    "Caution",
    "CautionKind",
    "Record",
    "Refusal",
    "Sheet",
    "SkipReason",
    "Skipped",
    "Unreadable",
    "read_sheet",
]
