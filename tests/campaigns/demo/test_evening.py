"""How calls go in the demo: every outcome happens, as often as in real ringing, and associations differ."""

from collections import Counter
from pathlib import Path

import pytest
import yaml

from campaigns.demo.dice import dice
from campaigns.demo.evening import call_outcome, calls_made, rounds_rung
from campaigns.demo.places import DISTRICTS

SLUGS = [place.slug for district in DISTRICTS for place in district.municipalities]
OUTCOMES = Path(__file__).parents[4] / "shared" / "data" / "outcomes.yaml"
CALLS = 20_000


@pytest.fixture(scope="module")
def mix() -> Counter[str]:
    rng = dice(2024)
    return Counter(call_outcome(rng) for _ in range(CALLS))


def test_every_outcome_of_the_list_happens_and_37_calls_in_a_hundred_reach_someone(mix: Counter[str]) -> None:
    if not OUTCOMES.exists():
        pytest.skip("the list of outcomes is not beside this checkout")
    reached = {row["key"]: row["reached"] for row in yaml.safe_load(OUTCOMES.read_text(encoding="utf-8"))}
    assert set(mix) == set(reached)
    assert 0.35 < sum(times for key, times in mix.items() if reached[key]) / CALLS < 0.39


def test_no_answer_is_the_commonest_outcome_and_few_refuse_calls(mix: Counter[str]) -> None:
    assert mix.most_common(1)[0][0] == "no_answer"
    assert 0 < mix["no_calls"] < CALLS * 0.02
    assert 0 < mix["wants_to_leave"] < CALLS * 0.015


def test_the_same_seed_rings_the_same_evening() -> None:
    one, other = dice(3), dice(3)
    assert [call_outcome(one) for _ in range(50)] == [call_outcome(other) for _ in range(50)]


def test_every_association_has_its_own_pace_one_near_its_goal_and_one_untouched() -> None:
    pace = {slug: rounds_rung(slug) for slug in SLUGS}
    assert max(pace.values()) > 3
    assert 0.0 in pace.values()
    assert len(set(pace.values())) > 8


def test_calls_follow_the_rounds_and_ring_fewer_people_each_round() -> None:
    assert calls_made("dalarna-vansbro", 7) == 0
    assert calls_made("dalarna-rattvik", 40) == 40
    assert 60 < calls_made("dalarna-leksand", 60) < 60 * 3
    assert sum(calls_made(place.slug, place.members) for d in DISTRICTS for place in d.municipalities) < 2_500
