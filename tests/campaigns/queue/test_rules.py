"""How often somebody is tried, and how long they rest."""

from datetime import timedelta

import pytest

from campaigns.queue.opening import ALWAYS, USUAL
from campaigns.queue.rules import NotRules, Rules, read_json, rest_of


def test_usually_three_tries_twenty_hours_apart_in_the_evening() -> None:
    assert Rules() == Rules(tries=3, rest_hours=20, hours=USUAL)
    assert read_json({}) == Rules()


def test_rules_are_read_as_they_were_written() -> None:
    rules = Rules(tries=5, rest_hours=30, hours=ALWAYS)
    assert read_json(rules.as_json()) == rules


def test_what_an_outcome_says_of_its_rest_goes_before_the_campaign() -> None:
    rules = Rules(rest_hours=30)
    assert rest_of(timedelta(hours=1), rules) == timedelta(hours=1)
    assert rest_of(timedelta(hours=48), rules) == timedelta(hours=48)
    assert rest_of(None, rules) == timedelta(hours=30)


@pytest.mark.parametrize(("tries", "rest"), [(0, 20), (10, 20), (3, 0), (3, 337)])
def test_nobody_is_pestered_or_forgotten_by_rule(tries: int, rest: int) -> None:
    with pytest.raises(NotRules):
        Rules(tries=tries, rest_hours=rest)


@pytest.mark.parametrize(
    "told", [None, [], {"tries": "3"}, {"tries": True}, {"rest_hours": 1.5}, {"attempts": 3}]
)
def test_nonsense_is_no_rules(told: object) -> None:
    with pytest.raises(NotRules):
        read_json(told)
