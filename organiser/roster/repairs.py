"""What each problem of a list is called, what was done about it, and what one can do."""

from enum import StrEnum
from typing import Any, NamedTuple

from organiser.core.i18n import lazy
from organiser.roster.problems import ProblemKind
from organiser.roster.sheets import CautionKind


class Weight(StrEnum):
    """How much a problem costs."""

    REFUSED = "refused"  # the row is not read in
    LEFT_OUT = "left_out"  # the member is read in without this value
    LOOK = "look"  # read in as it stands; somebody should look
    MENDED = "mended"  # put right, and told


class Repair(NamedTuple):
    """``title`` says what is odd about the rows counted, ``advice`` what happens and what one can do."""

    title: Any
    advice: Any
    weight: Weight


_REFUSED, _LEFT_OUT, _LOOK, _MENDED = Weight
_BY_HAND = lazy("The member is read in without it. Write it on the member's page, or correct the file.")

PROBLEM: dict[ProblemKind, Repair] = {
    ProblemKind.NAMES_NOBODY: Repair(
        lazy("Rows that do not say who it is"),
        lazy("A row needs a member number, a telephone number or an address, or a name with a birthday."),
        _REFUSED,
    ),
    ProblemKind.NUMBER_TWICE: Repair(
        lazy("A member number that stands on an earlier row too"),
        lazy("The first row counts. Correct the number in the file if they are two people."),
        _REFUSED,
    ),
    ProblemKind.NUMBER_ELSEWHERE: Repair(
        lazy("Member numbers of people outside this unit"),
        lazy("Only somebody who reads lists in for both units can move them here."),
        _REFUSED,
    ),
    ProblemKind.PHONE_SAYS_NONE: Repair(
        lazy("Words in place of a telephone number"), lazy("Read as: there is no number."), _LEFT_OUT
    ),
    ProblemKind.PHONE_NO_DIGITS: Repair(lazy("Telephone numbers without digits"), _BY_HAND, _LEFT_OUT),
    ProblemKind.PHONE_TOO_SHORT: Repair(lazy("Telephone numbers that are too short"), _BY_HAND, _LEFT_OUT),
    ProblemKind.PHONE_TOO_LONG: Repair(lazy("Telephone numbers that are too long"), _BY_HAND, _LEFT_OUT),
    ProblemKind.PHONE_NOT_VALID: Repair(lazy("Telephone numbers that do not exist"), _BY_HAND, _LEFT_OUT),
    ProblemKind.PHONE_SERVICE: Repair(
        lazy("Service numbers, like 112"), lazy("Nobody is reached on them. They are left out."), _LEFT_OUT
    ),
    ProblemKind.PHONE_PARTLY: Repair(
        lazy("Cells where only some of the numbers could be read"),
        lazy("The numbers that could be read are kept."),
        _LEFT_OUT,
    ),
    ProblemKind.PHONE_ZERO_LOST: Repair(
        lazy("Telephone numbers that had lost their first zero"),
        lazy("Spreadsheets do that to numbers. The zero is put back."),
        _MENDED,
    ),
    ProblemKind.PHONE_DECIMAL: Repair(
        lazy("Telephone numbers written as decimal numbers"), lazy("They are put right."), _MENDED
    ),
    ProblemKind.PHONE_LETTER_O: Repair(
        lazy("Telephone numbers with the letter O for a zero"), lazy("They are put right."), _MENDED
    ),
    ProblemKind.PHONE_WITH_WORDS: Repair(
        lazy("Telephone numbers with words beside them"),
        lazy("The words are kept as a note to the number."),
        _MENDED,
    ),
    ProblemKind.PHONE_SEVERAL: Repair(
        lazy("Several telephone numbers in one cell"), lazy("All of them are kept."), _MENDED
    ),
    ProblemKind.EMAIL_NOT_VALID: Repair(lazy("E-mail addresses that cannot be right"), _BY_HAND, _LEFT_OUT),
    ProblemKind.EMAIL_MENDED: Repair(
        lazy("E-mail addresses with a slip in them"), lazy("They are put right."), _MENDED
    ),
    ProblemKind.EMAIL_SEVERAL: Repair(
        lazy("Several e-mail addresses in one cell"), lazy("The first one is kept."), _LEFT_OUT
    ),
    ProblemKind.NOT_A_DATE: Repair(lazy("Days that cannot be read"), _BY_HAND, _LEFT_OUT),
    ProblemKind.DATE_NOT_REAL: Repair(lazy("Days that do not exist"), _BY_HAND, _LEFT_OUT),
    ProblemKind.DATE_WITHOUT_YEAR: Repair(lazy("Days without a year"), _BY_HAND, _LEFT_OUT),
    ProblemKind.DATE_YEAR_ONLY: Repair(
        lazy("Only a year where a day is wanted"), lazy("The year is kept under its own heading."), _LEFT_OUT
    ),
    ProblemKind.IDENTITY_NUMBER: Repair(
        lazy("Identity numbers"),
        lazy("They are never kept. Only the day of birth is read from them."),
        _LEFT_OUT,
    ),
    ProblemKind.POSTCODE_NOT_VALID: Repair(lazy("Postcodes that cannot be right"), _BY_HAND, _LEFT_OUT),
    ProblemKind.WORD_UNKNOWN: Repair(
        lazy("Words we do not know, where a yes or a no is wanted"), _BY_HAND, _LEFT_OUT
    ),
    ProblemKind.WORD_TAKEN_AS_YES: Repair(
        lazy("Words we do not know in a column of blocks"),
        lazy("To be on the safe side they count as a block. Lift it on the member's page if it is none."),
        _MENDED,
    ),
    ProblemKind.STATUS_UNKNOWN: Repair(
        lazy("Words for the membership that we do not know"),
        lazy("They are kept as they stand."),
        _MENDED,
    ),
    ProblemKind.NUMBER_ROUNDED: Repair(
        lazy("Member numbers that a spreadsheet has rounded"),
        lazy("The last digits are lost. Set the column to text in the spreadsheet and save once more."),
        _LEFT_OUT,
    ),
    ProblemKind.NAME_GUESSED: Repair(
        lazy("Names where we guessed which is the last name"), lazy("Have a look at them."), _MENDED
    ),
    ProblemKind.NAME_ONE_ONLY: Repair(lazy("Only one name"), lazy("It is kept as it stands."), _MENDED),
    ProblemKind.ROW_TOO_SHORT: Repair(
        lazy("Rows with too few cells"), lazy("The cells that are there are read."), _LOOK
    ),
    ProblemKind.ROW_TOO_LONG: Repair(
        lazy("Rows with more cells than headings"),
        lazy("What stands beyond the last heading is not read. Look for a stray separator in the row."),
        _LEFT_OUT,
    ),
    ProblemKind.NUMBER_ZEROS: Repair(
        lazy("Member numbers that had lost their zeros"),
        lazy("They are taken for the members we know with the same number."),
        _MENDED,
    ),
    ProblemKind.NO_ASSOCIATION: Repair(
        lazy("Associations that are missing or that we do not know"),
        lazy("New members come to the unit the list is read in for; those we know stay where they are."),
        _LOOK,
    ),
    ProblemKind.PROBABLE_DUPLICATE: Repair(
        lazy("Probably the same person under two member numbers"),
        lazy("Both are read in. Find out which number is right."),
        _LOOK,
    ),
    ProblemKind.SEVERAL_FIT: Repair(
        lazy("Rows without a member number that fit several members"),
        lazy("They are read in as new. Add member numbers to the file to be sure."),
        _LOOK,
    ),
    ProblemKind.BLOCK_KEPT: Repair(
        lazy("The file says that they may be contacted, a person here said no"),
        lazy("The block stays. Only a person can lift it, on the member's page."),
        _LOOK,
    ),
}
CAUTION: dict[CautionKind, Repair] = {
    CautionKind.DAMAGED_LETTERS: Repair(
        lazy("Letters that were damaged before the file came here, like Ã… for Å"),
        lazy("They are kept as they stand. Ask for the list once more if you can."),
        _LOOK,
    ),
    CautionKind.LOST_LETTERS: Repair(
        lazy("Names with a question mark for a letter"),
        lazy("The program that wrote the list did not know the letter. Correct it on the member's page."),
        _LOOK,
    ),
    CautionKind.UNDECODABLE: Repair(
        lazy("Signs that are no letters"),
        lazy("Is the list read in the right encoding? You can change it in the step before."),
        _LOOK,
    ),
    CautionKind.NUL_REMOVED: Repair(lazy("Invisible signs in the text"), lazy("They are left out."), _MENDED),
    CautionKind.BROKEN_QUOTE: Repair(
        lazy("Rows with a quotation mark that is never closed"),
        lazy("Each row is read on its own. Look if its cells came out right."),
        _LOOK,
    ),
    CautionKind.FORMULA_WITHOUT_VALUE: Repair(
        lazy("Formulas that were never calculated"),
        lazy("They are read as empty. Open the workbook, save it and send it once more."),
        _LEFT_OUT,
    ),
    CautionKind.ERROR_VALUE: Repair(
        lazy("Cells where the spreadsheet shows an error"), lazy("They are read as empty."), _LEFT_OUT
    ),
    CautionKind.LOST_ZERO: Repair(
        lazy("Telephone numbers kept as numbers"),
        lazy("The first zero may be gone. It is put back where we can tell."),
        _MENDED,
    ),
    CautionKind.HIDDEN_COLUMN: Repair(
        lazy("Hidden columns"),
        lazy("They are not read. Show them in the spreadsheet to have them read."),
        _LOOK,
    ),
    CautionKind.HIDDEN_ROWS: Repair(
        lazy("Rows that a filter hides"), lazy("They are read like the others."), _LOOK
    ),
    CautionKind.OTHER_SHEET: Repair(
        lazy("Another sheet that looks like a list too"),
        lazy("It is not read. You can choose it in the step before."),
        _LOOK,
    ),
    CautionKind.STRAY_CELL: Repair(lazy("Cells far outside the list"), lazy("They are not read."), _LOOK),
}
REPAIR: dict[str, Repair] = {str(kind.value): one for kind, one in (*PROBLEM.items(), *CAUTION.items())}
WEIGHT: dict[Weight, Any] = {
    Weight.REFUSED: lazy("Not read in"),
    Weight.LEFT_OUT: lazy("Read in, but something is left out"),
    Weight.LOOK: lazy("Read in, but have a look"),
    Weight.MENDED: lazy("Put right for you"),
}
