"""The menu says where one is, also on pages that belong to a word of it without being its own."""

import re

import pytest

from tests.campaigns.planning.office import Office
from tests.page import get

HERE = re.compile(r'<nav aria-label="Main menu">.*?aria-current="page">([^<]+)<.*?</nav>', re.DOTALL)


@pytest.mark.parametrize(
    ("page", "word"),
    [
        ("/campaigns", "Campaigns"),
        ("/campaigns/{campaign}/live", "Campaigns"),
        ("/campaigns/{campaign}/evenings/new", "Campaigns"),
        ("/campaigns/{campaign}/inbox", "To follow up"),
        ("/district/{district}", "Progress"),
        ("/goals/{district}", "Progress"),
    ],
)
def test_the_menu_says_where_one_is(office: Office, page: str, word: str) -> None:
    for unit_id in (office.tree.falun, office.tree.borlange):
        office.make.member(office.tree.tenant_id, unit_id)
    campaign = office.make_campaign()
    url = page.format(campaign=campaign.id, district=office.tree.district)
    assert HERE.findall(get(office.client, url).text) == [word]
