"""When the association of a list was last heard of: told of lists that are rung, and only of them."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from campaigns.queue.models import CallAssignment, Campaign, Target
from campaigns.queue.outcomes import Outcome
from organiser.accounts.permissions import Role
from organiser.core import clock
from organiser.core.database import db
from tests.campaigns.following.builders import tell
from tests.campaigns.planning.office import Office
from tests.page import get

SIGN = re.compile(r'data-label="Last sign of life">([^<]+)<')


@pytest.fixture
def campaign(office: Office) -> Campaign:
    """Two members of Falun on a list, two of Borlänge on another."""
    for unit_id in (office.tree.falun, office.tree.borlange) * 2:
        office.make.member(office.tree.tenant_id, unit_id)
    return office.make_campaign()


def rings(office: Office, campaign: Campaign, unit_id: UUID, outcome: Outcome, days_ago: int) -> None:
    """Somebody of a list is rung, so many days ago."""
    caller = office.make.account(office.tree.tenant_id, (Role.CALLER, unit_id))
    waiting = (
        select(Target)
        .join(Target.assignment)
        .where(
            Target.campaign_id == campaign.id, Target.tries == 0, CallAssignment.organisation_id == unit_id
        )
    )
    with office.make.storing(office.tree.tenant_id):
        target = db.session.scalars(waiting).first()
        assert target is not None
        tell(target, caller, outcome, clock.now() - timedelta(days=days_ago))


def signs(office: Office, campaign: Campaign, sort: str = "name") -> list[str]:
    """What the page tells, list by list, of those of which it tells something."""
    return SIGN.findall(get(office.client, f"/campaigns/{campaign.id}?sort={sort}").text)


def test_it_is_told_of_a_list_that_is_rung_and_of_no_other(office: Office, campaign: Campaign) -> None:
    assert signs(office, campaign) == []
    rings(office, campaign, office.tree.falun, Outcome.NO_ANSWER, 400)
    (year,) = signs(office, campaign)
    assert year.endswith(str((clock.now() - timedelta(days=400)).year))
    rings(office, campaign, office.tree.falun, Outcome.NO_ANSWER, 0)
    (today,) = signs(office, campaign)
    assert re.fullmatch(r"\d+ \w+", today)


def test_a_campaign_that_is_not_rung_yet_says_nothing_of_one_before_it(
    office: Office, campaign: Campaign
) -> None:
    another = office.make_campaign(title="Another")
    rings(office, campaign, office.tree.falun, Outcome.NO_ANSWER, 1)
    assert signs(office, another) == []


def test_the_lists_are_sorted_by_it(office: Office, campaign: Campaign) -> None:
    rings(office, campaign, office.tree.borlange, Outcome.NO_ANSWER, 800)
    rings(office, campaign, office.tree.falun, Outcome.NO_ANSWER, 400)
    older, later = signs(office, campaign, "latest")
    assert signs(office, campaign, "-latest") == [later, older]
    assert int(older[-4:]) < int(later[-4:])
