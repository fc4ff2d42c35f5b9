"""Age, the one rule of who may be rung, and what typed digits may be part of."""

from dataclasses import dataclass, field
from datetime import date

import pytest

from organiser.members.kinds import BlockScope, MemberStatus, NumberState
from organiser.members.rules import (
    WhyNot,
    age_on,
    is_minor,
    latest_adult_birth,
    latest_adult_year,
    phone_fragments,
    why_not_callable,
)

DAY = date(2024, 3, 1)


@dataclass
class Number:
    state: NumberState = NumberState.UNTRIED


@dataclass
class Asked:
    scope: BlockScope
    is_standing: bool = True


@dataclass
class Somebody:
    status: MemberStatus = MemberStatus.ACTIVE
    left_on: date | None = None
    protected: bool = False
    birth_date: date | None = None
    birth_year: int | None = None
    numbers: list[Number] = field(default_factory=lambda: [Number()])
    blocks: list[Asked] = field(default_factory=list)


@pytest.mark.parametrize(
    ("somebody", "reasons"),
    [
        (Somebody(), []),
        (Somebody(status=MemberStatus.UNPAID), []),
        (Somebody(status=MemberStatus.OTHER), []),
        (Somebody(status=MemberStatus.DECEASED), [WhyNot.OVER]),
        (Somebody(status=MemberStatus.EXPELLED), [WhyNot.OVER]),
        (Somebody(left_on=date(2024, 3, 1)), [WhyNot.OVER]),
        (Somebody(left_on=date(2024, 3, 2)), []),
        (Somebody(protected=True), [WhyNot.PROTECTED]),
        (Somebody(numbers=[]), [WhyNot.NO_NUMBER]),
        (
            Somebody(numbers=[Number(NumberState.WRONG), Number(NumberState.DEAD)]),
            [WhyNot.NUMBERS_FAILED],
        ),
        (Somebody(numbers=[Number(NumberState.WRONG), Number(NumberState.WORKS)]), []),
        (Somebody(blocks=[Asked(BlockScope.CALLS)]), [WhyNot.BLOCKED]),
        (Somebody(blocks=[Asked(BlockScope.CONTACT)]), [WhyNot.BLOCKED]),
        (Somebody(blocks=[Asked(BlockScope.EMAIL)]), []),
        (Somebody(blocks=[Asked(BlockScope.CALLS, is_standing=False)]), []),
        (Somebody(birth_date=date(2006, 3, 2)), [WhyNot.UNDER_AGE]),
        (Somebody(birth_date=date(2006, 3, 1)), []),
        (
            Somebody(status=MemberStatus.LEFT, protected=True, numbers=[]),
            [WhyNot.OVER, WhyNot.PROTECTED, WhyNot.NO_NUMBER],
        ),
    ],
)
def test_every_reason_not_to_ring_somebody_is_told(somebody: Somebody, reasons: list[WhyNot]) -> None:
    assert why_not_callable(somebody, DAY) == reasons


def test_minors_are_rung_only_where_somebody_asked_for_it() -> None:
    young = Somebody(birth_date=date(2010, 1, 1))
    assert why_not_callable(young, DAY) == [WhyNot.UNDER_AGE]
    assert why_not_callable(young, DAY, with_minors=True) == []


def test_a_birth_year_alone_counts_to_its_last_day_and_nothing_known_is_grown_up() -> None:
    assert is_minor(None, 2006, DAY)
    assert not is_minor(None, 2006, date(2024, 12, 31))
    assert not is_minor(None, 2005, DAY)
    assert not is_minor(None, None, DAY)
    assert not is_minor(date(2006, 1, 1), 2010, DAY)


def test_the_day_somebody_is_eighteen() -> None:
    leap = date(2024, 2, 29)
    assert latest_adult_birth(leap) == date(2006, 2, 28)
    assert is_minor(date(2004, 2, 29), None, date(2022, 2, 28))
    assert not is_minor(date(2004, 2, 29), None, date(2022, 3, 1))
    assert latest_adult_year(date(2024, 12, 30)) == 2005


def test_whole_years() -> None:
    assert age_on(date(1960, 3, 2), DAY) == 63
    assert age_on(date(1960, 3, 1), DAY) == 64


@pytest.mark.parametrize(
    ("typed", "begins", "holds"),
    [
        ("070-174 06 05", "+46701740605", "0701740605"),
        ("+46 (0)70-174", "+4670174", "4670174"),
        ("0046 70 174", "+4670174", "004670174"),
        ("174 06 05", "+1740605", "1740605"),
        ("0605", "+46605", "0605"),
    ],
)
def test_digits_are_looked_for_as_they_were_typed(typed: str, begins: str, holds: str) -> None:
    assert phone_fragments(typed) == (begins, holds)


@pytest.mark.parametrize("typed", ["", "07", "Anna", "070-174 Anna", "--", "٠٧٠١٧٤", "a1234"])
def test_other_words_are_no_part_of_a_number(typed: str) -> None:
    assert phone_fragments(typed) is None
