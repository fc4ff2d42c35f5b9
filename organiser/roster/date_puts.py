"""How a cell of dates is read into a row: a day where there is one, a year where there is only that."""

from datetime import date

from organiser.core.text import squeeze
from organiser.roster import values
from organiser.roster.dates import read_date
from organiser.roster.draft import Draft, Put
from organiser.roster.headings import Field
from organiser.roster.problems import ProblemKind


def put_date(field: Field, heading: str, today: date) -> Put:
    """A fee column may hold a year, paid to its end, or a mere "Ja", which is kept as it stands."""
    key = field.value
    fee = field is Field.PAID_UNTIL

    def put(cell: str, draft: Draft) -> None:
        day, year, problem = read_date(cell, today)
        if day is None and year is not None:
            day, problem = (date(year, 12, 31), None) if fee else (None, ProblemKind.DATE_YEAR_ONLY)
            if day is None:
                draft.extra[heading] = str(year)
        if (
            problem is ProblemKind.NOT_A_DATE
            and fee
            and not values.read_yes_no(cell[: values.LONGEST_WORD])[1]
        ):
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


def _full_year(cell: str, today: date) -> str:
    """The year meant by two digits in a column of birth years: 56 is 1956."""
    digits = cell.strip()
    if len(digits) != len("56") or not digits.isdecimal():
        return cell
    return f"{int(digits) + (2000 if int(digits) <= today.year % 100 else 1900)}"
