"""Answers become bars, means and medians; what fewer than five said is hidden, also from arithmetic."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.surveys.counting import FEW, result_of, veiled
from campaigns.surveys.kinds import Option, QuestionDraft
from campaigns.surveys.models import Question
from tests.campaigns.surveys.asked import HELP, LEVEL, LIKED, NEWS, WHY, YEARS


def question(draft: QuestionDraft) -> Question:
    options = [option.as_json() for option in draft.options]
    return Question(kind=draft.kind, options=options, low=draft.low, high=draft.high)


def bars(draft: QuestionDraft, said: dict[Any, int]) -> list[tuple[Any, int, int]]:
    found = result_of(question(draft), Counter(said)).bars
    return [(one.what.key if isinstance(one.what, Option) else one.what, one.n, one.percent) for one in found]


def test_a_choice_has_a_bar_for_each_option_also_those_nobody_chose() -> None:
    assert bars(LEVEL, {("some",): 7}) == [("some", 7, 100), ("lot", 0, 0)]


def test_several_choices_are_shares_of_those_who_answered() -> None:
    said = {("leaflets", "drive"): 2, ("drive",): 3, ("nothing",): 1}
    expected = [("leaflets", 2, 33), ("drive", 5, 83), ("write", 0, 0), ("nothing", 1, 17)]
    assert bars(HELP, said) == expected


def test_an_option_no_longer_offered_is_shown_where_somebody_chose_it() -> None:
    gone = Option("old", "Gammalt", gone=True)
    draft = QuestionDraft("x", LEVEL.kind, "?", options=(*LEVEL.options, gone))
    assert [key for key, _n, _share in bars(draft, {("some",): 5})] == ["some", "lot"]
    assert [key for key, _n, _share in bars(draft, {("old",): 5})] == ["some", "lot", "old"]


def test_yes_and_no_are_two_bars() -> None:
    assert bars(NEWS, {True: 1, False: 4}) == [(True, 1, 20), (False, 4, 80)]


def test_a_scale_has_a_bar_for_each_step_and_a_mean() -> None:
    found = result_of(question(LIKED), Counter({1: 1, 4: 2, 5: 2}))
    assert [(one.what, one.n) for one in found.bars] == [
        ((n, n), m) for n, m in ((1, 1), (2, 0), (3, 0), (4, 2), (5, 2))
    ]
    assert found.mean == pytest.approx(3.8)
    assert found.median == 4


def test_few_numbers_have_a_bar_each_and_many_are_put_in_ranges() -> None:
    assert bars(YEARS, {2.5: 3, 1: 2}) == [((1, 1), 2, 40), ((2.5, 2.5), 3, 60)]
    found = bars(YEARS, dict.fromkeys(range(1, 31), 1))
    assert [(what, n) for what, n, _share in found] == [((1 + 5 * k, 5 + 5 * k), 5) for k in range(6)]


@given(st.dictionaries(st.one_of(st.integers(0, 900), st.floats(0, 900)), st.integers(1, 9), min_size=1))
def test_every_number_is_in_exactly_one_bar(said: dict[float, int]) -> None:
    found = result_of(question(YEARS), Counter(said))
    total = sum(said.values())
    assert found.hidden == (total < FEW)
    if not found.hidden:
        assert sum(one.n for one in found.bars) == found.answered == total


def test_words_are_counted_and_never_told_apart() -> None:
    assert result_of(question(WHY), Counter({None: 6})).answered == 6
    assert bars(WHY, {None: 6}) == []


@pytest.mark.parametrize(("n", "hidden"), [(0, False), (1, True), (4, True), (5, False)])
def test_what_one_to_four_have_said_is_not_shown(n: int, hidden: bool) -> None:
    found = result_of(question(YEARS), Counter({3: n}))
    assert found.hidden is hidden
    if hidden:
        assert (found.answered, list(found.bars), found.mean, found.median) == (0, [], None, None)


@pytest.mark.parametrize(
    ("answered", "hidden"),
    [
        ({}, ""),
        ({"a": 0, "b": 9}, ""),
        ({"a": 3, "b": 9, "c": 7}, "ac"),
        ({"a": 3, "b": 9, "c": 2}, "ac"),
        ({"a": 1, "b": 2, "c": 6, "d": 8}, "abc"),
        ({"a": 4, "b": 9}, "ab"),
        ({"a": 3}, "a"),
        ({"a": 5, "b": 5, "c": 1}, "ac"),
    ],
)
def test_a_hidden_group_is_not_the_rest_of_a_sum(answered: dict[str, int], hidden: str) -> None:
    assert veiled(answered) == set(hidden)


@given(st.dictionaries(st.integers(0, 40), st.integers(0, 12)))
def test_what_is_hidden_is_none_at_all_or_five_or_more_together(answered: dict[int, int]) -> None:
    hidden, total = veiled(answered), sum(answered.values())
    assert {unit for unit, n in answered.items() if 0 < n < FEW} <= hidden
    if total >= FEW:
        assert sum(answered[unit] for unit in hidden) not in range(1, FEW)
