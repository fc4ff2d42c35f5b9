"""A name in one cell is taken apart where that is plain, and told where it is a guess."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organiser.roster.names import read_full_name
from organiser.roster.problems import ProblemKind


@pytest.mark.parametrize(
    ("cell", "first", "last", "problem"),
    [
        ("Andersson, Anna", "Anna", "Andersson", None),
        ("Anna Andersson", "Anna", "Andersson", None),
        ("Anna-Karin von Essen", "Anna-Karin", "von Essen", None),
        ("af Klint, Eva", "Eva", "af Klint", None),
        ("O'Brien, Seán", "Seán", "O'Brien", None),
        ("Lisa  Öhman ", "Lisa", "Öhman", None),
        ("Anna (Sussi) Holm", "Anna (Sussi)", "Holm", None),
        ("A\N{COMBINING RING ABOVE}sa Åberg", "Åsa", "Åberg", None),
        ("Anna Karin Lind Berg", "Anna Karin", "Lind Berg", ProblemKind.NAME_GUESSED),
        ("Anna Karin Lind", "Anna Karin", "Lind", ProblemKind.NAME_GUESSED),
        ("Ö", "", "Ö", ProblemKind.NAME_ONE_ONLY),
        ("", "", "", None),
    ],
)
def test_a_name_in_one_cell_is_taken_apart(
    cell: str, first: str, last: str, problem: ProblemKind | None
) -> None:
    assert read_full_name(cell) == (first, last, problem)


@pytest.mark.parametrize(
    ("cell", "first", "last"),
    [("ANDERSSON ANNA", "ANNA", "ANDERSSON"), ("von Essen Anna-Karin", "Anna-Karin", "von Essen")],
)
def test_the_heading_may_say_that_the_family_name_stands_first(cell: str, first: str, last: str) -> None:
    assert read_full_name(cell, family_first=True)[:2] == (first, last)


@given(st.text(max_size=40), st.booleans())
def test_no_letter_of_a_name_is_lost(cell: str, family_first: bool) -> None:
    def letters(text: str) -> list[str]:
        return sorted(re.findall(r"\w", text))

    first, last, _ = read_full_name(cell, family_first=family_first)
    again = read_full_name(f"{last}, {first}") if first else read_full_name(last)
    assert letters(again.first + again.last) == letters(first + last)
