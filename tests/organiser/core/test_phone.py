"""A phone number is read as Swedes write it and as spreadsheets break it, and never guessed at."""

import random
from collections import Counter

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from organiser.core.phone import (
    NotAPhoneNumber,
    PhoneFault,
    PhoneKind,
    parse_phone,
    phone_display,
    quick_fixed,
    quick_mobile,
)
from organiser.core.phone_cells import LONGEST_CELL, read_phones

ANNA = "+46701740605"
GBG = "+46313900600"


@pytest.mark.parametrize(
    "written",
    [
        "070-174 06 05",
        "0701740605",
        "701740605",
        "701740605.0",
        "7.01740605E8",
        "7,01740605e+8",
        "+46 (0)70-174 06 05",
        "+46 70 174 06 05",
        "0046701740605",
        "46701740605",
        "(070) 174 06 05",
        "070/1740605",
        "070\u2011174 06 05",
        "070 – 174 06 05",
        "070\u00a0174\u00a006\u00a005",
        "tel: 070-1740605",
        "Mobil 070-1740605",
        "\u202a+46701740605\u202c",
        "'0701740605",
        "０７０１７４０６０５",
        "O701740605",
        "  070-1740605\t",
    ],
)
def test_every_usual_spelling_is_the_same_number(written: str) -> None:
    assert parse_phone(written) == (ANNA, PhoneKind.MOBILE)


@pytest.mark.parametrize(
    ("written", "e164"),
    [("08-465 004 00", "+46846500400"), ("0980-31 92 00", "+46980319200"), ("846500400", "+46846500400")],
)
def test_a_landline_is_told_from_a_mobile(written: str, e164: str) -> None:
    assert parse_phone(written) == (e164, PhoneKind.FIXED)


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("112", PhoneFault.SERVICE),
        ("020-123456", PhoneFault.SERVICE),
        ("0771-123456", PhoneFault.SERVICE),
        ("070-174", PhoneFault.TOO_SHORT),
        ("070174O605", PhoneFault.NOT_VALID),
        ("ring hustrun", PhoneFault.NO_DIGITS),
        ("1" * 40, PhoneFault.TOO_LONG),
        ("", PhoneFault.NO_DIGITS),
    ],
)
def test_what_nobody_can_be_rung_on_is_refused_with_its_reason(written: str, fault: PhoneFault) -> None:
    with pytest.raises(NotAPhoneNumber) as refusal:
        parse_phone(written)
    assert refusal.value.fault is fault


@pytest.mark.parametrize(
    ("cell", "numbers", "note", "problem"),
    [
        ("", [], "", None),
        ("  ", [], "", None),
        ("070-1740605", [ANNA], "", None),
        ("701740605", [ANNA], "", PhoneFault.ZERO_LOST),
        ("701740605.0", [ANNA], "", PhoneFault.DECIMAL),
        ("7.01740605E8", [ANNA], "", PhoneFault.DECIMAL),
        ("O701740605", [ANNA], "", PhoneFault.LETTER_O),
        ("070-174 06 05 (hem)", [ANNA], "hem", PhoneFault.WITH_WORDS),
        ("070-1740605 ring efter 17", [ANNA], "ring efter 17", PhoneFault.WITH_WORDS),
        ("0701740605 / 031-3900600", [ANNA, GBG], "", PhoneFault.SEVERAL),
        ("070-1740605, 031-3900600", [ANNA, GBG], "", PhoneFault.SEVERAL),
        ("0701740605 0313900600", [ANNA, GBG], "", PhoneFault.SEVERAL),
        ("hem 031-3900600 eller 070-1740605", [GBG, ANNA], "hem", PhoneFault.SEVERAL),
        ("070-1740605 / 070-174", [ANNA], "", PhoneFault.PARTLY),
        ("saknas", [], "", PhoneFault.SAYS_NONE),
        ("-", [], "", PhoneFault.SAYS_NONE),
        ("hemligt nr", [], "", PhoneFault.NO_DIGITS),
        ("070174O605", [], "", PhoneFault.NOT_VALID),
        ("+46701740606*cmd|' /C calc'!A0", [], "", PhoneFault.NOT_VALID),
    ],
)
def test_a_cell_gives_its_numbers_its_words_and_what_is_told(
    cell: str, numbers: list[str], note: str, problem: PhoneFault | None
) -> None:
    read = read_phones(cell)
    assert [number.e164 for number in read.numbers] == numbers
    assert (read.note, read.problem) == (note, problem)


def test_a_mended_number_is_told_apart_from_one_left_out() -> None:
    assert read_phones("701740605").mended
    assert not read_phones("070-1740605").mended
    assert not read_phones("070-174").mended
    assert not read_phones("070-1740605 / 070-174").mended


def test_a_number_is_shown_as_swedes_write_it() -> None:
    assert phone_display(ANNA) == "070-174 06 05"
    assert phone_display("+46846500400") == "08-465 004 00"
    assert phone_display("+4721030500") == "+47 21 03 05 00"


def slow_answer(text: str) -> str | None:
    """What the library alone says of a text, as E.164 if somebody can be rung on it."""
    try:
        number = phonenumbers.parse(text, "SE")
    except phonenumbers.NumberParseException:
        return None
    ringable = {phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE}
    valid = phonenumbers.is_valid_number(number) and phonenumbers.number_type(number) in ringable
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) if valid else None


def mutated(text: str, dice: random.Random) -> str:
    """The text with one to three signs put in, taken out or changed."""
    signs = "0123456789 -\u00a0+()/.\tEO\u202a٣０abc"
    for _ in range(dice.randint(1, 3)):
        at = dice.randrange(len(text) + 1)
        kept = dice.choice((0, 1))
        text = text[:at] + dice.choice(["", *signs]) + text[at + kept :]
    return text


def test_the_quick_way_never_differs_from_the_library_over_broken_numbers() -> None:
    dice = random.Random(20241103)  # noqa: S311 -- a fuzz test that fails the same way twice
    spellings = [
        "070-174 06 05",
        "0701740605",
        "+46701740605",
        "+46 70 174 06 05",
        "0046 70-1740605",
        "00730554737",
        "031-390 06 00",
        "+46980319200",
        "08-465 004 00",
        "0480-12345",
        "010-1234567",
        "0771-123456",
    ]
    quick: dict[str, int] = Counter()
    for _ in range(60_000):
        text = mutated(dice.choice(spellings), dice)
        if found := quick_mobile(text) or quick_fixed(text):
            quick[found.kind] += 1
            assert slow_answer(text) == found.e164, text
    assert min(quick.values()) > 1_000
    assert len(quick) == len(PhoneKind)


@given(st.text(max_size=LONGEST_CELL + 20))
def test_no_cell_ever_raises(cell: str) -> None:
    for number in read_phones(cell).numbers:
        assert parse_phone(number.e164) == number


@pytest.mark.parametrize("bait", ["0" * 100_000, "+46" * 30_000, " (" * 50_000, "070-1740605 " * 9_000])
def test_a_very_long_cell_is_told_at_once(bait: str) -> None:
    assert read_phones(bait).problem is PhoneFault.TOO_LONG
