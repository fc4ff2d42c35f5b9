"""How a cell of each kind is read into a row: one small reader per column, made once."""

from collections.abc import Callable, Mapping
from datetime import date

from organiser.core.phone_cells import read_phones
from organiser.core.text import search_key, squeeze, squeeze_lines
from organiser.members.kinds import MemberStatus
from organiser.roster import names, values
from organiser.roster.date_puts import put_birth, put_date
from organiser.roster.draft import Draft, Put, ReadPhone
from organiser.roster.emails import read_email
from organiser.roster.headings import Field
from organiser.roster.problems import ProblemKind

_EMPTY_TEXT = frozenset({"-", "--", "–", "—", "#n/a", "#saknas!", "n/a"})
_PHONE_KINDS: Mapping[Field, str] = {
    Field.MOBILE: "mobile",
    Field.HOME_PHONE: "home",
    Field.WORK_PHONE: "work",
    Field.PHONE: "phone",
}
_PROTECTED = frozenset(
    f"{how} {what}"
    for how in ("skyddad", "skyddade", "hemlig", "hemliga", "sekretessmarkerad", "sekretessmarkerade")
    for what in ("adress", "personuppgifter", "uppgifter", "identitet", "folkbokforing")
) | {"sekretess", "hemmelig adresse", "sperret adresse", "turvakielto", "protected identity"}
_FAMILY_FIRST = ("efternamn", "etternavn", "sukunimi", "nachname", "last", "surname", "family")


def put_for(field: Field, heading: str, today: date, *, inverse: bool) -> Put:
    """The reader of a column of ``field``. ``inverse``: yes means the opposite, as in "Får ringas"."""
    if field in _PHONE_KINDS:
        return _put_phones(_PHONE_KINDS[field], heading)
    if field in (Field.DO_NOT_CALL, Field.DO_NOT_EMAIL, Field.PROTECTED):
        return _put_answer(field, heading, inverse=inverse)
    if field in (Field.JOINED_ON, Field.LEFT_ON, Field.PAID_UNTIL):
        return put_date(field, heading, today)
    if field in (Field.BIRTH_DATE, Field.BIRTH_YEAR, Field.IDENTITY_NUMBER):
        return put_birth(field, heading, today)
    made = _MADE.get(field)
    return made(heading) if made else _put_text(field)


def put_extra(heading: str) -> Put:
    """The reader of a column we have no field for: its text is kept under its heading."""

    def put(cell: str, draft: Draft) -> None:
        if text := squeeze_lines(cell):
            draft.extra[heading] = values.without_identity_numbers(text)

    return put


def _put_text(field: Field) -> Put:
    key = field.value
    is_name = field in (Field.FIRST_NAME, Field.LAST_NAME)

    def put(cell: str, draft: Draft) -> None:
        text = squeeze(cell)
        if text and (is_name or text.casefold() not in _EMPTY_TEXT):
            draft.values[key] = text

    return put


def _put_address(field: Field) -> Callable[[str], Put]:
    """Where the street says that it is protected, the member is, whatever else the list has."""
    put_text = _put_text(field)

    def made(_heading: str) -> Put:
        def put(cell: str, draft: Draft) -> None:
            put_text(cell, draft)
            if search_key(cell[: values.LONGEST_WORD]) in _PROTECTED:
                draft.values["protected"] = True

        return put

    return made


def _put_note(_: str) -> Put:
    def put(cell: str, draft: Draft) -> None:
        if text := squeeze_lines(cell):
            draft.values["note"] = values.without_identity_numbers(text)

    return put


def _put_number(heading: str) -> Put:
    def put(cell: str, draft: Draft) -> None:
        number, problem = values.read_number(cell)
        if number:
            draft.values["member_number"] = number
        if problem:
            shown = values.mask(cell) if problem is ProblemKind.IDENTITY_NUMBER else cell
            draft.tell(heading, problem, shown)

    return put


def _put_full_name(heading: str) -> Put:
    family_first = heading.casefold().strip(" \"'").startswith(_FAMILY_FIRST)

    def put(cell: str, draft: Draft) -> None:
        first, last, problem = names.read_full_name(cell, family_first=family_first)
        if first:
            draft.values.setdefault("first_name", first)
        if last:
            draft.values.setdefault("last_name", last)
        if problem:
            draft.tell(heading, problem, cell)

    return put


def _put_phones(kind: str, heading: str) -> Put:
    def put(cell: str, draft: Draft) -> None:
        numbers, note, problem = read_phones(cell)
        for number in numbers:
            draft.phones.append(ReadPhone(number.e164, kind, note))
        if problem:
            draft.tell(heading, ProblemKind(problem.value), cell)

    return put


def _put_email(heading: str) -> Put:
    def put(cell: str, draft: Draft) -> None:
        address, problem = read_email(cell)
        if address:
            draft.values["email"] = address
        if problem:
            draft.tell(heading, problem, cell)

    return put


def _put_postcode(heading: str) -> Put:
    def put(cell: str, draft: Draft) -> None:
        postcode, city, country, problem = values.read_postcode(cell[: values.LONGEST_WORD])
        if postcode:
            draft.values["postcode"] = postcode
        if city:
            draft.values.setdefault("city", city)
        if country:
            draft.values.setdefault("country", country)
        if problem:
            draft.tell(heading, problem, cell)

    return put


def _put_gender(heading: str) -> Put:
    def put(cell: str, draft: Draft) -> None:
        gender, problem = values.read_gender(cell[: values.LONGEST_WORD])
        if gender:
            draft.values["gender"] = gender
        if problem:
            draft.tell(heading, problem, cell)

    return put


def _put_status(heading: str) -> Put:
    def put(cell: str, draft: Draft) -> None:
        status, problem = values.read_status(cell[: values.LONGEST_WORD])
        if status:
            draft.values["member_status"] = status
        if status is MemberStatus.OTHER:
            draft.extra[heading] = squeeze(cell)
        if problem:
            draft.tell(heading, problem, cell)

    return put


def _put_answer(field: Field, heading: str, *, inverse: bool) -> Put:
    """A word nobody knows in a column of blocks is a block: better not rung than rung against a no."""
    key = field.value

    def put(cell: str, draft: Draft) -> None:
        answer, problem = values.read_yes_no(cell[: values.LONGEST_WORD])
        if problem and not inverse:
            answer, problem = True, ProblemKind.WORD_TAKEN_AS_YES
        if answer is not None:
            draft.values[key] = (answer is not inverse) or draft.values.get(key, False)
        if problem:
            draft.tell(heading, problem, cell)

    return put


_MADE: Mapping[Field, Callable[[str], Put]] = {
    Field.MEMBER_NUMBER: _put_number,
    Field.FULL_NAME: _put_full_name,
    Field.EMAIL: _put_email,
    Field.POSTCODE: _put_postcode,
    Field.GENDER: _put_gender,
    Field.MEMBER_STATUS: _put_status,
    Field.NOTE: _put_note,
    Field.STREET: _put_address(Field.STREET),
    Field.CO_ADDRESS: _put_address(Field.CO_ADDRESS),
}
