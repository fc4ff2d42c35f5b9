"""Where everybody stands: in one place each, so that the rows and the columns add up."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from campaigns.activation.ledger import Standings, lists_below, standings
from campaigns.queue.outcomes import Outcome
from campaigns.queue.states import TargetState
from organiser.accounts.permissions import Role
from organiser.core import clock
from organiser.core.database import db
from organiser.core.tenancy import inside
from organiser.orgs.models import Organisation
from tests.builders import Builders, Tree
from tests.campaigns.activation.builders import Ringing
from tests.campaigns.builders import make_target
from tests.page import get, words

KINDS = [
    TargetState.QUEUED,
    TargetState.DONE,
    TargetState.BLOCKED,
    TargetState.NO_NUMBER,
    TargetState.FLAGGED,
]


@pytest.fixture
def rung(make: Builders, tree: Tree) -> Ringing:
    """Ten in Falun, two of each kind; three in Borlänge, one of whom asked not to be rung."""
    ringing = Ringing(make, tree.tenant_id, tree.district)
    for unit_id, number in ((tree.falun, 10), (tree.borlange, 3)):
        members = [make.member(tree.tenant_id, unit_id) for _ in range(number)]
        for place, member in enumerate(members):
            make_target(make, ringing.list_of(unit_id), member, state=KINDS[place % len(KINDS)])
    return ringing


def table(make: Builders, tree: Tree, *, exact: bool) -> Standings:
    with make.app.test_request_context(), inside(tree.tenant_id):
        lists = db.session.scalars(lists_below(tree.district)).all()
        return standings(lists, clock.now(), exact=exact)


@pytest.mark.parametrize("exact", [True, False])
def test_each_row_adds_up_and_so_do_the_rows(
    make: Builders, tree: Tree, rung: Ringing, *, exact: bool
) -> None:
    found = table(make, tree, exact=exact)
    shown = [row for row in found.rows if row[2] is not None]
    assert len(shown) == (3 if exact else 2)
    for _name, audience, numbers in shown:
        assert numbers is not None
        assert sum(numbers) == audience
        assert len(numbers) == len(found.columns)
    *each, whole = found.rows
    assert whole[1] == sum(row[1] for row in each) == 13
    if exact:
        columns = zip(*(row[2] or () for row in each), strict=True)
        assert [sum(column) for column in columns] == list(whole[2] or ())


def test_why_somebody_is_not_rung_is_told_of_an_association_only_to_who_sees_members(
    client: FlaskClient, make: Builders, tree: Tree, rung: Ringing
) -> None:
    url = f"/district/{tree.district}/ledger"

    def each(role: Role) -> str:
        account = make.account(tree.tenant_id, (role, tree.district), language="en")
        page = get(make.sign_in(client, account, tree.tenant_id), url).text
        return re.sub(r"\s+", " ", page.split('id="each"')[1])

    assert "Has asked not to be rung" in each(Role.ORGANISER)
    assert "Has asked not to be rung" not in each(Role.VIEWER)
    assert "Set aside" in each(Role.VIEWER)
    assert "fewer than five" in each(Role.VIEWER)


def test_a_campaign_that_is_not_ours_is_not_chosen(
    client: FlaskClient, make: Builders, tree: Tree, rung: Ringing
) -> None:
    theirs = Ringing(make, tree.tenant_id, tree.sister_district)
    theirs.rang(make.member(tree.tenant_id, tree.sundsvall), Outcome.TALKED)
    here = make.sign_in(client, make.account(tree.tenant_id, (Role.VIEWER, tree.district)), tree.tenant_id)
    page = get(here, f"/district/{tree.district}/ledger?campaign={theirs.campaign.id}")
    assert "Sundsvall" not in page.text
    assert "Falun" in page.text


def test_before_the_first_campaign_the_page_says_what_will_stand_there(
    client: FlaskClient, make: Builders, tree: Tree
) -> None:
    account = make.account(tree.tenant_id, (Role.VIEWER, tree.district), language="en")
    here = make.sign_in(client, account, tree.tenant_id)
    assert "No calls are planned in Dalarna just now" in words(get(here, f"/district/{tree.district}/ledger"))


def test_a_closed_campaign_stands_there_no_more(make: Builders, tree: Tree, rung: Ringing) -> None:
    with make.storing(tree.tenant_id):
        db.session.merge(rung.campaign).closed_at = clock.now()
    assert table(make, tree, exact=True).whole.audience == 0
    with make.storing(tree.tenant_id):
        assert db.session.scalars(select(Organisation)).first() is not None
