"""The nineteen outcomes: the package's own copy is whole, and each is named in both languages."""

from pathlib import Path

import pytest
import yaml

from campaigns.queue import outcomes
from campaigns.queue.outcomes import ENDINGS, Outcome, label

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "outcomes.yaml"
OURS = Path(outcomes.__file__).with_name("outcomes.yaml")


def test_every_line_of_the_list_is_an_outcome_and_every_outcome_a_line() -> None:
    assert [outcome.value for outcome in Outcome] == list(ENDINGS)
    assert len(ENDINGS) == 19


def test_the_packages_list_is_the_handbooks() -> None:
    if not SHARED.exists():
        pytest.skip("the handbook is not beside this checkout")
    assert yaml.safe_load(OURS.read_text("utf-8")) == yaml.safe_load(SHARED.read_text("utf-8"))


def test_an_outcome_is_named_in_swedish_and_in_english() -> None:
    assert label(Outcome.NO_ANSWER, "sv") == "Ej svar"
    assert label(Outcome.NO_ANSWER, "en") == "No answer"


@pytest.mark.parametrize("language", ["sv", "en"])
def test_no_two_outcomes_have_the_same_name(language: str) -> None:
    assert len({label(outcome, language) for outcome in Outcome}) == 19
