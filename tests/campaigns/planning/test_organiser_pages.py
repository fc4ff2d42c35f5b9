"""The organiser's pages: from a new campaign to links in hand, within one's own district alone."""

import re
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from campaigns.evenings.models import Evening, Invitation, Shift
from campaigns.queue.models import Call, CallAssignment, Target
from organiser.accounts.models import Account
from organiser.accounts.permissions import Role
from organiser.core import clock
from organiser.core.database import db
from organiser.core.ids import uuid7
from organiser.orgs.models import Organisation
from tests.builders import NOON, Builders, Tree
from tests.campaigns.builders import (
    make_assignment,
    make_campaign,
    make_shift,
    make_targets,
)
from tests.page import fields, get, links, post, words


@dataclass(frozen=True, slots=True)
class Office:
    """Samira organises Dalarna and is signed in."""

    make: Builders
    tree: Tree
    client: FlaskClient

    def count(self, what: type) -> int:
        with self.make.storing(self.tree.tenant_id):
            return db.session.scalar(select(func.count()).select_from(what)) or 0

    def as_(self, role: Role, unit: UUID) -> FlaskClient:
        account = self.make.account(self.tree.tenant_id, (role, unit))
        return _signed_in(self.make, self.client, account, self.tree.tenant_id)


def _signed_in(make: Builders, client: FlaskClient, account: Account, tenant_id: int) -> FlaskClient:
    """Signed in with a second step, as who sees many members must."""
    make.sign_in(client, account, tenant_id)
    return client


@pytest.fixture
def office(make: Builders, tree: Tree, client: FlaskClient) -> Office:
    samira = make.account(tree.tenant_id, (Role.ORGANISER, tree.district), name="Samira Ek")
    return Office(make, tree, _signed_in(make, client, samira, tree.tenant_id))


@pytest.fixture
def in_english(office: Office) -> FlaskClient:
    """Samira's colleague, who reads English."""
    account = office.make.account(
        office.tree.tenant_id, (Role.ORGANISER, office.tree.district), language="en"
    )
    return _signed_in(office.make, office.client, account, office.tree.tenant_id)


@pytest.fixture
def falun(office: Office) -> CallAssignment:
    """Falun's list in a campaign of Dalarna, three members on it."""
    campaign = make_campaign(office.make, office.tree.tenant_id, office.tree.district)
    assignment = make_assignment(office.make, campaign, office.tree.falun)
    make_targets(office.make, assignment, 3)
    return assignment


def started(office: Office, falun: CallAssignment) -> str:
    """The page of an evening that has just begun."""
    form = get(office.client, f"/assignments/{falun.id}/evenings/new")
    data = {"key": fields(form)["key"], "begins": "now", "hours": "4"}
    return str(post(office.client, f"/assignments/{falun.id}/evenings/new", data).headers["Location"])


def test_nobody_has_a_campaign_yet_and_the_page_says_how_to_begin(office: Office) -> None:
    assert "/campaigns/new" in links(get(office.client, "/campaigns"))


def test_who_has_only_closed_units_finds_no_form(office: Office) -> None:
    closed = office.as_(Role.ORGANISER, office.tree.falun)
    with office.make.storing(office.tree.tenant_id):
        unit = db.session.get_one(Organisation, (office.tree.tenant_id, office.tree.falun))
        unit.closed_at = NOON
    get(closed, "/campaigns/new", 404)


def test_new_members_are_fetched_with_one_button(office: Office, falun: CallAssignment) -> None:
    office.make.member(office.tree.tenant_id, office.tree.falun)
    post(office.client, f"/campaigns/{falun.campaign_id}/refreshing")
    assert office.count(Target) == 4
    office.make.member(office.tree.tenant_id, office.tree.falun)
    post(office.client, f"/assignments/{falun.id}/refreshing")
    assert office.count(Target) == 5


def test_a_campaign_is_closed_and_opened_again(office: Office, falun: CallAssignment) -> None:
    evening = started(office, falun)
    post(office.client, f"/campaigns/{falun.campaign_id}/closing")
    page = get(office.client, f"/campaigns/{falun.campaign_id}")
    assert f"/campaigns/{falun.campaign_id}/opening" in page.text
    assert "/code" not in get(office.client, evening).text
    post(office.client, f"/assignments/{falun.id}/evenings/new", {"begins": "now", "hours": "4"}, 422)
    post(office.client, f"/campaigns/{falun.campaign_id}/opening")
    started(office, falun)


