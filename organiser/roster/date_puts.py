"""How a cell of dates is read into a row: a day where there is one, a year where there is only that."""

import re
from datetime import date

from organiser.core.text import squeeze
from organiser.roster import values
from organiser.roster.dates import read_date
from organiser.roster.draft import Draft, Put
from organiser.roster.headings import Field
from organiser.roster.problems import ProblemKind

_SUM = re.compile(r"\d{1,6}(?:[.,]\d{1,2})?(?: ?(?:kr|sek|:-))?", re.IGNORECASE)


def put_date(field: Field, heading: str, today: date) -> Put:
    """A fee column may hold a year, paid to its end, or a mere "Ja" or sum, which is kept as it stands."""
    key = field.value
    fee = field is Field.PAID_UNTIL

    def put(cell: str, draft: Draft) -> None:
        day, year, problem = read_date(cell, today)
        if day is None and year is not None:
            day, problem = (date(year, 12, 31), None) if fee else (None, ProblemKind.DATE_YEAR_ONLY)
            if day is None:
                draft.extra[heading] = str(year)
        if fee and problem is ProblemKind.NOT_A_DATE and _is_payment(cell[: values.LONGEST_WORD]):
            draft.extra[heading], problem = squeeze(cell), None
        if day is not None:
            draft.values[key] = day
        if problem:
            draft.tell(heading, problem, cell)

    return put


def put_birth(field: Field, heading: str, today: date) -> Put:
    """Either the day or only the year. A column of identity numbers gives way to one of birth dates."""
    spare, full = field is Field.IDENTITY_NUMBER, field is not Field.BIRTH_YEAR

    def put(cell: str, draft: Draft) -> None:
        day, year, problem = read_date(cell if full else _full_year(cell, today), today, born=True)
        if day is not None and not (spare and "birth_date" in draft.values):
            draft.values["birth_date"] = day
        elif year is not None:
            draft.values.setdefault("birth_year", year)
        if problem and not spare:
            draft.tell(
                heading, problem, values.mask(cell) if problem is ProblemKind.IDENTITY_NUMBER else cell
            )

    return put


def _is_payment(text: str) -> bool:
    """Paid or not, or how much: "Ja", "x", "450", "12,50 kr"."""
    return bool(_SUM.fullmatch(text.strip())) or values.read_yes_no(text)[1] is None


def _full_year(cell: str, today: date) -> str:
    """The year meant by two digits in a column of birth years: 56 is 1956."""
    digits = cell.strip()
    if len(digits) != len("56") or not digits.isdecimal():
        return cell
    return f"{int(digits) + (2000 if int(digits) <= today.year % 100 else 1900)}"
