"""The lists follow the register by themselves: what a later import, a move and a block make of them."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from campaigns.planning.services import CampaignDraft, close_campaign, make_campaign, reopen_campaign
from campaigns.queue.audience import Audience
from campaigns.queue.effects import Report
from campaigns.queue.ledger import ledgers_of
from campaigns.queue.models import CallAssignment, Campaign, Target
from campaigns.queue.opening import ALWAYS
from campaigns.queue.outcomes import Outcome
from campaigns.queue.places import Place
from campaigns.queue.reporting import report_call
from campaigns.queue.rules import Rules
from campaigns.queue.states import TargetState
from campaigns.queue.taking import take_next_call
from organiser.accounts.models import Account
from organiser.core import clock
from organiser.core.database import db
from organiser.core.ids import uuid7
from organiser.members.kinds import MemberStatus
from organiser.members.models import Member
from organiser.members.services import By, move
from organiser.orgs.models import Organisation
from organiser.roster.reading import read_list
from organiser.roster.services import read_in
from organiser.web.frame import in_one_transaction
from tests.builders import NOON, Builders, Tree

ON = NOON.date()
HEAD = "Medlemsnummer;Förnamn;Efternamn;Mobil;Förening;Status;Nixa"
FIRST = (
    "0000001;Åsa;Ek;070-1740605;Falun;Medlem;Nej",
    "0000002;Bo;Lund;070-1740606;Falun;Medlem;Nej",
    "0000003;Cecilia;Ask;070-1740607;Borlänge;Medlem;Nej",
)


@pytest.fixture
def there(within: Tree) -> Iterator[Tree]:
    with clock.at(NOON):
        yield within


def imported(tree: Tree, *lines: str) -> None:
    """A list read in for the district, as on its page."""

    def read() -> None:
        district = db.session.get_one(Organisation, (tree.tenant_id, tree.district))
        told = read_list("\n".join((HEAD, *lines)).encode(), "lista.csv", ON)
        read_in(told, district, "lista.csv", NOON)

    in_one_transaction(read)


def made(tree: Tree, audience: Audience | None = None) -> UUID:
    def make() -> UUID:
        draft = CampaignDraft(
            "Vårens samtal",
            "",
            "## Hej\nHej!",
            ON,
            ON + timedelta(days=30),
            audience=audience or Audience(),
            rules=Rules(hours=ALWAYS),
        )
        district = db.session.get_one(Organisation, (tree.tenant_id, tree.district))
        return make_campaign(uuid7(), district, draft, By(None, NOON), ON).id

    return in_one_transaction(make)


def standing(campaign_id: UUID) -> dict[str, set[tuple[str, TargetState]]]:
    """Per association: the number of each member who has a place on its list, and its state."""
    query = (
        select(Organisation.name, Member.number, Target.state)
        .select_from(Target)
        .join(Target.member)
        .join(Target.assignment)
        .join(CallAssignment.organisation)
        .where(Target.campaign_id == campaign_id)
    )
    found: dict[str, set[tuple[str, TargetState]]] = {}
    for unit, number, state in db.session.execute(query):
        found.setdefault(unit, set()).add((number or "", state))
    return found


def test_an_import_brings_newcomers_on_and_takes_leavers_off_without_a_press(there: Tree) -> None:
    imported(there, *FIRST)
    campaign = made(there)
    imported(
        there,
        "0000001;Åsa;Ek;070-1740605;Falun;Utträdd;Nej",
        "0000004;Dan;Al;070-1740608;Falun;Medlem;Nej",
    )
    assert standing(campaign) == {
        "Falun": {
            ("0000001", TargetState.OVER),
            ("0000002", TargetState.QUEUED),
            ("0000004", TargetState.QUEUED),
        },
        "Borlänge": {("0000003", TargetState.QUEUED)},
    }


def test_a_number_that_comes_with_a_list_brings_its_member_into_the_queue(there: Tree) -> None:
    imported(there, "0000001;Åsa;Ek;;Falun;Medlem;Nej")
    campaign = made(there)
    assert standing(campaign) == {"Falun": {("0000001", TargetState.NO_NUMBER)}}
    imported(there, FIRST[0])
    assert standing(campaign) == {"Falun": {("0000001", TargetState.QUEUED)}}


def test_a_member_who_moves_to_another_association_moves_to_its_list(there: Tree) -> None:
    imported(there, *FIRST)
    campaign = made(there)
    imported(there, "0000002;Bo;Lund;070-1740606;Borlänge;Medlem;Nej")
    stands = standing(campaign)
    assert ("0000002", TargetState.QUEUED) in stands["Borlänge"]
    assert ("0000002", TargetState.QUEUED) not in stands["Falun"]
    bo = db.session.scalars(select(Member).where(Member.number == "0000002")).one()
    in_one_transaction(lambda: move(bo, there.falun))
    assert ("0000002", TargetState.QUEUED) in standing(campaign)["Falun"]


def test_a_block_set_in_a_call_outlives_an_import_that_says_no(make: Builders, there: Tree) -> None:
    imported(there, FIRST[0])
    campaign = made(there)
    caller_id = make.account(there.tenant_id).id

    def ring() -> None:
        lists = db.session.scalars(
            select(CallAssignment.id).where(CallAssignment.campaign_id == campaign)
        ).all()
        call = take_next_call(db.session.get_one(Account, caller_id), lists, NOON)
        assert call is not None
        report_call(call, Report(Outcome.NO_CALLS), NOON)

    in_one_transaction(ring)
    imported(there, FIRST[0])
    later = made(there)
    assert standing(later) == {"Falun": {("0000001", TargetState.BLOCKED)}}
    lists = db.session.scalars(select(CallAssignment.id).where(CallAssignment.campaign_id == later)).all()
    assert sum(one.places[Place.ASKED_NOT] for one in ledgers_of(lists, NOON).values()) == 1


def test_a_campaign_for_part_of_the_associations_follows_an_import_only_there(there: Tree) -> None:
    imported(there, *FIRST)
    campaign = made(there, Audience(units=(there.borlange,)))
    imported(
        there,
        "0000005;Eva;By;070-1740609;Falun;Medlem;Nej",
        "0000006;Fia;Å;070-1740610;Borlänge;Medlem;Nej",
    )
    assert standing(campaign) == {
        "Borlänge": {("0000003", TargetState.QUEUED), ("0000006", TargetState.QUEUED)}
    }


def test_a_closed_campaign_follows_nobody_and_one_opened_again_catches_up(there: Tree) -> None:
    imported(there, *FIRST)
    campaign_id = made(there)

    def found() -> Campaign:
        return db.session.scalars(select(Campaign).where(Campaign.id == campaign_id)).one()

    in_one_transaction(lambda: close_campaign(found(), NOON))
    imported(there, "0000004;Dan;Al;070-1740608;Falun;Medlem;Nej")
    assert ("0000004", TargetState.QUEUED) not in standing(campaign_id)["Falun"]
    in_one_transaction(lambda: reopen_campaign(found(), NOON, ON))
    assert ("0000004", TargetState.QUEUED) in standing(campaign_id)["Falun"]


def test_whoever_comes_back_into_the_association_comes_back_into_the_queue(there: Tree) -> None:
    imported(there, *FIRST)
    campaign = made(there)
    asa = db.session.scalars(select(Member).where(Member.number == "0000001")).one()

    def become(status: MemberStatus) -> None:
        db.session.get_one(Member, (there.tenant_id, asa.id)).status = status

    in_one_transaction(lambda: become(MemberStatus.LEFT))
    assert ("0000001", TargetState.OVER) in standing(campaign)["Falun"]
    in_one_transaction(lambda: become(MemberStatus.ACTIVE))
    assert ("0000001", TargetState.QUEUED) in standing(campaign)["Falun"]
