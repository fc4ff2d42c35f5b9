"""Names keep their form, are found without accents and stand in Swedish order on both engines."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organiser.core.text import fold_heading, search_key, sort_key, squeeze, squeeze_lines, without_accents


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Lisa  Öhman ", "Lisa Öhman"),
        ("A\N{COMBINING RING ABOVE}sa", "Åsa"),
        ("\u202aAnna\u202c", "Anna"),
        ("Anna\u00a0Karin", "Anna Karin"),
        ("an\u00adna", "anna"),
        ("Åsa\u2028Berg", "Åsa Berg"),
        ("A\ufffeB", "A\N{REPLACEMENT CHARACTER}B"),
        ("Bo\x00", "Bo"),
        ("\ud800Bo", "\N{REPLACEMENT CHARACTER}Bo"),
        ("فاطمة", "فاطمة"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("Null", "Null"),
        ("", ""),
    ],
)
def test_a_name_is_kept_as_it_was_meant(typed: str, kept: str) -> None:
    assert squeeze(typed) == kept


@given(st.text(alphabet=st.characters()))
def test_what_is_kept_can_be_stored_and_stays_the_same_when_kept_again(typed: str) -> None:
    kept = squeeze(typed)
    kept.encode("utf-8")
    assert "\x00" not in kept
    assert squeeze(kept) == kept
    assert unicodedata.is_normalized("NFC", kept)


def test_a_note_keeps_its_lines() -> None:
    assert squeeze_lines("Ring  efter 17\r\ninte torsdagar\n\n") == "Ring efter 17\ninte torsdagar"


@pytest.mark.parametrize("typed", ["ange", "ånge", "ÅNGE", "Ånge", "A\N{COMBINING RING ABOVE}nge"])
def test_a_search_finds_the_place_however_it_is_typed(typed: str) -> None:
    assert search_key(typed) in search_key("Anna", "Ånge")


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("anna karin", "Anna-Karin"),
        ("obrien", "O'Brien"),
        ("obrien", "O’Brien"),
        ("malung salen", "Malung-Sälen"),
        ("soren", "Søren"),
        ("anna", "Ａｎｎａ"),
        ("zalgo", "Z̸̡a̷l̵g̶ó̷"),
    ],
)
def test_a_search_overlooks_hyphens_apostrophes_and_marks(typed: str, name: str) -> None:
    assert search_key(typed) == search_key(name)


def test_swedish_order_is_plain_byte_order_of_the_keys() -> None:
    places = ["Ånge", "Öland", "Säter", "Alm", "Älvdalen", "Zinkgruvan"]
    assert sorted(places, key=sort_key) == ["Alm", "Säter", "Zinkgruvan", "Ånge", "Älvdalen", "Öland"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("ånge", "Ånge"), ("Éva", "eva"), ("Müller", "Myller"), ("Ærø", "Ärö"), ("O'Brien", "OBrien")],
)
def test_letters_swedish_treats_alike_share_a_place(one: str, other: str) -> None:
    assert sort_key(one) == sort_key(other)


def test_the_shorter_family_name_comes_first_whatever_the_first_names() -> None:
    assert sort_key("Berg", "Åsa") < sort_key("Berg Andersson", "Anna") < sort_key("Berglund", "Anna")


def test_other_alphabets_stand_after_the_swedish_letters() -> None:
    assert sort_key("Öberg") < sort_key("Иванова")
    assert sort_key("فاطمة") != sort_key("Иванова")


@given(st.text(), st.text())
def test_a_sort_key_is_ascii_so_that_both_engines_agree(last: str, first: str) -> None:
    key = sort_key(last, first)
    assert key.isascii()
    assert key.isprintable()
    assert len(key) <= 200


@given(st.text())
def test_a_search_key_is_the_same_for_a_key_already_made(text: str) -> None:
    assert search_key(search_key(text)) == search_key(text)


def test_headings_are_compared_without_case_signs_and_gaps() -> None:
    assert fold_heading('\ufeff"Medlem  t.o.m."*:') == "medlem t o m"
    assert fold_heading("F-namn") == "f namn"
    assert fold_heading(" FÖRNAMN ") == "förnamn"


def test_letters_lose_only_their_marks() -> None:
    assert without_accents("Sälen på Øland") == "Salen pa Oland"