def test_somebody_is_named_responsible(office: Office, falun: CallAssignment) -> None:
    berit = office.make.account(office.tree.tenant_id, (Role.ORGANISER, office.tree.falun), name="Berit Ek")
    stranger = office.make.account(office.tree.tenant_id, (Role.ORGANISER, office.tree.sundsvall))
    url = f"/assignments/{falun.id}/responsible"
    post(office.client, url, {"account": str(berit.id)})
    assert "Berit Ek" in words(get(office.client, f"/campaigns/{falun.campaign_id}"))
    post(office.client, url, {"account": str(stranger.id)}, 422)
    post(office.client, url, {"account": ""})
    assert "Berit Ek" not in words(get(office.client, f"/campaigns/{falun.campaign_id}"))


def test_an_evening_starts_with_its_code_in_large_digits(office: Office, falun: CallAssignment) -> None:
    evening = started(office, falun)
    code = _code(office, evening)
    post(office.client, f"{evening}/code")
    assert len(code) == 6
    assert _code(office, evening) != code


def _code(office: Office, evening: str) -> str:
    shown = re.search(r'class="spoken".*?<strong>(.*?)</strong>', get(office.client, evening).text, re.DOTALL)
    assert shown is not None
    return "".join(re.findall(r"\d", shown[1]))


@pytest.mark.parametrize(
    "data",
    [
        {"begins": "later", "hours": "4"},
        {"begins": "later", "starts_at": "i kväll", "hours": "4"},
        {"begins": "later", "starts_at": "2020-01-01T18:00", "hours": "4"},
        {"begins": "now", "hours": "13"},
    ],
)
def test_an_evening_that_cannot_be_is_not_started(
    office: Office, falun: CallAssignment, data: dict[str, str]
) -> None:
    page = post(office.client, f"/assignments/{falun.id}/evenings/new", data, 422)
    assert 'class="oops"' in page.text
    assert office.count(Evening) == 0


def test_links_are_shown_once_with_a_square_and_without_the_code(
    office: Office, falun: CallAssignment
) -> None:
    evening = started(office, falun)
    form = get(office.client, evening)
    data = {"batch": fields(form)["batch"], "names": "Kim\n\nAlex", "nameless": "1"}
    shown = post(office.client, f"{evening}/invitations", data, 200)
    addresses = re.findall(r'value="(https://ringlista\.example\.org/join/[^"]+)"', shown.text)
    assert len(set(addresses)) == 3
    assert shown.text.count("<svg") >= 3
    assert _code(office, evening) not in re.sub(r"[^0-9]+", " ", words(shown)).split()
    later = get(office.client, evening)
    assert not [address for address in addresses if address in later.text]
    assert post(office.client, f"{evening}/invitations", data).headers["Location"] == evening
    assert office.count(Invitation) == 3


@pytest.mark.parametrize("data", [{"names": "", "nameless": "0"}, {"names": "", "nameless": "51"}])
def test_links_for_nobody_or_too_many_are_not_made(
    office: Office, falun: CallAssignment, data: dict[str, str]
) -> None:
    evening = started(office, falun)
    post(office.client, f"{evening}/invitations", data, 422)
    assert office.count(Invitation) == 0


def test_the_evening_shows_who_came_and_puts_one_or_all_out(office: Office, falun: CallAssignment) -> None:
    evening = started(office, falun)
    kim = office.make.account(office.tree.tenant_id, (Role.CALLER, office.tree.falun), name="Kim Lund")
    with office.make.storing(office.tree.tenant_id):
        row = db.session.scalars(select(Evening)).one()
        shift = Shift(
            id=uuid7(),
            evening_id=row.id,
            assignment_id=falun.id,
            account_id=kim.id,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
        )
        db.session.add(shift)
    page = get(office.client, evening)
    assert "Kim Lund" in words(page)
    assert f"/shifts/{shift.id}/ending" in page.text
    post(office.client, f"/shifts/{shift.id}/ending")
    assert f"/shifts/{shift.id}/ending" not in get(office.client, evening).text
    post(office.client, f"{evening}/ending")
    assert f"{evening}/ending" not in get(office.client, evening).text


def test_only_who_holds_somebody_is_said_to_ring(
    office: Office, falun: CallAssignment, in_english: FlaskClient
) -> None:
    kim = office.make.account(office.tree.tenant_id, (Role.CALLER, office.tree.falun), name="Kim Ask")
    now = clock.now()
    shift = make_shift(office.make, falun, kim, now)
    page = f"/evenings/{shift.evening_id}"
    said = words(get(in_english, page))
    assert "1 caller is in" in said
    assert "1 rings now" not in said
    assert "Sign out Kim Ask" in said
    assert "In the whole list" in said
    target = make_targets(office.make, falun, 1)[0]
    with office.make.storing(office.tree.tenant_id):
        held = Call(
            target_id=target.id,
            member_id=target.member_id,
            caller_id=kim.id,
            e164="+46701740605",
            taken_at=now,
            lease_until=now + timedelta(minutes=20),
        )
        db.session.add(held)
    assert "1 rings now" in words(get(in_english, page))


