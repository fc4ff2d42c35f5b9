"""A card of the inbox: the likeliest deed stands first, what else may be done in a quiet line below it."""

import re

import pytest

from campaigns.queue.outcomes import Outcome
from tests.campaigns.following.conftest import Desk
from tests.page import get

BUTTON = re.compile(r'<(?:button|a)[^>]* class="btn (\w*)"[^>]*>(?:<svg.*?</svg>)?([^<]+)<', re.DOTALL)


@pytest.mark.parametrize(
    ("outcome", "first", "others"),
    [
        (Outcome.LANGUAGE, "Ring again", ["Done by other means", "More"]),
        (Outcome.WANTS_TO_LEAVE, "End the membership", ["Done by other means", "Ring again", "More"]),
        (Outcome.DECEASED, "Mark as deceased", ["Done by other means", "More"]),
    ],
)
def test_a_card_offers_the_likeliest_deed_first(
    desk: Desk, outcome: Outcome, first: str, others: list[str]
) -> None:
    desk.told(outcome)
    card = get(desk.client, f"{desk.list}/waiting").text.partition('<section class="card')[2]
    found = [(kind, text.strip()) for kind, text in BUTTON.findall(card.partition("</section>")[0])]
    assert found == [("", first), *(("quiet", other) for other in others)]