def test_an_evening_that_goes_on_past_midnight_says_so(
    office: Office, falun: CallAssignment, in_english: FlaskClient
) -> None:
    late = NOON + timedelta(hours=8)
    kim = office.make.account(office.tree.tenant_id, (Role.CALLER, office.tree.falun))
    shift = make_shift(office.make, falun, kim, late, hours=6)
    assert "at night" in words(get(in_english, f"/evenings/{shift.evening_id}"))


def test_a_link_is_taken_back(office: Office, falun: CallAssignment) -> None:
    evening = started(office, falun)
    post(office.client, f"{evening}/invitations", {"names": "Kim", "nameless": "0"}, 200)
    with office.make.storing(office.tree.tenant_id):
        invitation_id = db.session.scalars(select(Invitation.id)).one()
    post(office.client, f"/invitations/{invitation_id}/revoking")
    with office.make.storing(office.tree.tenant_id):
        assert db.session.scalars(select(Invitation.revoked_at)).one() is not None


def pages_of(office: Office, falun: CallAssignment) -> tuple[list[str], list[str]]:
    """Everything of Falun's one may open, and everything one may do."""
    evening = started(office, falun)
    make_shift(
        office.make, falun, office.make.account(office.tree.tenant_id, (Role.CALLER, office.tree.falun))
    )
    post(office.client, f"{evening}/invitations", {"names": "Kim", "nameless": "0"}, 200)
    with office.make.storing(office.tree.tenant_id):
        invitation_id = db.session.scalars(select(Invitation.id)).one()
        shift_id = db.session.scalars(select(Shift.id)).one()
    campaign, assignment = f"/campaigns/{falun.campaign_id}", f"/assignments/{falun.id}"
    opened = [
        campaign,
        *(f"{campaign}/{part}" for part in ("words", "plan", "responsible")),
        assignment,
        f"{assignment}/evenings/new",
        evening,
    ]
    done = [
        *(
            f"{campaign}/{deed}"
            for deed in ("words", "plan", "responsible", "refreshing", "closing", "opening")
        ),
        *(
            f"{assignment}/{deed}"
            for deed in ("responsible", "refreshing", "closing", "opening", "evenings/new")
        ),
        *(f"{evening}/{deed}" for deed in ("invitations", "code", "ending")),
        f"/invitations/{invitation_id}/revoking",
        f"/shifts/{shift_id}/ending",
    ]
    return opened, done


def test_another_districts_organiser_finds_nothing_here(office: Office, falun: CallAssignment) -> None:
    opened, done = pages_of(office, falun)
    stranger = office.as_(Role.ORGANISER, office.tree.sister_district)
    for url in [*opened, f"/campaigns/new?unit={office.tree.falun}"]:
        get(stranger, url, 404)
    for url in [*done, f"/campaigns/new?unit={office.tree.falun}"]:
        post(stranger, url, status=404)
    assert "Falun" not in words(get(stranger, "/campaigns"))


@pytest.mark.parametrize("role", [Role.VIEWER, Role.CALLER])
def test_board_and_callers_may_not_open_them(office: Office, falun: CallAssignment, role: Role) -> None:
    opened, done = pages_of(office, falun)
    other = office.as_(role, office.tree.district)
    for url in ["/campaigns", "/campaigns/new", "/campaigns/new/newcomers", *opened]:
        get(other, url, 403)
    for url in ["/campaigns/new", *done]:
        post(other, url, status=403)


def test_an_associations_organiser_leads_its_list_and_not_the_districts_campaign(
    office: Office, falun: CallAssignment
) -> None:
    opened, _done = pages_of(office, falun)
    berit = office.as_(Role.ORGANISER, office.tree.falun)
    assert f"/assignments/{falun.id}" in links(get(berit, "/campaigns"))
    for url in opened:
        get(berit, url, 404 if url.startswith("/campaigns/") else 200)


def test_an_id_of_nothing_leads_nowhere(office: Office) -> None:
    for path in ("campaigns", "assignments", "evenings"):
        get(office.client, f"/{path}/{uuid4()}", 404)
